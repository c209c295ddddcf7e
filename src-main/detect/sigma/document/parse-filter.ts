import type { YamlPath } from '../../../platform/yaml.ts';
import { sectionOf, type Attributes } from './attributes.ts';
import { parseSearches } from './parse-detection.ts';
import { parseLogsource } from './parse-logsource.ts';
import { parseMetadata } from './parse-metadata.ts';
import { RuleRejected, type FilterTargets, type ParsedFilter, type RuleSource } from './rule.ts';

const TARGETS: YamlPath = ['filter', 'rules'];

/**
 * Types a filter (specification, "Filters"). `rules` lists ids and names; `any`, or an empty list as pySigma
 * writes it, means every rule of the filter's logsource. Throws `RuleRejected` where it has no meaning.
 */
export function parseFilter(attributes: Attributes, source: RuleSource): ParsedFilter {
  const metadata = parseMetadata('filter', attributes, source);
  for (const key of ['level', 'status']) {
    if (attributes.document[key] === undefined) continue;
    attributes.warn([key], `A filter has no ${key}; it was ignored.`, 'Remove it.');
  }
  const logsource = parseLogsource(attributes);
  const { rules, ...searches } = sectionOf(attributes.document, 'filter');
  return { ...metadata, logsource, targets: parseTargets(rules), ...parseSearches(searches, ['filter']) };
}

function parseTargets(rules: unknown): FilterTargets {
  if (typeof rules === 'string') {
    return isAny(rules) ? { kind: 'any' } : { kind: 'named', references: [{ text: rules, path: TARGETS }] };
  }
  if (!Array.isArray(rules)) {
    const hint = 'Add "rules:" with ids or names, or "rules: any".';
    throw new RuleRejected(TARGETS, 'The filter does not say which rules it narrows.', hint);
  }
  const members: readonly unknown[] = rules;
  if (members.length === 0) return { kind: 'any' };
  const references = members.map((text, index) => {
    const path = [...TARGETS, index];
    if (typeof text === 'string' && text !== '') return { text, path };
    throw new RuleRejected(path, 'A rule is named by its id or name.', 'Quote the id or name.');
  });
  return { kind: 'named', references };
}

/** pySigma takes both words, outside of lists only: inside one they may be names. */
function isAny(text: string): boolean {
  return ['any', 'all'].includes(text.toLowerCase());
}
