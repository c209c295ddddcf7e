import { Option, type Command } from 'commander';
import type { ExitCode } from './exit-codes.ts';
import { FINDING_FORMATS, type FindingFormat } from './findings/format.ts';
import { checkCommand } from './rules-check.ts';
import { explainCommand } from './rules-explain.ts';
import { layerCommand } from './rules-layer.ts';
import { pipelineOption, placeholdersOption, type SettingsFlags } from './settings-flags.ts';
import type { Terminal } from './terminal.ts';

/** `harrier rules ...`: what can be done with detection rules without a running core. */
export function addRulesCommands(
  program: Command,
  terminal: Terminal,
  done: (code: ExitCode) => void,
): Command {
  const rules = program.command('rules').description('Work with detection rules.');
  rules
    .command('check')
    .description('Report every problem of rule files, and what is worth saying about those that run.')
    .argument('<path...>', 'rule files and folders')
    .addOption(new Option('-f, --format <format>', 'output format').choices(FINDING_FORMATS).default('text'))
    .option('-d, --data <path...>', 'evidence to compare fields and logsources with')
    .addOption(pipelineOption())
    .addOption(placeholdersOption())
    .addHelpText(
      'after',
      '\nExit codes: 0 no errors, 1 errors, 2 wrong usage, 3 some path could not be read.',
    )
    .action(async (paths: string[], flags: CheckFlags) => {
      done(await checkCommand({ paths, ...flags }, terminal));
    });
  rules
    .command('explain')
    .description('Say why a rule matches an event, or why not.')
    .requiredOption('-r, --rule <file or id>', 'rule file, or the id of a rule')
    .requiredOption(
      '-e, --event <file[:n]>',
      'evidence file of any format, and the number of the event in it',
    )
    .option('--rules <path...>', 'where the id is looked for, and filters (default: the rules of Harrier)')
    .option('--any-logsource', 'as if the rule read every event', false)
    .option('--json', 'one JSON object a rule', false)
    .addOption(pipelineOption())
    .addOption(placeholdersOption())
    .addHelpText('after', '\nExit codes: 0 no match, 1 match, 2 wrong usage or a rule that does not run.')
    .action(async (flags: ExplainFlags) => {
      done(await explainCommand(flags, terminal));
    });
  rules
    .command('layer')
    .description('Write an ATT&CK Navigator layer (format 4.5) of what rules are mapped to.')
    .argument('<path...>', 'rule files and folders')
    .option('-o, --output <file>', 'write to a file instead of standard output')
    .option('-n, --name <name>', 'name of the layer', 'Harrier: rules mapped')
    .addHelpText(
      'after',
      '\nExit codes: 0 every rule counted, 1 some rules have errors, 2 wrong usage, 3 some path could not be read.',
    )
    .action(async (paths: string[], flags: { readonly output?: string; readonly name: string }) => {
      done(await layerCommand({ paths, ...flags }, terminal));
    });
  return rules;
}

interface CheckFlags extends SettingsFlags {
  readonly format: FindingFormat;
  readonly data?: string[];
}

interface ExplainFlags extends SettingsFlags {
  readonly rule: string;
  readonly event: string;
  readonly rules?: string[];
  readonly anyLogsource: boolean;
  readonly json: boolean;
}
