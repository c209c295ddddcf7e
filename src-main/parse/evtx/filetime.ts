/** Seconds between 1601-01-01, where FILETIME starts, and 1970-01-01. */
const EPOCH_SECONDS = 11_644_473_600;
const TICKS_PER_SECOND = 10_000_000;
/** 2^32 modulo the ticks of a second. */
const HIGH_WORD_REMAINDER = 4_967_296;
const TWO_32 = 4_294_967_296;

/**
 * FILETIME (two 32-bit halves, 100 ns since 1601) in exact double arithmetic: as fast as BigInt once optimised, and
 * without its garbage before. Records come in order of time, so the text of the last second is kept.
 */
export class FiletimeReader {
  #second = Number.NaN;
  #prefix = '';

  /** UTC epoch milliseconds; null where the time is zero, which writers use for "none". */
  toMs(low: number, high: number): number | null {
    if (low === 0 && high === 0) return null;
    const ticks = ticksWithinSecond(low, high);
    return epochSeconds(low, high, ticks) * 1000 + Math.floor(ticks / 10_000);
  }

  /** ISO 8601 with microseconds and Z, the form in which other EVTX readers print it. */
  toIso(low: number, high: number): string {
    const ticks = ticksWithinSecond(low, high);
    const second = epochSeconds(low, high, ticks);
    if (second !== this.#second) {
      // The largest FILETIME is in the year 60056, well within Date.
      this.#second = second;
      this.#prefix = new Date(second * 1000).toISOString().slice(0, -4);
    }
    return `${this.#prefix}${String(Math.floor(ticks / 10) + 1_000_000).slice(1)}Z`;
  }
}

function ticksWithinSecond(low: number, high: number): number {
  return ((high % TICKS_PER_SECOND) * HIGH_WORD_REMAINDER + low) % TICKS_PER_SECOND;
}

/** The product rounds by at most 16 ticks, far below half a second, so rounding the quotient is exact. */
function epochSeconds(low: number, high: number, ticks: number): number {
  return Math.round((high * TWO_32 + low - ticks) / TICKS_PER_SECOND) - EPOCH_SECONDS;
}
