import { Command, CommanderError, InvalidArgumentError, Option } from 'commander';
import { AppError } from '#shared/errors/app-error.ts';
import { LEVELS, type Level } from '#shared/model/severity.ts';
import { SCAN_FORMATS, type ScanFormat } from '../scan/output/printer.ts';
import { version } from '../version.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { addRulesCommands } from './rules-commands.ts';
import { scanCommand } from './scan.ts';
import { serveCommand } from './serve.ts';
import { pipelineOption, placeholdersOption, type SettingsFlags } from './settings-flags.ts';
import type { Terminal } from './terminal.ts';

/** Runs one command line (without node and script) and resolves to its exit code. */
export async function runProgram(argv: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT.ok;
  const program = buildProgram(terminal, (result) => {
    code = result;
  });
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.usage;
    if (!(error instanceof AppError)) throw error;
    terminal.err(`harrier: ${error.message}\n`);
    return EXIT.usage;
  }
}

function buildProgram(terminal: Terminal, done: (code: ExitCode) => void): Command {
  const program = new Command('harrier')
    .description('Detection and hunting on logs and evidence, with no network needed.')
    .version(version())
    .exitOverride()
    .configureOutput({ writeErr: (text) => terminal.err(text), writeOut: (text) => terminal.err(text) })
    .showHelpAfterError('Run "harrier --help" or "harrier <command> --help".');

  program
    .command('scan')
    .description('Read evidence, run the rules on every event and print the matches. Leaves nothing behind.')
    .argument('<evidence...>', 'files, folders and archives: EVTX, JSON, syslog; plain, gz or zip')
    .option('-r, --rules <path...>', 'Sigma rule files and folders; without it the rules that Harrier ships')
    .addOption(new Option('-f, --format <format>', 'output format').choices(SCAN_FORMATS).default('jsonl'))
    .option('-o, --output <file>', 'write the matches to a file instead of standard output')
    .addOption(
      new Option('-l, --min-level <level>', 'leave out rules below this level')
        .choices(LEVELS)
        .default('informational'),
    )
    .addOption(pipelineOption())
    .addOption(placeholdersOption())
    .option('--any-logsource', 'run every rule on every event, whatever its logsource', false)
    .addHelpText(
      'after',
      '\nExit codes: 0 no match, 1 matches, 2 wrong usage, 3 some input could not be read.',
    )
    .action(async (evidence: string[], options: ScanFlags) => {
      done(await scanCommand({ ...options, evidence }, terminal));
    });

  program
    .command('serve')
    .description('Run the headless core: receivers, detection, store, API and the workstation as a web page.')
    .option('-d, --data <dir>', 'data folder (default: harrier-data in the current folder)')
    .option('-c, --config <file>', 'settings, YAML or JSON')
    .option('--host <host>', 'address to serve on (default 127.0.0.1)')
    .option('-p, --port <port>', 'port to serve on; 0 picks a free one (default 8080)', portNumber)
    .action(async (options: ServeFlags) => {
      done(await serveCommand(options, terminal));
    });

  const rules = addRulesCommands(program, terminal, done);
  for (const command of [rules, ...program.commands, ...rules.commands]) command.exitOverride();
  return program;
}

interface ScanFlags extends SettingsFlags {
  readonly rules?: string[];
  readonly format: ScanFormat;
  readonly output?: string;
  readonly minLevel: Level;
  readonly anyLogsource: boolean;
}

interface ServeFlags {
  readonly data?: string;
  readonly config?: string;
  readonly host?: string;
  readonly port?: number;
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!Number.isInteger(port) || port < 0 || port > 65_535)
    throw new InvalidArgumentError('A port is a number from 0 to 65535.');
  return port;
}
