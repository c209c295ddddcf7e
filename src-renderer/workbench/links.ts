import type { TimeRange } from './time-range.ts';

/** What `<Link {...eventsLink(...)}>` needs. Screens link to one another through these, never by importing. */
export interface ScreenLink {
  readonly to: string;
  readonly params?: Readonly<Record<string, string>>;
  readonly search: Readonly<Record<string, string | undefined>>;
}

export interface EventsQuery {
  readonly q?: string;
  readonly source?: string;
  readonly severity?: string;
  readonly import_id?: string;
  readonly entity?: string;
  /** Opens this event's flyout. */
  readonly event?: string;
}

export interface AlertsQuery {
  readonly q?: string;
  readonly severity?: string;
  readonly status?: string;
  readonly rule?: string;
  readonly technique?: string;
  readonly entity?: string;
  readonly import_id?: string;
}

export interface RulesQuery {
  readonly q?: string;
  readonly level?: string;
  readonly tactic?: string;
  readonly technique?: string;
  readonly enabled?: 'true' | 'false';
  readonly fired?: 'true' | 'false';
}

/** The filtered list of events. Without `range` the current one is kept. */
export function eventsLink(query: EventsQuery, range?: TimeRange): ScreenLink {
  return { to: '/events', search: { ...query, ...rangeParams(range) } };
}

export function alertsLink(query: AlertsQuery, range?: TimeRange): ScreenLink {
  return { to: '/alerts', search: { ...query, ...rangeParams(range) } };
}

export function alertLink(id: string): ScreenLink {
  return { to: '/alerts/$id', params: { id }, search: {} };
}

export function rulesLink(query: RulesQuery): ScreenLink {
  return { to: '/rules', search: { ...query } };
}

export function ruleLink(id: string, tab?: RuleTab): ScreenLink {
  return { to: '/rules/$id', params: { id }, search: { tab } };
}

/** Tabs of a rule, for links that mean one of them. */
export type RuleTab = 'overview' | 'source' | 'tuning' | 'cases' | 'history';

export function editRuleLink(id: string): ScreenLink {
  return { to: '/rules/$id/edit', params: { id }, search: {} };
}

/** A new rule that starts as a copy of another. */
export function copyRuleLink(id: string): ScreenLink {
  return { to: '/rules/new', search: { from: id } };
}

/** Why a rule matches an event or not; what is left out is asked for on the screen. */
export function explainLink(query: { readonly rule?: string; readonly event?: string }): ScreenLink {
  return { to: '/rules/explain', search: { ...query } };
}

/** The saved queries among the rules. */
export function scheduledRulesLink(): ScreenLink {
  return { to: '/rules', search: { kind: 'scheduled' } };
}

export function scheduledLink(id: string): ScreenLink {
  return { to: '/rules/scheduled/$id', params: { id }, search: {} };
}

/** A new saved query; `query` is what it asks at first. */
export function newScheduledLink(query?: string): ScreenLink {
  return { to: '/rules/scheduled/new', search: { q: query } };
}

export function importsLink(importId?: string): ScreenLink {
  return { to: '/import', search: { import: importId } };
}

function rangeParams(range: TimeRange | undefined): Readonly<Record<string, string | undefined>> {
  return range === undefined ? {} : { since: range.since ?? '', until: range.until ?? '' };
}
