import type { RuleProblem } from '../../../pipeline/rules.ts';
import { compileAll, type CompileOptions } from '../compile-rules.ts';
import { loadRules } from '../document/load.ts';
import type { ParsedRule } from '../document/rule.ts';
import type { LintContext } from './check.ts';
import { lintRules } from './lint-rules.ts';

export interface CheckedRules {
  /** Rules that passed the schema stage. */
  readonly rules: readonly ParsedRule[];
  readonly files: number;
  /** Everything found in any stage, by file and line. */
  readonly problems: readonly RuleProblem[];
}

/**
 * Looks for everything that is wrong with the rules of files and folders, compiled with `options`:
 * `harrier rules check`.
 */
export function checkRules(
  paths: readonly string[],
  context: LintContext,
  options: Partial<CompileOptions> = {},
): CheckedRules {
  const { files, problems, ...documents } = loadRules(paths);
  const compiled = compileAll(documents, { anyLogsource: false, ...options });
  const all = [...problems, ...compiled.problems, ...lintRules(documents.rules, compiled.rules, context)];
  return { rules: documents.rules, files, problems: all.sort(byPlace) };
}

function byPlace(left: RuleProblem, right: RuleProblem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
