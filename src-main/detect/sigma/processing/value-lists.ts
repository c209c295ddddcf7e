import type { RuleProblem } from '../../../pipeline/rules.ts';
import { parseYaml } from '../../../platform/yaml.ts';
import { isMap } from '../document/attributes.ts';
import { problemAt } from '../document/parse-rule.ts';
import { RuleRejected, type Finding } from '../document/rule.ts';

/** Placeholders that the specification names ("Standard Placeholders"). */
export const STANDARD_PLACEHOLDERS = [
  'Administrators',
  'JumpServers',
  'Workstations',
  'Servers',
  'DomainControllers',
] as const;

/** Values of one list: each becomes a comparison of every rule that uses it. */
const MAX_VALUES = 10_000;

/** What may stand between percent signs in a value. */
const NAME = /^[^%\s]{1,100}$/;

export interface ParsedValueLists {
  readonly lists: ReadonlyMap<string, readonly string[]>;
  readonly problems: readonly RuleProblem[];
}

/** Reads a file of value lists: a YAML map from the names of placeholders to a value or a list of values. */
export function parseValueLists(yaml: string, file: string): ParsedValueLists {
  const outcome = parseYaml(yaml);
  if (!outcome.ok) {
    const { line, column, message } = outcome.failure;
    const hint = 'Correct the YAML at this place; no list of the file was read.';
    return {
      lists: new Map(),
      problems: [{ file, stage: 'yaml', severity: 'error', line, column, message, hint }],
    };
  }
  const lists = new Map<string, readonly string[]>();
  const findings: Finding[] = [];
  const [document] = outcome.documents;
  const entries = isMap(document) ? Object.entries(document) : [];
  if (!isMap(document) || outcome.documents.length > 1) {
    const message = 'A file of value lists is one map from names to values.';
    findings.push({ path: [], message, hint: 'Write "name: [value, value]".', severity: 'error' });
  }
  for (const [name, given] of entries) {
    try {
      lists.set(name, readList(name, given));
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      findings.push(error.finding);
    }
  }
  const source = { file, yaml, documentIndex: 0, inheritedFrom: [] };
  return { lists, problems: findings.map((finding) => problemAt(source, 'schema', finding)) };
}

function readList(name: string, given: unknown): readonly string[] {
  if (!NAME.test(name)) {
    const hint = 'Use a name without spaces and percent signs.';
    throw new RuleRejected([name], `"${name}" is not the name of a placeholder.`, hint);
  }
  const members: readonly unknown[] = Array.isArray(given) ? given : [given];
  if (members.length > MAX_VALUES) {
    const message = `"${name}" has more than ${MAX_VALUES} values.`;
    throw new RuleRejected([name], message, 'Split the list.');
  }
  return members.map((member, index) => {
    if (typeof member === 'string' || typeof member === 'number') return String(member);
    const path = Array.isArray(given) ? [name, index] : [name];
    throw new RuleRejected(path, `A value of "${name}" must be text or a number.`, 'Quote it.');
  });
}
