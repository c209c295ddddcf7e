import type { RuleProblem } from '../../../pipeline/rules.ts';
import { compileProblems } from '../compile-rules.ts';
import { loadRules } from '../document/load.ts';
import type { ParsedRule } from '../document/rule.ts';

export interface CheckedRules {
  /** Rules that passed the schema stage. */
  readonly rules: readonly ParsedRule[];
  readonly files: number;
  /** Everything found in any stage, by file and line. */
  readonly problems: readonly RuleProblem[];
}

/** Looks for everything that is wrong with the rules of files and folders: `harrier rules check`. */
export function checkRules(paths: readonly string[]): CheckedRules {
  const { files, problems, ...documents } = loadRules(paths);
  const all = [...problems, ...compileProblems(documents)];
  return { rules: documents.rules, files, problems: all.sort(byPlace) };
}

function byPlace(left: RuleProblem, right: RuleProblem): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1;
  return left.line - right.line || left.column - right.column;
}
