import type { RuleProblem } from '../../../pipeline/rules.ts';

/** One JSON object a line; `check` is null for problems that are no lint findings. */
export function jsonFindings(problems: readonly RuleProblem[]): string {
  return problems
    .map(({ file, line, column, stage, check, severity, message, hint }) => {
      const row = { file, line, column, severity, stage, check: check ?? null, message, hint };
      return `${JSON.stringify(row)}\n`;
    })
    .join('');
}
