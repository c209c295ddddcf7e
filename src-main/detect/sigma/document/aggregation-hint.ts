/** `| count(field) by group > 5`, the aggregations of Sigma 1. */
const AGGREGATION =
  /\|\s*(count|min|max|avg|sum)\s*\(\s*([^)\s]*)\s*\)\s*(?:by\s+(\S+)\s*)?(>=|<=|>|<|=)\s*(\d+(?:\.\d+)?)/i;

const TYPES: Readonly<Record<string, string>> = { sum: 'value_sum', avg: 'value_avg' };
const COMPARISONS: Readonly<Record<string, string>> = {
  '>': 'gt',
  '>=': 'gte',
  '<': 'lt',
  '<=': 'lte',
  '=': 'eq',
};

/**
 * How an aggregation of Sigma 1 is written as a correlation (specification 2, "Correlation Rules"), as a hint. `min`
 * and `max` have no successor; text that is no aggregation gets the general advice.
 */
export function aggregationHint(condition: string, timeframe: string | null): string {
  const [, called = '', field = '', group, operator = '', value = ''] = AGGREGATION.exec(condition) ?? [];
  const type = called === '' ? '' : typeOf(called.toLowerCase(), field);
  const timespan = `timespan: ${timeframe ?? '5m'}`;
  if (/\|\s*near\b/i.test(condition)) {
    return `Write a rule for each part and a correlation of them: type: temporal, rules: [...], ${timespan}.`;
  }
  if (type === '') return `Write the rest as a correlation of this rule: type: event_count, ${timespan}.`;
  const groupBy = group === undefined ? '' : `group-by: [${group}], `;
  const measured = field === '' ? '' : `field: ${field}, `;
  const threshold = `condition: {${measured}${COMPARISONS[operator] ?? 'gte'}: ${value}}`;
  return `Write a correlation of this rule: type: ${type}, ${groupBy}${timespan}, ${threshold}.`;
}

/** Empty where Sigma 2 has no such type. */
function typeOf(called: string, field: string): string {
  if (called === 'count') return field === '' ? 'event_count' : 'value_count';
  return TYPES[called] ?? '';
}
