import type { LogSource } from '#shared/model/event.ts';
import {
  RuleRejected,
  type DetectionItem,
  type DocumentMetadata,
  type Searches,
  type Selection,
} from '../document/rule.ts';

/** Comparisons that a rule may have after its pipelines: mapping fields to several doubles them each time. */
const MAX_ITEMS = 10_000;
/** Values that a rule may have after its pipelines, as many as a rule may list. */
const MAX_VALUES = 20_000;

/** Facts about a document that pipelines may change. */
type Facts = Omit<DocumentMetadata, 'logsource'>;

/** What a pipeline does to a field name: other names for it, or null to leave it. */
export type Rename = (field: string | null) => readonly string[] | null;

/**
 * A rule or correlation while pipelines work on it. Transformations read and replace its parts; what was applied
 * and stored is kept for the conditions of later items. One draft serves one document and is then thrown away.
 */
export class Draft {
  facts: Facts;
  /** Of a correlation: none. */
  logsource: LogSource | null;
  /** What conditions on the logsource see: that of a rule, or those of all rules that a correlation uses. */
  readonly referenced: readonly LogSource[];
  /** Of a rule and then of each of its filters; empty for correlations. */
  searches: readonly Searches[];
  /** Names of fields that a correlation groups by, maps and measures; renamed in place of items. */
  renameFields: ((rename: Rename) => void) | null = null;
  readonly vars: ReadonlyMap<string, readonly string[]>;
  readonly state = new Map<string, unknown>();
  readonly applied = new Set<string>();
  /** Ids of processing items that renamed to a field. */
  readonly appliedToField = new Map<string, Set<string>>();
  readonly #appliedToItem = new WeakMap<DetectionItem, ReadonlySet<string>>();
  /** Of a comparison that others may hold in place of: itself and those others. */
  readonly #members = new WeakMap<DetectionItem, readonly DetectionItem[]>();

  constructor(parts: Pick<Draft, 'facts' | 'logsource' | 'referenced' | 'searches' | 'vars'>) {
    this.facts = parts.facts;
    this.logsource = parts.logsource;
    this.referenced = parts.referenced;
    this.searches = parts.searches;
    this.vars = parts.vars;
  }

  get isRule(): boolean {
    return this.facts.kind === 'sigma';
  }

  /** All comparisons, those that may hold in place of others included. */
  items(): readonly DetectionItem[] {
    return this.searches.flatMap(({ selections }) =>
      selections.flatMap(({ alternatives }) => alternatives.flat().flatMap((item) => this.#membersOf(item))),
    );
  }

  appliedTo(item: DetectionItem): ReadonlySet<string> {
    return this.#appliedToItem.get(item) ?? new Set();
  }

  noteField(field: string, id: string): void {
    const ids = this.appliedToField.get(field) ?? new Set();
    this.appliedToField.set(field, ids.add(id));
  }

  /**
   * Replaces each comparison by those of which one has to hold in its place; by none to drop it. Null leaves it.
   * Of comparisons that ask for absence all have to hold.
   * An alternative without comparisons, and a selection without alternatives, are dropped too.
   */
  replaceItems(id: string, replace: (item: DetectionItem) => readonly DetectionItem[] | null): void {
    let items = 0;
    let values = 0;
    const replaced = (item: DetectionItem): DetectionItem[] => {
      const members = this.#membersOf(item).flatMap((member) => {
        const next = replace(member);
        if (next === null) return [member];
        for (const each of next) this.#note(each, member, id);
        return next;
      });
      items += members.length;
      for (const member of members) values += member.values.length;
      if (items > MAX_ITEMS || values > MAX_VALUES) {
        const message = `A pipeline makes more than ${MAX_ITEMS} comparisons or ${MAX_VALUES} values of the rule.`;
        throw new RuleRejected(item.path, message, 'Map to fewer fields or values.');
      }
      const [first, ...others] = members;
      if (first === undefined) return [];
      if (others.length === 0) return [first];
      if (asksForAbsence(first)) return [...members];
      const joined = { ...first, orElse: others };
      this.#members.set(joined, members);
      return [joined];
    };
    this.searches = this.searches.map((part) => ({
      ...part,
      selections: part.selections.map((selection) => ({
        ...selection,
        alternatives: selection.alternatives
          .map((alternative) => alternative.flatMap(replaced))
          .filter((alternative) => alternative.length > 0),
      })),
    }));
  }

  /** Adds a selection to the rule, and `term` with it to each of its conditions. */
  require(selection: Selection, term: string, id: string): void {
    const [rule, ...filters] = this.searches;
    if (rule === undefined) return;
    const selections = [...rule.selections, selection];
    const conditions = rule.conditions.map((one) => ({ ...one, text: `${term} and (${one.text})` }));
    this.searches = [{ selections, conditions }, ...filters];
    for (const item of selection.alternatives.flat()) this.#note(item, item, id);
  }

  #membersOf(item: DetectionItem): readonly DetectionItem[] {
    return this.#members.get(item) ?? [item];
  }

  #note(item: DetectionItem, from: DetectionItem, id: string): void {
    this.#appliedToItem.set(item, new Set([...this.appliedTo(from), ...this.appliedTo(item), id]));
  }
}

/**
 * True for a comparison that a missing field fulfils. Of several fields an event has most often one: that any of
 * the others is missing says nothing.
 */
function asksForAbsence({ modifiers, values }: DetectionItem): boolean {
  return (
    modifiers.includes('neq') ||
    values.includes(null) ||
    (modifiers.includes('exists') && values.includes(false))
  );
}
