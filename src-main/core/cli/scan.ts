import type { Level } from '#shared/model/severity.ts';
import { systemClock } from '../../platform/clock.ts';
import { installPath } from '../../platform/install-path.ts';
import type { ScanFormat } from '../scan/output/printer.ts';
import { printerFor } from '../scan/output/printers.ts';
import { renderReport, type ScanReport } from '../scan/report.ts';
import { runScan } from '../scan/run-scan.ts';
import { EXIT, type ExitCode } from './exit-codes.ts';
import { openOutput } from './output-file.ts';
import { settingsFromFiles, type SettingsFlags } from './settings-flags.ts';
import type { Terminal } from './terminal.ts';

export interface ScanCommandOptions extends SettingsFlags {
  readonly evidence: readonly string[];
  readonly rules?: readonly string[];
  readonly format: ScanFormat;
  readonly output?: string;
  readonly minLevel: Level;
  readonly anyLogsource: boolean;
}

/** `harrier scan`: matches to standard output or a file, progress and the end report to standard error. */
export async function scanCommand(options: ScanCommandOptions, terminal: Terminal): Promise<ExitCode> {
  const settings = settingsFromFiles(options);
  const target = options.output === undefined ? null : await openOutput(options.output);
  const report = await runScan({
    evidence: options.evidence,
    rules: {
      paths: options.rules ?? [installPath('rules', 'sigma')],
      minLevel: options.minLevel,
      anyLogsource: options.anyLogsource,
      settings,
    },
    printer: printerFor(options.format),
    write: target?.write ?? ((text) => terminal.out(text)),
    drawProgress: terminal.interactive ? (text) => terminal.err(text) : null,
    clock: systemClock,
  });
  await target?.close();
  terminal.err(renderReport(report));
  return exitCodeOf(report);
}

function exitCodeOf(report: ScanReport): ExitCode {
  if (report.rulesLoaded === 0) return EXIT.usage;
  if (report.files.some((file) => file.outcome === 'failed' || file.outcome === 'partly_read'))
    return EXIT.unreadable;
  return Object.values(report.matches).some((count) => count > 0) ? EXIT.found : EXIT.ok;
}
