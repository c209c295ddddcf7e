import { createHash } from 'node:crypto';
import type { LogSource } from '#shared/model/event.ts';
import { LEVELS, type Level } from '#shared/model/severity.ts';
import type { RuleProblem, RuleStage } from '../../../pipeline/commands.ts';
import { parseYaml, placeInYaml, type YamlPath } from '../../../platform/yaml.ts';
import { attackOf, isUnknownAttackTag } from './attack-tags.ts';
import { isMap, parseDetection } from './parse-detection.ts';
import { RuleRejected, type Finding, type ParsedRule } from './rule.ts';

/** Size of a rule's text. SigmaHQ's largest, the list of vulnerable drivers, has 295,078 characters. */
const MAX_RULE_CHARS = 1024 * 1024;

/** Ids become part of keys and addresses, never of paths (reliability T7). */
const ID = /^[A-Za-z0-9._-]{1,128}$/;
const STATUSES = ['stable', 'test', 'experimental', 'deprecated', 'unsupported'];
/** Specification, "title". */
const MAX_TITLE_CHARS = 256;
const DATE = /^\d{4}[-/]\d{2}[-/]\d{2}$/;

export interface RuleSource {
  readonly file: string;
  readonly yaml: string;
  readonly documentIndex: number;
}

export interface ParsedFile {
  readonly rules: readonly ParsedRule[];
  readonly problems: readonly RuleProblem[];
}

/** Reads the rules of one YAML text, up to the schema stage. Every document ends as a rule or as an error. */
export function parseRules(yaml: string, file: string): ParsedFile {
  const outcome = parseYaml(yaml, MAX_RULE_CHARS);
  if (!outcome.ok) {
    const { line, column, message } = outcome.failure;
    const hint = 'Correct the YAML at this place; the rest of the file was not read.';
    return { rules: [], problems: [{ file, stage: 'yaml', severity: 'error', line, column, message, hint }] };
  }
  const rules: ParsedRule[] = [];
  const problems: RuleProblem[] = [];
  for (const [documentIndex, document] of outcome.documents.entries()) {
    const source: RuleSource = { file, yaml, documentIndex };
    const findings: Finding[] = [];
    try {
      rules.push(parseDocument(document, source, findings));
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      findings.push(error.finding);
    }
    problems.push(...findings.map((finding) => problemAt(source, 'schema', finding)));
  }
  if (outcome.documents.length === 0) {
    const finding: Finding = {
      path: [],
      message: 'The file holds no rule.',
      hint: 'Add one.',
      severity: 'warning',
    };
    problems.push(problemAt({ file, yaml, documentIndex: 0 }, 'schema', finding));
  }
  return { rules, problems };
}

/** A finding tied to its file, line and column. */
export function problemAt(source: RuleSource, stage: RuleStage, finding: Finding): RuleProblem {
  const { line, column } = placeInYaml(source.yaml, source.documentIndex, finding.path);
  const { message, hint, severity } = finding;
  return { file: source.file, stage, severity, line, column, message, hint };
}

function parseDocument(document: unknown, source: RuleSource, findings: Finding[]): ParsedRule {
  if (!isMap(document)) {
    throw new RuleRejected([], 'A rule must be a map of keys and values.', 'Start with "title: ...".');
  }
  refuseOtherKinds(document);
  const { selections, conditions } = parseDetection(document.detection);
  const tags = textList(document, 'tags', findings);
  for (const [index, tag] of tags.entries()) {
    if (isUnknownAttackTag(tag)) {
      const hint = 'Name a tactic with dashes (attack.lateral-movement) or a technique (attack.t1021.002).';
      findings.push(warning(['tags', index], `ATT&CK has no "${tag}".`, hint));
    }
  }
  const title = parseTitle(document);
  return {
    id: parseId(document, title, findings),
    kind: 'sigma',
    name: text(document, 'name', findings) || null,
    title,
    level: parseLevel(document, findings),
    status: parseStatus(document, findings),
    author: text(document, 'author', findings),
    description: text(document, 'description', findings),
    references: textList(document, 'references', findings),
    falsePositives: textList(document, 'falsepositives', findings),
    tags,
    attack: attackOf(tags),
    logsource: parseLogsource(document.logsource, findings),
    date: parseDate(document, 'date', findings),
    modified: parseDate(document, 'modified', findings),
    ...source,
    selections,
    conditions,
  };
}

/** Documents that Sigma knows besides rules, and which this engine does not run: named, never skipped. */
function refuseOtherKinds(document: Readonly<Record<string, unknown>>): void {
  const kinds = { correlation: 'Correlation rules', filter: 'Filters', action: 'Collections with "action"' };
  for (const [key, kind] of Object.entries(kinds)) {
    if (document[key] === undefined) continue;
    throw new RuleRejected([key], `${kind} are not supported.`, 'The document was left out.');
  }
}

function parseTitle(document: Readonly<Record<string, unknown>>): string {
  const { title } = document;
  if (typeof title !== 'string' || title.trim() === '') {
    throw new RuleRejected(['title'], 'The rule has no title.', 'Add "title: ..." as text.');
  }
  if (title.length > MAX_TITLE_CHARS) {
    throw new RuleRejected(['title'], `The title is longer than ${MAX_TITLE_CHARS}.`, 'Shorten the title.');
  }
  return title;
}

/** The specification leaves ids optional; alerts need one that is the same at every start. */
function parseId(document: Readonly<Record<string, unknown>>, title: string, findings: Finding[]): string {
  const { id } = document;
  if (id === undefined || id === null) {
    const hint = 'Add "id:" with a random UUID, so that alerts keep their rule when its title changes.';
    findings.push(warning(['title'], 'The rule has no id; one was derived from its title.', hint));
    return `title-${createHash('sha256').update(title).digest('hex').slice(0, 32)}`;
  }
  const asText = typeof id === 'number' ? String(id) : id;
  if (typeof asText === 'string' && ID.test(asText)) return asText;
  throw new RuleRejected(['id'], 'The id is not usable.', 'Use a UUID: letters, digits, ".", "_" and "-".');
}

function parseLevel(document: Readonly<Record<string, unknown>>, findings: Finding[]): Level {
  const { level } = document;
  if (level === undefined || level === null) {
    const hint = `Add "level:" with one of ${LEVELS.join(', ')}.`;
    findings.push(warning(['title'], 'The rule has no level; medium is used.', hint));
    return 'medium';
  }
  const known = LEVELS.find((name) => name === level);
  if (known !== undefined) return known;
  const given = typeof level === 'string' ? `"${level}"` : 'What is given';
  throw new RuleRejected(['level'], `${given} is not a level.`, `Use one of ${LEVELS.join(', ')}.`);
}

function parseStatus(document: Readonly<Record<string, unknown>>, findings: Finding[]): string {
  const status = text(document, 'status', findings);
  if (status !== '' && !STATUSES.includes(status)) {
    findings.push(warning(['status'], `"${status}" is not a status.`, `Use one of ${STATUSES.join(', ')}.`));
  }
  return status;
}

function parseLogsource(logsource: unknown, findings: Finding[]): LogSource {
  const path: YamlPath = ['logsource'];
  if (!isMap(logsource)) {
    throw new RuleRejected(
      path,
      'The rule has no logsource.',
      'Say which category, product or service it reads.',
    );
  }
  const part = (name: string): string | null => {
    const value = logsource[name];
    if (value === undefined || value === null) return null;
    if (typeof value === 'string') return value.toLowerCase();
    throw new RuleRejected([...path, name], `The ${name} must be text.`, 'Quote it.');
  };
  const parts = { category: part('category'), product: part('product'), service: part('service') };
  if (parts.category === null && parts.product === null && parts.service === null) {
    findings.push(
      warning(path, 'The logsource names nothing, so the rule reads every event.', 'Name a product.'),
    );
  }
  return parts;
}

function parseDate(
  document: Readonly<Record<string, unknown>>,
  key: string,
  findings: Finding[],
): string | null {
  const date = text(document, key, findings);
  if (date === '') return null;
  if (!DATE.test(date)) {
    findings.push(warning([key], `"${date}" is not a date.`, 'Write it as YYYY-MM-DD.'));
    return null;
  }
  return date.replaceAll('/', '-');
}

function text(document: Readonly<Record<string, unknown>>, key: string, findings: Finding[]): string {
  const value = document[key];
  if (typeof value === 'string') return value;
  if (value !== undefined && value !== null) {
    findings.push(warning([key], `"${key}" should be text; it was ignored.`, 'Quote it.'));
  }
  return '';
}

function textList(
  document: Readonly<Record<string, unknown>>,
  key: string,
  findings: Finding[],
): readonly string[] {
  const value = document[key];
  if (value === undefined || value === null) return [];
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (members.every((member) => typeof member === 'string')) return members;
  findings.push(
    warning([key], `"${key}" should be a list of texts; other members were ignored.`, 'Quote them.'),
  );
  return members.filter((member) => typeof member === 'string');
}

function warning(path: YamlPath, message: string, hint: string): Finding {
  return { path, message, hint, severity: 'warning' };
}
