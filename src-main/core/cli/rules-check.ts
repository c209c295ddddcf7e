import { existsSync } from 'node:fs';
import { checkRules } from '../../detect/sigma/lint/check-rules.ts';
import { loadSettings } from '../../detect/sigma/processing/load-settings.ts';
import { loadAttackCatalogue } from '../attack-facts.ts';
import { readEvidenceFields, type EvidenceFields } from '../evidence/evidence-fields.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { findingPrinters, type FindingFormat } from './findings/format.ts';
import { settingsFromFiles, type SettingsFlags } from './settings-flags.ts';
import type { Terminal } from './terminal.ts';

export interface CheckOptions extends SettingsFlags {
  readonly paths: readonly string[];
  readonly format: FindingFormat;
  /** Evidence whose fields and logsources the rules are compared with. */
  readonly data?: readonly string[];
}

/** `harrier rules check`: problems to standard output in the chosen format, the counts to standard error. */
export async function checkCommand(
  { paths, format, data, ...flags }: CheckOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const settings = loadSettings(settingsFromFiles(flags));
  const evidence = data === undefined ? null : await readEvidenceFields(data);
  const context = { attack: loadAttackCatalogue(), evidence: evidence?.logsources ?? null };
  const { rules, files, problems: ofRules } = checkRules(paths, context, settings);
  const problems = [...settings.problems, ...ofRules];
  await terminal.out(findingPrinters[format](problems));
  const errors = problems.filter((problem) => problem.severity === 'error').length;
  terminal.err(
    `${files} files, ${rules.length} rules, ${errors} errors, ${problems.length - errors} warnings\n`,
  );
  if (evidence !== null) reportEvidence(evidence, terminal);
  if (files === 0 || paths.some((path) => !existsSync(path))) return EXIT.unreadable;
  if (evidence !== null && evidence.unreadable.length > 0) return EXIT.unreadable;
  return errors > 0 ? EXIT.found : EXIT.ok;
}

function reportEvidence({ events, logsources, unreadable }: EvidenceFields, terminal: Terminal): void {
  terminal.err(`Evidence: ${events} events of ${logsources.length} logsources\n`);
  for (const line of unreadable) terminal.err(`Not read: ${line}\n`);
}
