import type { RuleProblem } from '../../../pipeline/rules.ts';
import { parseYaml, type YamlPath } from '../../../platform/yaml.ts';
import { isMap, type YamlMap } from '../document/attributes.ts';
import { problemAt } from '../document/parse-rule.ts';
import { RuleRejected, type Finding } from '../document/rule.ts';
import { parseItems } from './parse-items.ts';
import type { ProcessingPipeline } from './pipeline.ts';

/** pySigma's own names for the parts of a pipeline. */
const KEYS: ReadonlySet<string> = new Set([
  ...['name', 'priority', 'vars', 'transformations', 'allowed_backends', 'postprocessing', 'finalizers'],
]);

export interface ParsedPipeline {
  /** Null when the text is no pipeline that could be applied as written. */
  readonly pipeline: ProcessingPipeline | null;
  readonly problems: readonly RuleProblem[];
}

/**
 * Reads a processing pipeline in pySigma's YAML format. A pipeline is applied whole or not at all; what works on
 * queries, which this engine does not make, is named in a warning.
 *
 * @param file name for problems, and of the pipeline where it has none.
 */
export function parsePipeline(yaml: string, file: string): ParsedPipeline {
  const outcome = parseYaml(yaml);
  if (!outcome.ok) {
    const { line, column, message } = outcome.failure;
    const hint = 'Correct the YAML at this place.';
    return {
      pipeline: null,
      problems: [{ file, stage: 'yaml', severity: 'error', line, column, message, hint }],
    };
  }
  const findings: Finding[] = [];
  let pipeline: ProcessingPipeline | null = null;
  try {
    pipeline = readPipeline(outcome.documents, file, findings);
  } catch (error) {
    if (!(error instanceof RuleRejected)) throw error;
    findings.push(error.finding);
  }
  const source = { file, yaml, documentIndex: 0, inheritedFrom: [] };
  return { pipeline, problems: findings.map((finding) => problemAt(source, 'schema', finding)) };
}

function readPipeline(documents: readonly unknown[], file: string, findings: Finding[]): ProcessingPipeline {
  const [document, second] = documents;
  if (!isMap(document)) {
    const hint = 'Start with "name:" and "transformations:".';
    throw new RuleRejected([], 'A pipeline must be a map of keys.', hint);
  }
  if (second !== undefined) {
    throw new RuleRejected([], 'A pipeline is one document; this text has more.', 'Split the text.');
  }
  const stray = Object.keys(document).find((key) => !KEYS.has(key));
  if (stray !== undefined) {
    const hint = `A pipeline has: ${[...KEYS].join(', ')}.`;
    throw new RuleRejected([stray], `A pipeline has no part "${stray}".`, hint);
  }
  noteUnused(document, findings);
  const { transformations = [] } = document;
  return {
    name: readName(document, file),
    priority: readPriority(document),
    vars: readVars(document.vars),
    items: parseItems(transformations, ['transformations']),
  };
}

function readName({ name }: YamlMap, file: string): string {
  if (name === undefined || name === null) return file;
  if (typeof name === 'string' && name.trim() !== '') return name.trim();
  throw new RuleRejected(['name'], 'The name of a pipeline must be text.', 'Quote it.');
}

function readPriority({ priority }: YamlMap): number {
  if (priority === undefined || priority === null) return 0;
  if (typeof priority === 'number' && Number.isFinite(priority)) return priority;
  throw new RuleRejected(['priority'], 'The priority must be a number.', 'Lower numbers go first.');
}

function readVars(vars: unknown): ProcessingPipeline['vars'] {
  if (vars === undefined || vars === null) return new Map();
  if (!isMap(vars))
    throw new RuleRejected(['vars'], '"vars" must be a map.', 'Write names with their values.');
  return new Map(
    Object.entries(vars).map(([name, value]) => {
      const members: readonly unknown[] = Array.isArray(value) ? value : [value];
      const texts = members.filter((member) => typeof member === 'string' || typeof member === 'number');
      if (texts.length === members.length) return [name, texts.map(String)];
      const path: YamlPath = ['vars', name];
      throw new RuleRejected(path, `The values of "${name}" must be texts or numbers.`, 'Correct them.');
    }),
  );
}

function noteUnused(document: YamlMap, findings: Finding[]): void {
  for (const key of ['postprocessing', 'finalizers']) {
    const given = document[key];
    const members: readonly unknown[] = Array.isArray(given) ? given : [];
    if (members.length === 0) continue;
    const types = members.map((member) => (isMap(member) ? String(member.type) : '?')).join(', ');
    findings.push({
      path: [key],
      message: `Rules are evaluated here, not turned into queries, so "${key}" does nothing: ${types}.`,
      hint: 'It can stay for other tools.',
      severity: 'warning',
    });
  }
}
