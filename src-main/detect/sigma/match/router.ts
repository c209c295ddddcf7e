import type { LogSource } from '#shared/model/event.ts';
import { FieldReader } from './field-reader.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import { Occurrence } from './occurrence.ts';
import type { RuleGroup } from './rule-group.ts';

/** What is done for events of one concrete logsource. */
export interface Route {
  readonly groups: readonly RuleGroup[];
  readonly occurrence: Occurrence;
}

/** Concrete logsources that are remembered; hostile input must not fill the memory with new ones. */
const MAX_ROUTES = 10_000;

/** Finds the groups of rules that read an event, and keeps what was seen of each logsource. */
export class Router {
  readonly #groups: readonly RuleGroup[];
  readonly #anyLogsource: boolean;
  readonly #routes = new Map<string, Route>();
  /** Enrichers share one object among events of a kind, and events of a kind come in rows. */
  #lastLogsource: LogSource | null = null;
  #lastRoute: Route | null = null;

  constructor(groups: readonly RuleGroup[], anyLogsource: boolean) {
    this.#groups = groups;
    this.#anyLogsource = anyLogsource;
  }

  get occurrences(): readonly Occurrence[] {
    return Array.from(this.#routes.values(), ({ occurrence }) => occurrence);
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
    const groups = this.#groups.filter(
      (group) => this.#anyLogsource || acceptsLogsource(group.logsource, logsource),
    );
    const fields = new Set(groups.flatMap((group) => [...group.fields]));
    const readers = Array.from(fields, (name) => new FieldReader(name));
    const route = { groups, occurrence: new Occurrence(logsource, readers) };
    if (this.#routes.size < MAX_ROUTES) this.#routes.set(key, route);
    return route;
  }
}
