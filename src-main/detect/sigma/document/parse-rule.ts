import type { RuleProblem, RuleStage } from '../../../pipeline/rules.ts';
import { parseYaml } from '../../../platform/yaml.ts';
import { placeInYaml } from '../../../platform/yaml-places.ts';
import { Attributes, isMap } from './attributes.ts';
import { collect } from './collection.ts';
import type { ParsedCorrelation } from './correlation.ts';
import type { SigmaDocuments } from './documents.ts';
import { parseCorrelation } from './parse-correlation.ts';
import { parseDetection } from './parse-detection.ts';
import { parseFilter } from './parse-filter.ts';
import { parseLogsource } from './parse-logsource.ts';
import { parseMetadata } from './parse-metadata.ts';
import { RuleRejected, type Finding, type ParsedFilter, type ParsedRule, type RuleSource } from './rule.ts';

/** Size of a rule file's text. SigmaHQ's largest, the list of vulnerable drivers, has 295,078 characters. */
const MAX_RULE_CHARS = 1024 * 1024;

/** Problems of one document that are listed, so that a hostile one cannot bury those of the others. */
const MAX_FINDINGS = 100;

export interface ParsedFile extends SigmaDocuments {
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads the rules, correlations and filters of one YAML text, up to the schema stage. Every document ends as
 * one of them or as an error.
 */
export function parseRules(yaml: string, file: string): ParsedFile {
  const outcome = parseYaml(yaml, MAX_RULE_CHARS);
  if (!outcome.ok) {
    const { line, column, message } = outcome.failure;
    const hint = 'Correct the YAML at this place; the rest of the file was not read.';
    const problem: RuleProblem = { file, stage: 'yaml', severity: 'error', line, column, message, hint };
    return { rules: [], correlations: [], filters: [], problems: [problem] };
  }
  const { documents, findings } = collect(outcome.documents);
  const sorter = new DocumentSorter();
  for (const { documentIndex, finding } of findings) {
    sorter.note({ file, yaml, documentIndex, inheritedFrom: [] }, finding);
  }
  for (const { value, documentIndex, inheritedFrom } of documents) {
    sorter.add(value, { file, yaml, documentIndex, inheritedFrom });
  }
  if (outcome.documents.length === 0) {
    const message = 'The file holds no rule.';
    const source = { file, yaml, documentIndex: 0, inheritedFrom: [] };
    sorter.note(source, { path: [], message, hint: 'Add one.', severity: 'warning' });
  }
  return sorter;
}

/** A finding tied to file, line and column, in whichever document wrote the part that it is about. */
export function problemAt(source: RuleSource, stage: RuleStage, finding: Finding): RuleProblem {
  const { documentIndex, inheritedFrom } = source;
  const { line, column } = placeInYaml(source.yaml, [documentIndex, ...inheritedFrom], finding.path);
  const { message, hint, severity } = finding;
  return { file: source.file, stage, severity, line, column, message, hint };
}

/** Types the documents of one file and keeps them by kind. */
class DocumentSorter implements ParsedFile {
  readonly rules: ParsedRule[] = [];
  readonly correlations: ParsedCorrelation[] = [];
  readonly filters: ParsedFilter[] = [];
  readonly problems: RuleProblem[] = [];

  note(source: RuleSource, finding: Finding): void {
    this.problems.push(problemAt(source, 'schema', finding));
  }

  add(document: unknown, source: RuleSource): void {
    const findings: Finding[] = [];
    try {
      this.#sort(document, source, findings);
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      findings.push(error.finding);
    }
    for (const finding of findings.slice(0, MAX_FINDINGS)) this.note(source, finding);
    const last = findings.at(-1);
    if (last === undefined || findings.length <= MAX_FINDINGS) return;
    // What rejects a document comes last.
    this.note(source, last);
    const message = `The document has ${findings.length - MAX_FINDINGS - 1} more problems, which are not listed.`;
    const hint = 'Correct these first.';
    this.note(source, { path: [], message, hint, severity: 'warning' });
  }

  #sort(document: unknown, source: RuleSource, findings: Finding[]): void {
    if (!isMap(document)) {
      throw new RuleRejected([], 'A rule must be a map of keys.', 'Start with "title: ...".');
    }
    const kinds = ['detection', 'correlation', 'filter'].filter((key) => document[key] !== undefined);
    const [kind, second] = kinds;
    if (second !== undefined) {
      const message = `A document is either a rule, a correlation or a filter; this one has "${kind}" too.`;
      throw new RuleRejected(
        [second],
        message,
        'Put each into a document of its own, between lines of "---".',
      );
    }
    const attributes = new Attributes(document, findings);
    if (kind === 'correlation') this.correlations.push(parseCorrelation(attributes, source));
    else if (kind === 'filter') this.filters.push(parseFilter(attributes, source));
    else this.rules.push(parseDetectionRule(attributes, source));
  }
}

function parseDetectionRule(attributes: Attributes, source: RuleSource): ParsedRule {
  const parts = parseDetection(attributes.document.detection);
  const metadata = parseMetadata('sigma', attributes, source);
  return { ...metadata, logsource: parseLogsource(attributes), ...parts };
}
