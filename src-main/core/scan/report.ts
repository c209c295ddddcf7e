import { LEVELS, type Level } from '#shared/model/severity.ts';
import { visible } from '#shared/text/visible.ts';
import type { RuleProblem } from '../../pipeline/rules.ts';

/** How one input ended. */
export interface ScannedFile {
  readonly path: string;
  readonly outcome: 'ok' | 'empty' | 'partly_read' | 'failed';
  readonly reason: string | null;
  readonly events: number;
  readonly rejected: Readonly<Record<string, number>>;
}

/** Everything the end report of a scan says. */
export interface ScanReport {
  readonly files: readonly ScannedFile[];
  readonly events: number;
  readonly rulesLoaded: number;
  readonly rulesRejected: readonly RuleProblem[];
  /** Rules whose logsource or fields the data never had. */
  readonly rulesUnmatchable: readonly { readonly ruleId: string; readonly reason: string }[];
  /** Matches that correlations could not look at, because too many were collected. */
  readonly matchesLeftOut: number;
  readonly matches: Readonly<Record<Level, number>>;
  readonly seconds: number;
}

/** Lists in the report stop after this many lines; the counts above them are complete. */
const LISTED = 20;

/** The end report as text for standard error. */
export function renderReport(report: ScanReport): string {
  const byOutcome = (outcome: ScannedFile['outcome']): readonly ScannedFile[] =>
    report.files.filter((file) => file.outcome === outcome);
  const lines = [
    `files     ${byOutcome('ok').length} ok, ${byOutcome('empty').length} empty, ` +
      `${byOutcome('partly_read').length} partly read, ${byOutcome('failed').length} failed`,
    ...listed([...byOutcome('failed'), ...byOutcome('partly_read')].map(describeFile)),
    `events    ${count(report.events)} read${describeRejected(report.files)}`,
    `rules     ${count(report.rulesLoaded)} loaded, ${count(errorsOnly(report.rulesRejected).length)} rejected`,
    ...listed(errorsOnly(report.rulesRejected).map(describeProblem)),
    ...describeUnmatchable(report),
    `matches   ${describeMatches(report.matches)}`,
    ...(report.matchesLeftOut === 0
      ? []
      : [
          `          correlations did not look at the last ${count(report.matchesLeftOut)} matches: too many`,
        ]),
    `seconds   ${report.seconds.toFixed(2)}`,
  ];
  return `${lines.join('\n')}\n`;
}

function describeFile(file: ScannedFile): string {
  return `${file.outcome === 'failed' ? 'failed' : 'partly read'}: ${visible(file.path)}: ${visible(file.reason ?? 'no reason given')}`;
}

function describeProblem(problem: RuleProblem): string {
  return `rejected: ${visible(problem.file)}:${problem.line}:${problem.column}: ${visible(problem.message)}`;
}

function errorsOnly(problems: readonly RuleProblem[]): readonly RuleProblem[] {
  return problems.filter((problem) => problem.severity === 'error');
}

function describeRejected(files: readonly ScannedFile[]): string {
  const totals = new Map<string, number>();
  for (const file of files) {
    for (const [reason, n] of Object.entries(file.rejected))
      totals.set(reason, (totals.get(reason) ?? 0) + n);
  }
  if (totals.size === 0) return '';
  return `; not understood: ${[...totals].map(([reason, n]) => `${count(n)} ${reason}`).join(', ')}`;
}

function describeUnmatchable(report: ScanReport): readonly string[] {
  if (report.rulesUnmatchable.length === 0) return [];
  const byReason = new Map<string, number>();
  for (const { reason } of report.rulesUnmatchable) byReason.set(reason, (byReason.get(reason) ?? 0) + 1);
  const sorted = [...byReason].sort((a, b) => b[1] - a[1]);
  return [
    `          ${count(report.rulesUnmatchable.length)} could never match this evidence:`,
    ...listed(sorted.map(([reason, n]) => `${count(n)}: ${reason}`)),
  ];
}

function describeMatches(matches: ScanReport['matches']): string {
  const total = LEVELS.reduce((sum, level) => sum + matches[level], 0);
  if (total === 0) return 'none';
  const parts = [...LEVELS].reverse().map((level) => `${count(matches[level])} ${level}`);
  return `${count(total)}: ${parts.join(', ')}`;
}

function listed(lines: readonly string[]): readonly string[] {
  const shown = lines.slice(0, LISTED).map((line) => `          ${line}`);
  return lines.length > LISTED ? [...shown, `          and ${count(lines.length - LISTED)} more`] : shown;
}

function count(n: number): string {
  return n.toLocaleString('en-US');
}
