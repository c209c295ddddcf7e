/** How a Sigma modifier compares, in words that stand between the field and the value. */
export const COMPARISON_WORDS: Readonly<Record<string, string>> = {
  contains: 'contains',
  startswith: 'starts with',
  endswith: 'ends with',
  re: 'matches',
  cidr: 'is in',
  exists: 'exists',
  lt: '<',
  lte: '≤',
  gt: '>',
  gte: '≥',
  neq: 'is not',
  fieldref: 'equals the field',
  minute: 'has the minute',
  hour: 'has the hour',
  day: 'has the day',
  week: 'has the week',
  month: 'has the month',
  year: 'has the year',
};

/** Modifiers that change the value before it is compared, or how exactly. */
const DETAIL_WORDS: Readonly<Record<string, string>> = {
  cased: 'case-sensitive',
  windash: 'any dash',
  base64: 'as Base64',
  base64offset: 'as Base64 at any offset',
  utf16: 'as UTF-16',
  utf16le: 'as UTF-16LE',
  utf16be: 'as UTF-16BE',
  wide: 'as UTF-16LE',
  expand: 'with placeholders',
  i: 'any case',
  m: 'multi-line',
  s: 'dot is any character',
};

/** `['endswith', 'windash']` with two values is "ends with any of (any dash)". */
export function comparisonOf(modifiers: readonly string[], valueCount: number): string {
  const verbs = modifiers.flatMap((name) => COMPARISON_WORDS[name] ?? []);
  const details = modifiers.flatMap((name) => DETAIL_WORDS[name] ?? []);
  const verb = verbs.length === 0 ? 'equals' : verbs.join(' ');
  const quantity = valueCount < 2 ? '' : modifiers.includes('all') ? ' all of' : ' any of';
  return `${verb}${quantity}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}
