import type { FieldValue } from '#shared/model/event.ts';
import { SEVERITY, SYSLOG_TO_SEVERITY, type SeverityNumber } from '#shared/model/severity.ts';

/** What loggers call their levels, lower case. */
const WORDS: Readonly<Record<string, SeverityNumber>> = {
  trace: SEVERITY.trace,
  verbose: SEVERITY.debug,
  debug: SEVERITY.debug,
  info: SEVERITY.info,
  information: SEVERITY.info,
  informational: SEVERITY.info,
  low: SEVERITY.info,
  notice: SEVERITY.notice,
  warn: SEVERITY.warning,
  warning: SEVERITY.warning,
  medium: SEVERITY.warning,
  err: SEVERITY.error,
  error: SEVERITY.error,
  high: SEVERITY.error,
  crit: SEVERITY.critical,
  critical: SEVERITY.critical,
  alert: SEVERITY.critical,
  emerg: SEVERITY.fatal,
  emergency: SEVERITY.fatal,
  fatal: SEVERITY.fatal,
  panic: SEVERITY.fatal,
};

/** Levels of bunyan and pino, which count in tens. */
const TENS: readonly SeverityNumber[] = [
  SEVERITY.info,
  SEVERITY.trace,
  SEVERITY.debug,
  SEVERITY.info,
  SEVERITY.warning,
  SEVERITY.error,
  SEVERITY.fatal,
];

/** Severity from a word, a syslog number (0-7) or a count of tens; informational for anything else. */
export function severityOf(value: FieldValue | undefined): SeverityNumber {
  if (typeof value === 'string') {
    const word = value.toLowerCase();
    if (Object.hasOwn(WORDS, word)) return WORDS[word] ?? SEVERITY.info;
    return /^[0-7]$/.test(word) ? (SYSLOG_TO_SEVERITY[Number(word)] ?? SEVERITY.info) : SEVERITY.info;
  }
  if (typeof value !== 'number') return SEVERITY.info;
  return (value < 8 ? SYSLOG_TO_SEVERITY[value] : TENS[value / 10]) ?? SEVERITY.info;
}
