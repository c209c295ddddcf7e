import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { PipelineCommands } from '../../pipeline/commands.ts';
import type { Clock } from '../../platform/clock.ts';
import { coverageGrid, type CoverageGrid } from '../../query/coverage.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import { allRules, mappedRules, type AnyRule } from './mapped-rules.ts';

/** The route allows ten calls a minute (document 000); within one of them nobody needs newer counts. */
const MAX_AGE_MS = 60_000;

const DAY_MS = 86_400_000;

export interface DatedGrid {
  readonly grid: CoverageGrid;
  /** UTC epoch milliseconds. */
  readonly madeTs: number;
}

interface CacheDeps {
  readonly attack: AttackCatalogue;
  readonly clock: Clock;
  readonly reader: StoreReader;
  readonly commands: Pick<PipelineCommands, 'rules' | 'detections'>;
}

interface Kept {
  readonly madeTs: number;
  readonly rules: readonly AnyRule[];
  readonly grid: Promise<CoverageGrid>;
}

/** Keeps the last grid: until it is a minute old, a rule changes, or somebody wants a new one. */
export class CoverageCache {
  readonly #deps: CacheDeps;
  #kept: Kept | null = null;

  constructor(deps: CacheDeps) {
    this.#deps = deps;
  }

  async get(refresh: boolean): Promise<DatedGrid> {
    const now = this.#deps.clock.now();
    const rules = allRules(this.#deps.commands);
    const kept = this.#kept;
    const isUsable = !refresh && kept !== null && isRecent(kept, now) && isSameList(kept.rules, rules);
    const current = isUsable ? kept : { madeTs: now, rules, grid: this.#make(rules, now) };
    this.#kept = current;
    try {
      return { grid: await current.grid, madeTs: current.madeTs };
    } catch (error) {
      // A failure is no answer to give to the next caller.
      if (this.#kept === current) this.#kept = null;
      throw error;
    }
  }

  async #make(rules: readonly AnyRule[], now: number): Promise<CoverageGrid> {
    const { attack, reader } = this.#deps;
    const span = { until: null, importId: null };
    const [fires, firesOfDay, firesOfWeek, logsources] = await Promise.all([
      reader.ruleFires(),
      reader.ruleFires({ ...span, since: now - DAY_MS }),
      reader.ruleFires({ ...span, since: now - 7 * DAY_MS }),
      reader.logsources(),
    ]);
    return coverageGrid(attack, {
      rules: mappedRules(rules),
      fires,
      firesOfDay,
      firesOfWeek,
      logsources: logsources.map(({ logsource }) => logsource),
    });
  }
}

/** A clock that was set back makes no answer newer than it is. */
function isRecent({ madeTs }: Kept, now: number): boolean {
  return now >= madeTs && now - madeTs < MAX_AGE_MS;
}

/** A rule that changed is another object. */
function isSameList(left: readonly AnyRule[], right: readonly AnyRule[]): boolean {
  return left.length === right.length && left.every((rule, index) => rule === right[index]);
}
