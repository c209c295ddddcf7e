import { parseYaml } from '../../../../platform/yaml.ts';
import { RULE_KEYS } from '../../vocabulary/keys.ts';
import { isMap } from '../../document/attributes.ts';
import type { Finding, ParsedRule } from '../../document/rule.ts';
import { warning, type RuleCheck } from '../check.ts';
import { nearestName } from '../nearest-name.ts';

const RULE_NAMES = namesIn('rule');
const LOGSOURCE_NAMES = namesIn('logsource');

/** Keys of one's own are allowed; one that is nearly a standard key is a misspelling. */
export const unknownKey: RuleCheck = {
  id: 'unknown-key',
  summary: 'A key that Sigma does not know and that is nearly one it does.',
  *check({ rule }) {
    for (const key of Object.keys(rule.custom)) yield* misspelling([key], key, RULE_NAMES);
    for (const key of logsourceKeys(rule)) yield* misspelling(['logsource', key], key, LOGSOURCE_NAMES);
  },
};

function namesIn(section: 'rule' | 'logsource'): readonly string[] {
  return RULE_KEYS.filter((key) => key.section === section).map(({ name }) => name);
}

function* misspelling(path: Finding['path'], key: string, names: readonly string[]): Generator<Finding> {
  if (names.includes(key)) return;
  const meant = nearestName(key, names);
  if (meant === null) return;
  yield warning(path, `Sigma has no key "${key}", so it does nothing.`, `Did you mean "${meant}"?`);
}

/** Keys of the logsource besides the standard ones. The text is read again only where it shows such a key. */
function logsourceKeys({ yaml, documentIndex }: ParsedRule): readonly string[] {
  const block = /^logsource:(.*(?:\n[ \t]+.*)*)/m.exec(yaml)?.[1] ?? '';
  const keys = block.match(/[A-Za-z_-]+(?=\s*:)/g) ?? [];
  if (keys.every((key) => LOGSOURCE_NAMES.includes(key))) return [];
  const outcome = parseYaml(yaml);
  const document = outcome.ok ? outcome.documents[documentIndex] : null;
  return isMap(document) && isMap(document.logsource) ? Object.keys(document.logsource) : [];
}
