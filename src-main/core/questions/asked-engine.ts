import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { joinDocuments } from '../../detect/sigma/document/documents.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';
import type { QuestionedRules } from './messages.ts';

/** An engine that holds the rule in question and what it refers to, or what keeps it from running. */
export type AskedEngine =
  | { readonly ok: true; readonly engine: SigmaEngine; readonly ruleId: string }
  | { readonly ok: false; readonly problems: readonly RuleProblem[] };

/** Compiles the rule in question as the live engine would. */
export function askedEngine({ sources, ruleId, anyLogsource }: QuestionedRules): AskedEngine {
  const files = sources.map(({ file, yaml }) => parseRules(yaml, file));
  const documents = joinDocuments(files);
  const engine = compileRules(documents, { anyLogsource });
  const problems = [...files.flatMap((file) => file.problems), ...engine.problems];
  const wanted = ruleId ?? documents.rules[0]?.id;
  if (wanted === undefined || !engine.ruleIds.includes(wanted)) {
    return { ok: false, problems: problems.filter(({ severity }) => severity === 'error') };
  }
  return { ok: true, engine, ruleId: wanted };
}
