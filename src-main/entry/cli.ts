import { processTerminal } from '../core/cli/terminal.ts';
import { runProgram } from '../core/cli/program.ts';

// A reader that goes away (`| head`) ends the command quietly, as in every other tool.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 3);
});

process.exitCode = await runProgram(process.argv.slice(2), processTerminal());
