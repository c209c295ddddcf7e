import { visible } from '#shared/text/visible.ts';
import type { RuleProblem } from '../../../pipeline/rules.ts';

/** One line a problem, as compilers write it, and what to do below it. */
export function textFindings(problems: readonly RuleProblem[]): string {
  return problems.map(describe).join('');
}

function describe(problem: RuleProblem): string {
  const place = `${visible(problem.file)}:${problem.line}:${problem.column}`;
  const hint = problem.hint === '' ? '' : `    ${visible(problem.hint)}\n`;
  const check = problem.check === undefined ? '' : ` [${problem.check}]`;
  return `${place}: ${problem.severity}: ${visible(problem.message)}${check}\n${hint}`;
}
