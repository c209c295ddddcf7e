import type { DryRunReport } from '../../pipeline/rule-questions.ts';
import type { DryRunMatches } from './messages.ts';

const HOUR_MS = 3_600_000;
/** Hours that are counted apart, more than a year of them: forged times could make up any number. */
const MAX_HOURS = 10_000;

/** What a dry run has found so far. */
export class DryRunTally {
  readonly #sample: number;
  readonly #hours = new Map<number, number>();
  /** The newest matches, newest first. */
  #newest: { readonly id: string; readonly eventTs: number }[] = [];
  examined = 0;
  matched = 0;

  /** @param sample how many matches are kept for showing. */
  constructor(sample: number) {
    this.#sample = sample;
  }

  add(examined: number, { ids, eventTs }: DryRunMatches): void {
    this.examined += examined;
    this.matched += ids.length;
    for (const ts of eventTs) {
      const hour = Math.floor(ts / HOUR_MS) * HOUR_MS;
      const count = this.#hours.get(hour) ?? 0;
      if (count > 0 || this.#hours.size < MAX_HOURS) this.#hours.set(hour, count + 1);
    }
    const found = ids.map((id, index) => ({ id, eventTs: eventTs[index] ?? 0 }));
    const all = [...this.#newest, ...found].sort((a, b) => b.eventTs - a.eventTs);
    this.#newest = all.slice(0, this.#sample);
  }

  get newest(): readonly string[] {
    return this.#newest.map(({ id }) => id);
  }

  get byHour(): DryRunReport['byHour'] {
    return Array.from(this.#hours, ([start, count]) => ({ start, count })).sort((a, b) => a.start - b.start);
  }
}
