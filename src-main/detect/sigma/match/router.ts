import type { LogSource } from '#shared/model/event.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import { FieldReader } from './field-reader.ts';
import { indexedRule, SplitIndex, type IndexedRule } from './index/split-index.ts';
import { Occurrence } from './occurrence.ts';
import type { RuleGroup } from './rule-group.ts';

/** What is done for events of one concrete logsource. */
export interface Route {
  /** Of all rules that read such events. */
  readonly index: SplitIndex;
  readonly occurrence: Occurrence;
}

/** Concrete logsources that are remembered; hostile input must not fill the memory with new ones. */
const MAX_ROUTES = 10_000;

export interface RouterParts {
  readonly groups: readonly RuleGroup[];
  /** All rules, by number. */
  readonly rules: readonly CompiledRule[];
  readonly anyLogsource: boolean;
  /** Slot of the field EventID. */
  readonly eventIdSlot: number;
}

/** Finds the rules that read an event, and keeps what was seen of each logsource. */
export class Router {
  readonly #parts: RouterParts;
  readonly #routes = new Map<string, Route>();
  /** By the groups it holds: many logsources are read by the same rules, such as all programs of syslog. */
  readonly #indexes = new Map<string, SplitIndex>();
  /** By number; a rule is in the indexes of several logsources. */
  readonly #rules: (IndexedRule | undefined)[] = [];
  /** Enrichers share one object among events of a kind, and events of a kind come in rows. */
  #lastLogsource: LogSource | null = null;
  #lastRoute: Route | null = null;

  constructor(parts: RouterParts) {
    this.#parts = parts;
  }

  get occurrences(): readonly Occurrence[] {
    return Array.from(this.#routes.values(), ({ occurrence }) => occurrence);
  }

  /** Bytes of the tables of all indexes made so far. */
  get indexBytes(): number {
    return [...this.#indexes.values()].reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  routeOf(logsource: LogSource): Route {
    if (logsource === this.#lastLogsource && this.#lastRoute !== null) return this.#lastRoute;
    const key = logsourceText(logsource);
    const route = this.#routes.get(key) ?? this.#newRoute(key, logsource);
    this.#lastLogsource = logsource;
    this.#lastRoute = route;
    return route;
  }

  #newRoute(key: string, logsource: LogSource): Route {
    const { groups, anyLogsource } = this.#parts;
    const accepting = groups.filter((group) => anyLogsource || acceptsLogsource(group.logsource, logsource));
    const fields = new Set(accepting.flatMap((group) => [...group.fields]));
    const readers = Array.from(fields, (name) => new FieldReader(name));
    const route = { index: this.#indexOf(accepting), occurrence: new Occurrence(logsource, readers) };
    if (this.#routes.size < MAX_ROUTES) this.#routes.set(key, route);
    return route;
  }

  /**
   * One index of all groups, so that a field is searched once however many groups ask for it. Built for the
   * first event that needs it: a machine that reads syslog never pays for the Windows rules.
   */
  #indexOf(groups: readonly RuleGroup[]): SplitIndex {
    const key = groups.map(({ logsource }) => logsourceText(logsource)).join(' ');
    const known = this.#indexes.get(key);
    if (known !== undefined) return known;
    const members = groups.flatMap(({ rules }) => rules.flatMap((number) => this.#indexed(number) ?? []));
    const index = new SplitIndex(this.#parts.eventIdSlot, members);
    this.#indexes.set(key, index);
    return index;
  }

  #indexed(number: number): IndexedRule | undefined {
    const compiled = this.#parts.rules[number];
    if (compiled === undefined) return undefined;
    return (this.#rules[number] ??= indexedRule(number, compiled, this.#parts.eventIdSlot));
  }
}
