import { severityBand, type Level } from '#shared/model/severity.ts';
import { classNames } from './class-names.ts';
import styles from './Severity.module.css';

const LEVEL_WORDS: Readonly<Record<Level, string>> = {
  critical: 'Critical',
  high: 'High',
  medium: 'Medium',
  low: 'Low',
  informational: 'Info',
};

/** Shape, word and colour of a level; never colour alone. `iconOnly` keeps the word for screen readers. */
export function SeverityBadge({
  level,
  iconOnly = false,
}: {
  readonly level: Level;
  readonly iconOnly?: boolean;
}) {
  return (
    <span className={styles.badge} title={iconOnly ? LEVEL_WORDS[level] : undefined}>
      <SeverityShape level={level} />
      <span className={classNames(iconOnly && 'visually-hidden')}>{LEVEL_WORDS[level]}</span>
    </span>
  );
}

/** Word for an OpenTelemetry severity number, with the shape of the level that it is drawn as. */
export function EventSeverity({ severity }: { readonly severity: number }) {
  const band = severityBand(severity);
  return (
    <span className={styles.badge} title={`Severity ${severity} of 24`}>
      <SeverityShape level={levelOfSeverity(severity)} />
      <span>{BAND_WORDS[band]}</span>
    </span>
  );
}

const BAND_WORDS = {
  trace: 'Trace',
  debug: 'Debug',
  info: 'Info',
  warning: 'Warning',
  error: 'Error',
  fatal: 'Critical',
} as const;

/** Colours are defined for Sigma levels only; an event's number borrows the nearest. */
function levelOfSeverity(severity: number): Level {
  switch (severityBand(severity)) {
    case 'fatal':
      return 'critical';
    case 'error':
      return 'high';
    case 'warning':
      return 'medium';
    case 'info':
    case 'debug':
    case 'trace':
      return 'informational';
  }
}

export function SeverityShape({ level }: { readonly level: Level }) {
  return (
    <svg className={styles.shape} viewBox="0 0 12 12" data-level={level} aria-hidden="true">
      {SHAPES[level]}
    </svg>
  );
}

const SHAPES = {
  critical: <path d="M6 0.5 11.5 6 6 11.5 0.5 6Z" />,
  high: <path d="M6 1 11.6 10.8H0.4Z" />,
  medium: <rect x="1.5" y="1.5" width="9" height="9" rx="0.5" />,
  low: <path d="M6 11 0.4 1.2H11.6Z" />,
  informational: <circle cx="6" cy="6" r="4" fill="none" stroke="currentColor" strokeWidth="1.6" />,
} as const;
