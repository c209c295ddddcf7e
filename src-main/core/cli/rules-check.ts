import { existsSync } from 'node:fs';
import { visible } from '#shared/text/visible.ts';
import { checkRules } from '../../detect/sigma/lint/check-rules.ts';
import type { RuleProblem } from '../../pipeline/commands.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import type { Terminal } from './terminal.ts';

/** `harrier rules check`: problems to standard output, one per line with what to do below it; the count to standard error. */
export async function checkCommand(paths: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { rules, files, problems } = checkRules(paths);
  for (const problem of problems) await terminal.out(describe(problem));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  terminal.err(
    `${files} files, ${rules.length} rules, ${errors} errors, ${problems.length - errors} warnings\n`,
  );
  if (files === 0 || paths.some((path) => !existsSync(path))) return EXIT.unreadable;
  return errors > 0 ? EXIT.found : EXIT.ok;
}

function describe(problem: RuleProblem): string {
  const place = `${visible(problem.file)}:${problem.line}:${problem.column}`;
  const hint = problem.hint === '' ? '' : `    ${visible(problem.hint)}\n`;
  return `${place}: ${problem.severity}: ${visible(problem.message)}\n${hint}`;
}
