import type { LogEvent } from '#shared/model/event.ts';
import { visitRecord } from '../record-values.ts';
import { LiteralIndex, type Literal } from './literal-index.ts';
import type { Announcement, OnWake } from './wake.ts';

/**
 * What keywords announce: literals anywhere in a record. It reads every value of every event that a keyword
 * rule is asked about, so it takes the values as they stand in the record instead of preparing them in a cell:
 * on OTRF's records that halved the price of the one keyword rule that reads all of Windows.
 */
export class RecordIndex {
  /** Rules whose keyword no literal announces. */
  readonly #always: readonly number[];
  readonly #literals: LiteralIndex;
  /** False when no literal can be part of the text of a number or boolean; most values that are no text are. */
  readonly #readsNumbers: boolean;

  constructor(announcements: readonly Announcement[]) {
    const literals: [Literal, number][] = [];
    const always: number[] = [];
    for (const [trigger, rule] of announcements) {
      if (trigger.kind === 'literal') literals.push([trigger.literal, rule]);
      else always.push(rule);
    }
    this.#always = always;
    this.#literals = new LiteralIndex(literals);
    this.#readsNumbers = literals.some(([{ text }]) => mayBeInNumber(text));
  }

  get sizeBytes(): number {
    return this.#literals.sizeBytes;
  }

  search(event: LogEvent, onWake: OnWake): void {
    if (this.#always.length > 0) onWake(this.#always);
    visitRecord(event, (value) => {
      if (typeof value === 'string') this.#literals.search(value, onWake);
      else if (this.#readsNumbers) this.#literals.search(String(value), onWake);
    });
  }
}

/** True when all characters of a folded literal occur in texts of numbers and booleans, "NaN" and "Infinity" included. */
function mayBeInNumber(text: string): boolean {
  return /^[-+.\deainftylrsu]*$/.test(text);
}
