/**
 * Two scales. Events carry OpenTelemetry severity numbers (1-24, log data model section "SeverityNumber");
 * alerts and rules carry Sigma levels.
 */
export type SeverityNumber = number;

export const LEVELS = ['informational', 'low', 'medium', 'high', 'critical'] as const;

/** Sigma rule level, least to most severe. */
export type Level = (typeof LEVELS)[number];

/** True for the words of the scale, as they are written there. */
export function isLevel(text: string): text is Level {
  return (LEVELS as readonly string[]).includes(text);
}

/** Position of a level on its scale, 0 (informational) to 4 (critical). */
export function levelRank(level: Level): number {
  return LEVELS.indexOf(level);
}

/** OpenTelemetry numbers used when a source states its severity in words. */
export const SEVERITY = {
  trace: 1,
  debug: 5,
  info: 9,
  notice: 10,
  warning: 13,
  error: 17,
  critical: 21,
  fatal: 24,
} as const satisfies Record<string, SeverityNumber>;

/** Other words for the severities of events that people and senders use. */
const SEVERITY_SYNONYMS: Readonly<Record<string, SeverityNumber>> = {
  information: SEVERITY.info,
  informational: SEVERITY.info,
  warn: SEVERITY.warning,
  err: SEVERITY.error,
  crit: SEVERITY.critical,
  low: SEVERITY.notice,
  medium: SEVERITY.warning,
  high: SEVERITY.error,
};

/** Words that `severityNumber` knows best. */
export const SEVERITY_WORDS: readonly string[] = Object.keys(SEVERITY);

/** A severity written as a number from 1 to 24 or as a word; null for anything else. */
export function severityNumber(text: string): SeverityNumber | null {
  const word = text.toLowerCase();
  const named = Object.entries({ ...SEVERITY_SYNONYMS, ...SEVERITY }).find(([name]) => name === word)?.[1];
  const severity = named ?? Number(text);
  return Number.isInteger(severity) && severity >= 1 && severity <= 24 ? severity : null;
}

/** RFC 5424 severity (0 emergency .. 7 debug) to OpenTelemetry, as the log data model's appendix B maps it. */
export const SYSLOG_TO_SEVERITY: readonly SeverityNumber[] = [21, 19, 18, 17, 13, 10, 9, 5];

/** Windows event level (0 always, 1 critical .. 5 verbose) to OpenTelemetry. */
export const WINDOWS_TO_SEVERITY: readonly SeverityNumber[] = [9, 21, 17, 13, 9, 5];

export const SEVERITY_BANDS = ['trace', 'debug', 'info', 'warning', 'error', 'fatal'] as const;

/** Coarse band of a severity number, for histograms and filters. Bands are OpenTelemetry's ranges of four. */
export type SeverityBand = (typeof SEVERITY_BANDS)[number];

/** Which band of the OpenTelemetry scale a number falls into. */
export function severityBand(severity: SeverityNumber): SeverityBand {
  const index = Math.min(5, Math.max(0, Math.floor((severity - 1) / 4)));
  return SEVERITY_BANDS[index] ?? 'info';
}
