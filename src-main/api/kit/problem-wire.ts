import type { z } from 'zod';
import type { ruleProblemWire } from '#shared/contract/sigma.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';

/** One problem of a rule file, in the names of the wire. */
export function problemToWire(problem: RuleProblem): z.output<typeof ruleProblemWire> {
  const { file, line, column, stage, severity, message, hint, check = null } = problem;
  return { file, line, column, stage, severity, message, hint, check };
}
