import type { LogSource } from '#shared/model/event.ts';
import { isMap, type Attributes } from './attributes.ts';
import { RuleRejected } from './rule.ts';

/** What a document says of where its events come from, in lower case. Throws `RuleRejected` when it says nothing. */
export function parseLogsource(attributes: Attributes): LogSource {
  const { logsource } = attributes.document;
  if (!isMap(logsource)) {
    const hint = 'Say which category, product or service it reads.';
    throw new RuleRejected(['logsource'], 'The rule has no logsource.', hint);
  }
  const part = (name: string): string | null => {
    const value = logsource[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value.toLowerCase();
    throw new RuleRejected(['logsource', name], `The ${name} must be text.`, 'Quote it.');
  };
  const parts = { category: part('category'), product: part('product'), service: part('service') };
  if (parts.category === null && parts.product === null && parts.service === null) {
    const message = 'The logsource names nothing, so the rule reads every event.';
    attributes.warn(['logsource'], message, 'Name a product.');
  }
  return parts;
}
