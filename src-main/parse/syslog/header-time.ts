import { fractionMs, isDate, isoInstant, zoneOffsetMs, type Instant } from '../timestamps.ts';

/** A time at the start of a text, and where the text goes on. */
export interface LeadingTime extends Instant {
  readonly end: number;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A record this far ahead of the clock is from last year; less is a clock that runs ahead or another zone. */
const FUTURE_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** A leap day is at most eight years back (1896 and 1904 had 1900 between them). */
const MAX_YEARS_BACK = 8;

/** Zone names of RFC 822 section 5.1, and the two European ones that routers write. */
const ZONES: Readonly<Record<string, string>> = {
  UTC: 'Z',
  GMT: 'Z',
  EST: '-0500',
  EDT: '-0400',
  CST: '-0600',
  CDT: '-0500',
  MST: '-0700',
  MDT: '-0600',
  PST: '-0800',
  PDT: '-0700',
  CET: '+0100',
  CEST: '+0200',
};

const ZONE = Object.keys(ZONES).join('|');

/** `Mar  1 18:46:11`, with the year on either side, a fraction, a zone; `*` or `.` of a Cisco clock that is not set. */
const BSD = new RegExp(
  '^[*.]?(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? )?' +
    `(${MONTHS.join('|')}) {1,2}(\\d{1,2})(?: (\\d{4}))? (\\d{1,2}):(\\d{2}):(\\d{2})(?:\\.(\\d{1,9}))?` +
    `(?: (${ZONE})(?=[ :]|$))?(?: (\\d{4})(?=[ :]|$))?:?(?: +|$)`,
  'i',
);

const ISO =
  /^\[?(\d{4}[-/]\d{2}[-/]\d{2}[T ]\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)\]?:?(?: +|$)/;

/** The time that `text` begins with, in any form that syslog writers use; null when it begins with none. */
export function leadingTime(text: string, nowMs: number): LeadingTime | null {
  const iso = ISO.exec(text);
  if (iso !== null) {
    const instant = isoInstant(iso[1] ?? '');
    return instant === null ? null : { ...instant, end: iso[0].length };
  }
  const bsd = BSD.exec(text);
  return bsd === null ? null : bsdTime(bsd, nowMs);
}

function bsdTime(match: RegExpExecArray, nowMs: number): LeadingTime | null {
  const [whole, month = '', day, yearBefore, hour, minute, second, fraction = '', zone, yearBehind] = match;
  const clock = { month: MONTHS.indexOf(month.toLowerCase()) + 1, day: Number(day), hour: Number(hour) };
  if (clock.hour > 23 || Number(minute) > 59 || Number(second) > 60) return null;
  const ofDayMs =
    ((clock.hour * 60 + Number(minute)) * 60 + Number(second)) * 1000 +
    fractionMs(fraction) -
    zoneOffsetMs(ZONES[(zone ?? '').toUpperCase()]);
  const stated = yearBefore ?? yearBehind;
  const dayMs =
    stated === undefined
      ? latestDay(clock.month, clock.day, nowMs + FUTURE_TOLERANCE_MS - ofDayMs)
      : dayOf(Number(stated), clock.month, clock.day);
  return dayMs === null ? null : { ms: dayMs + ofDayMs, assumed: zone === undefined, end: whole.length };
}

function dayOf(year: number, month: number, day: number): number | null {
  return isDate(year, month, day) ? Date.UTC(year, month - 1, day) : null;
}

/** The last such day that is not after `limitMs`: RFC 3164 leaves the year out. */
function latestDay(month: number, day: number, limitMs: number): number | null {
  const year = new Date(limitMs).getUTCFullYear();
  for (let back = 0; back <= MAX_YEARS_BACK; back += 1) {
    const dayMs = dayOf(year - back, month, day);
    if (dayMs !== null && dayMs <= limitMs) return dayMs;
  }
  return null;
}
