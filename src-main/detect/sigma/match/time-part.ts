import type { TimePart } from '../compile/modifier-chain.ts';

const DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?/;
const MS_PER_DAY = 86_400_000;

/**
 * The numeric part of a date as it is written, without any conversion of its zone (specification appendix,
 * "time modifiers"); NaN when the text does not start with an ISO date that exists. `week` is the ISO 8601 week.
 */
export function timePartOf(text: string, part: TimePart): number {
  const match = DATE.exec(text);
  if (match === null) return Number.NaN;
  const [year = Number.NaN, month = Number.NaN, day = Number.NaN, hour, minute] = match.slice(1).map(Number);
  if (!isInCalendar(year, month, day) || (hour ?? 0) > 23 || (minute ?? 0) > 59) return Number.NaN;
  switch (part) {
    case 'minute':
      return minute ?? Number.NaN;
    case 'hour':
      return hour ?? Number.NaN;
    case 'day':
      return day;
    case 'week':
      return isoWeek(year, month, day);
    case 'month':
      return month;
    case 'year':
      return year;
  }
}

/** False for a date such as February 30. */
function isInCalendar(year: number, month: number, day: number): boolean {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day;
}

/** The week of a date is that of its Thursday, counted from the year's first Thursday (ISO 8601). */
function isoWeek(year: number, month: number, day: number): number {
  const date = Date.UTC(year, month - 1, day);
  const weekday = (new Date(date).getUTCDay() + 6) % 7;
  const thursday = date + (3 - weekday) * MS_PER_DAY;
  const firstOfYear = Date.UTC(new Date(thursday).getUTCFullYear(), 0, 1);
  return Math.floor((thursday - firstOfYear) / MS_PER_DAY / 7) + 1;
}
