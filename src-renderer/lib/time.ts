/** Display zone: UTC, the machine's own, or an IANA name. Times are stored and sent in UTC whatever is shown. */
export type Zone = string;

export const UTC: Zone = 'UTC';

export type TimePrecision = 'day' | 'minute' | 'second' | 'millisecond';

const CUT: Readonly<Record<TimePrecision, number>> = { day: 10, minute: 16, second: 19, millisecond: 23 };

/**
 * THE time formatter: table, chart axis, picker, flyout and export all come here, so they can never disagree
 * about the zone. Gives `2026-05-13 14:02:11.123Z`, or with an offset (`+02:00`) in any other zone.
 */
export function formatTime(
  time: number | string,
  zone: Zone,
  options: { readonly precision?: TimePrecision; readonly offset?: boolean } = {},
): string {
  const epochMs = typeof time === 'string' ? Date.parse(time) : time;
  if (!Number.isFinite(epochMs)) return 'invalid time';
  const { precision = 'millisecond', offset = true } = options;
  const offsetMinutes = zoneOffsetMinutes(epochMs, zone);
  const wall = new Date(epochMs + offsetMinutes * 60_000).toISOString().replace('T', ' ').replace('Z', '');
  const cut = wall.slice(0, CUT[precision] + (wall.length - 23));
  return offset && precision !== 'day' ? cut + formatOffset(offsetMinutes) : cut;
}

/** Minutes that a zone is ahead of UTC at that moment. */
export function zoneOffsetMinutes(epochMs: number, zone: Zone): number {
  if (zone === UTC) return 0;
  const parts = partsFormat(zone).formatToParts(epochMs);
  const part = (type: string) => Number(parts.find((p) => p.type === type)?.value ?? 0);
  const wallMs = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  );
  return Math.round((wallMs - Math.floor(epochMs / 1000) * 1000) / 60_000);
}

/** Epoch of a wall-clock time in a zone ("2026-05-13 14:02"), or of ISO text with its own offset; null if neither. */
export function parseTime(text: string, zone: Zone): number | null {
  const match =
    /^\s*(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2})(?::(\d{2})(\.\d{1,9})?)?)?\s*(Z|[+-]\d{2}:?\d{2})?\s*$/i.exec(
      text,
    );
  if (!match) return null;
  const [, year, month, day, hour = '00', minute = '00', second = '00', fraction = '', offset] = match;
  const iso = `${year ?? ''}-${month ?? ''}-${day ?? ''}T${hour}:${minute}:${second}${fraction.slice(0, 4)}`;
  const asUtc = Date.parse(`${iso}Z`);
  if (Number.isNaN(asUtc)) return null;
  if (offset !== undefined) {
    const normal = /^[+-]\d{4}$/.test(offset) ? `${offset.slice(0, 3)}:${offset.slice(3)}` : offset;
    return Date.parse(iso + normal.toUpperCase());
  }
  return asUtc - zoneOffsetMinutes(asUtc - zoneOffsetMinutes(asUtc, zone) * 60_000, zone) * 60_000;
}

/** `UTC`, `Europe/Berlin`, ... as the machine has it. */
export function localZone(): Zone {
  return Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** "3 s ago", "2 h ago", "in 5 min". Coarse on purpose; the exact time is always beside it or on hover. */
export function formatAgo(epochMs: number, nowMs: number): string {
  const deltaMs = nowMs - epochMs;
  if (Math.abs(deltaMs) < 1500) return 'now';
  const span = formatSpan(Math.abs(deltaMs));
  return deltaMs >= 0 ? `${span} ago` : `in ${span}`;
}

const UNITS = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
  ['ms', 1],
] as const;

/** Length of time in its largest unit, and the next one while the first is small: "2 h 14 min", "42 s", "5 d". */
export function formatSpan(spanMs: number): string {
  const index = UNITS.findIndex(([, sizeMs]) => spanMs >= sizeMs);
  const unit = UNITS[index];
  if (!unit) return '0 ms';
  const [name, sizeMs] = unit;
  const whole = Math.floor(spanMs / sizeMs);
  const next = UNITS[index + 1];
  if (!next || name === 's' || whole >= 10) return `${whole} ${name}`;
  const rest = Math.floor((spanMs - whole * sizeMs) / next[1]);
  return rest === 0 ? `${whole} ${name}` : `${whole} ${name} ${rest} ${next[0]}`;
}

const formats = new Map<Zone, Intl.DateTimeFormat>();

function partsFormat(zone: Zone): Intl.DateTimeFormat {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  formats.set(zone, made);
  return made;
}

function formatOffset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const abs = Math.abs(minutes);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(abs / 60))}:${two(abs % 60)}`;
}
