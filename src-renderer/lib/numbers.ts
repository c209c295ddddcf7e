const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const oneDecimal = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1, minimumFractionDigits: 1 });

/** `12,345`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** Count for narrow places: `999`, `12.3 k`, `4.1 M`. */
export function formatCompact(count: number): string {
  if (count < 10_000) return grouped.format(count);
  if (count < 1_000_000) return `${trimZero(count / 1000)} k`;
  if (count < 1_000_000_000) return `${trimZero(count / 1_000_000)} M`;
  return `${trimZero(count / 1_000_000_000)} G`;
}

/** `1 event`, `12,345 events`. */
export function formatNoun(count: number, one: string, many = `${one}s`): string {
  return `${grouped.format(count)} ${count === 1 ? one : many}`;
}

const BYTE_UNITS = ['B', 'KiB', 'MiB', 'GiB', 'TiB'] as const;

/** `512 B`, `1.4 MiB`: binary units, named as such. */
export function formatBytes(sizeBytes: number): string {
  let value = sizeBytes;
  let unit = 0;
  while (value >= 1024 && unit < BYTE_UNITS.length - 1) {
    value /= 1024;
    unit += 1;
  }
  return `${unit === 0 ? grouped.format(value) : oneDecimal.format(value)} ${BYTE_UNITS[unit] ?? 'B'}`;
}

/** `4,287 ev/s`, `0.3 ev/s`. */
export function formatRate(perSecond: number, unit = 'ev/s'): string {
  return `${perSecond > 0 && perSecond < 10 ? trimZero(perSecond) : grouped.format(perSecond)} ${unit}`;
}

/** `42 %` of a whole; `<1 %` is kept apart from nothing. */
export function formatPercent(part: number, whole: number): string {
  if (whole <= 0 || part <= 0) return '0 %';
  const percent = (part / whole) * 100;
  return percent < 1 ? '<1 %' : `${Math.round(percent)} %`;
}

function trimZero(value: number): string {
  return oneDecimal.format(value).replace(/\.0$/, '');
}
