/** UTC epoch milliseconds as every time leaves Harrier: ISO-8601 with milliseconds and `Z`. */
export function isoTime(ms: number): string {
  return new Date(Math.min(MAX_MS, Math.max(MIN_MS, ms))).toISOString();
}

/** Years 0 to 9999: what ISO-8601 writes with four digits. A forged record may claim anything else. */
const MIN_MS = Date.parse('0000-01-01T00:00:00.000Z');
const MAX_MS = Date.parse('9999-12-31T23:59:59.999Z');

/** As `isoTime`; what is not known stays null. */
export function isoTimeOrNull(ms: number | null): string | null {
  return ms === null ? null : isoTime(ms);
}
