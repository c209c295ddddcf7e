import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { joinDocuments, type SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { QuestionedRules } from './messages.ts';

export interface EngineInQuestion {
  readonly ok: true;
  readonly engine: SigmaEngine;
  /** The rule or correlation in question. */
  readonly ruleId: string;
  readonly documents: SigmaDocuments;
}

/** An engine that holds the rule in question and what it refers to, or what keeps it from running. */
export type AskedEngine =
  EngineInQuestion | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Compiles the rule in question as the live engine would. */
export function askedEngine({ sources, ruleId, anyLogsource, settings }: QuestionedRules): AskedEngine {
  const files = sources.map(({ file, yaml }) => parseRules(yaml, file));
  const documents = joinDocuments(files);
  const loaded = loadSettings(settings);
  const engine = compileRules(documents, { ...loaded, anyLogsource });
  const wanted = ruleId ?? idInQuestion(files[0]);
  if (wanted !== null && engine.ruleIds.includes(wanted))
    return { ok: true, engine, ruleId: wanted, documents };
  const problems = [...files, loaded, engine].flatMap((part) => part.problems);
  const errors = problems.filter(({ severity }) => severity === 'error');
  return { ok: false, problems: errors.length > 0 ? errors : [noRule(sources[0]?.file ?? '')] };
}

/** Of a text with a correlation that is what is asked about; the rules stand there for its sake. */
function idInQuestion(text: SigmaDocuments | undefined): string | null {
  return text?.correlations.at(-1)?.id ?? text?.rules[0]?.id ?? null;
}

function noRule(file: string): RuleProblem {
  return {
    ...{ file, line: 1, column: 1, stage: 'compile', severity: 'error' },
    message: 'This is no rule that runs by itself.',
    hint: 'Ask about a rule; filters are shown with the rules that they narrow.',
  };
}

/** Ids and names that the correlations of some texts refer to and that none of the texts holds. */
export function missingReferences(sources: QuestionedRules['sources']): readonly string[] {
  const documents = joinDocuments(sources.map(({ file, yaml }) => parseRules(yaml, file)));
  const known = new Set(
    [...documents.rules, ...documents.correlations].flatMap(({ id, name }) => [id, name]),
  );
  const wanted = documents.correlations.flatMap(({ rules }) => rules.map(({ text }) => text));
  return [...new Set(wanted)].filter((text) => !known.has(text));
}
