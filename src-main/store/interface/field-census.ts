import type { LogSource } from '#shared/model/event.ts';

/** Field names of the events of one logsource, from a sample of the newest. */
export interface LogsourceFields extends LogSource {
  /** Stored events of the logsource. */
  readonly events: number;
  /** Events of it that were looked at. */
  readonly sampled: number;
  /** Most frequent first; `count` is among those sampled. */
  readonly fields: readonly { readonly name: string; readonly count: number }[];
}
