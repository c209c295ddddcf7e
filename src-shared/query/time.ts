const UNIT_MS = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const;

const RELATIVE = /^-?(\d{1,9})([smhdw])$/;
const ISO =
  /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(?:[.,](\d{1,9}))?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i;

/**
 * A point in time as people write it, as UTC epoch milliseconds: `now`, relative to now (`24h`, `-7d`), or
 * ISO-8601; UTC when no zone is given. Null when it is none of these or not a real date.
 */
export function parseTime(text: string, nowMs: number): number | null {
  const trimmed = text.trim();
  if (trimmed.toLowerCase() === 'now') return nowMs;
  const relative = RELATIVE.exec(trimmed);
  if (relative !== null) {
    const unit = relative[2] as keyof typeof UNIT_MS; // RELATIVE admits only these letters.
    return nowMs - Number(relative[1]) * UNIT_MS[unit];
  }
  return parseIso(trimmed);
}

/** True for what `parseTime` understands. */
export function isTimeText(text: string): boolean {
  return parseTime(text, 0) !== null;
}

function parseIso(text: string): number | null {
  const match = ISO.exec(text);
  if (match === null) return null;
  const part = (index: number): number => Number(match[index] ?? 0);
  const fraction = Number((match[7] ?? '').slice(0, 3).padEnd(3, '0'));
  const [year, month, day] = [part(1), part(2), part(3)];
  const [hour, minute, second] = [part(4), part(5), part(6)];
  if (hour > 23 || minute > 59 || second > 59) return null;
  const ms = Date.UTC(year, month - 1, day, hour, minute, second, fraction);
  // Date.UTC rolls 31 February over into March; such a date is a typing error here.
  const isRealDate = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day && month <= 12;
  return isRealDate ? ms - zoneOffsetMs(match[8]) : null;
}

function zoneOffsetMs(zone: string | undefined): number {
  if (zone === undefined || zone.toUpperCase() === 'Z') return 0;
  const sign = zone.startsWith('-') ? -1 : 1;
  const digits = zone.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
