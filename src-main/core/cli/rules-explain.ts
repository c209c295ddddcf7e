import { existsSync } from 'node:fs';
import { AppError } from '#shared/errors/app-error.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import { loadRules, type LoadedFiles } from '../../detect/sigma/document/load.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import { logsourceClues } from '../../enrich/logsource/clues.ts';
import type { RuleExplanation } from '../../pipeline/rule-questions.ts';
import { installPath } from '../../platform/install-path.ts';
import { eventFromFile } from './event-from-file.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { explanationText } from './explanation-text.ts';
import { settingsFromFiles, type SettingsFlags } from './settings-flags.ts';
import { textFindings } from './findings/text.ts';
import type { Terminal } from './terminal.ts';

export interface ExplainOptions extends SettingsFlags {
  /** A rule file, or the id of a rule in `rules`. */
  readonly rule: string;
  readonly rules?: readonly string[];
  /** `FILE` or `FILE:N`. */
  readonly event: string;
  readonly anyLogsource: boolean;
  readonly json: boolean;
}

/** `harrier rules explain`: why each rule of a file, or one rule, matches an event or not, to standard output. */
export async function explainCommand(options: ExplainOptions, terminal: Terminal): Promise<ExitCode> {
  const { files, ruleIds } = rulesOf(options);
  const event = await eventFromFile(options.event);
  const settings = loadSettings(settingsFromFiles(options));
  const engine = compileRules(files, { ...settings, anyLogsource: options.anyLogsource });
  const errors = [...files.problems, ...engine.problems].filter(({ severity }) => severity === 'error');
  let hasMatched = false;
  for (const ruleId of ruleIds) {
    const explanation = engine.explain(ruleId, event);
    if (explanation === null) continue;
    const logsource = { ...explanation.logsource, resolvedFrom: logsourceClues(event.fields) };
    hasMatched ||= explanation.matched;
    await print({ ...explanation, logsource }, event, options.json, terminal);
  }
  const running = ruleIds.filter((id) => engine.ruleIds.includes(id));
  if (running.length > 0) return hasMatched ? EXIT.found : EXIT.ok;
  terminal.err(textFindings(errors));
  return EXIT.usage;
}

async function print(
  explanation: RuleExplanation,
  event: LogEvent,
  asJson: boolean,
  terminal: Terminal,
): Promise<void> {
  const { message, logsource, fields } = event;
  if (!asJson) await terminal.out(explanationText(explanation));
  else await terminal.out(`${JSON.stringify({ ...explanation, event: { message, logsource, fields } })}\n`);
}

/** The rules to explain with everything loaded beside them, so that filters count. */
function rulesOf({ rule, rules }: ExplainOptions): {
  readonly files: LoadedFiles;
  readonly ruleIds: readonly string[];
} {
  if (existsSync(rule)) {
    const own = loadRules([rule]);
    const files = rules === undefined ? own : loadRules([rule, ...rules]);
    return { files, ruleIds: own.rules.map(({ id }) => id) };
  }
  const files = loadRules(rules ?? [installPath('rules', 'sigma')]);
  if (files.rules.some(({ id }) => id === rule)) return { files, ruleIds: [rule] };
  throw new AppError('not_found', { what: `The rule file or id ${rule}` });
}
