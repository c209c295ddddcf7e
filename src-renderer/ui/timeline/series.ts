import { LEVELS, SEVERITY_BANDS } from '#shared/model/severity.ts';
import type { TimelineSeries } from './stack.ts';

const BAND_LOOK = {
  trace: { label: 'Trace', colour: '--n6' },
  debug: { label: 'Debug', colour: '--n7' },
  info: { label: 'Info', colour: '--line-control' },
  warning: { label: 'Warning', colour: '--sev-medium' },
  error: { label: 'Error', colour: '--sev-high' },
  fatal: { label: 'Critical', colour: '--sev-critical' },
} as const;

const LEVEL_LABEL = {
  informational: 'Info',
  low: 'Low',
  medium: 'Medium',
  high: 'High',
  critical: 'Critical',
} as const;

/** Stack of an event timeline, harmless at the bottom; keys are those of `by_severity`. */
export const EVENT_SERIES: readonly TimelineSeries[] = SEVERITY_BANDS.map((key) => ({
  key,
  ...BAND_LOOK[key],
}));

/** Stack of an alert timeline. */
export const LEVEL_SERIES: readonly TimelineSeries[] = LEVELS.map((key) => ({
  key,
  label: LEVEL_LABEL[key],
  colour: `--sev-${key}`,
}));
