import type { Detection } from '#shared/model/alert.ts';
import type { ImportRecord } from '../../store/interface/imports.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { ImportCorrelation } from '../detection/live-engine.ts';

/** Collects an import's events for its correlations. */
export interface ImportCorrelator {
  /** To be called before its first batch. */
  beginImport(importId: string): Promise<void>;
  /** To be called when its last batch is committed. */
  endImport(importId: string): Promise<ImportCorrelation>;
}

/** Commits detections of stored events; resolves to the number of alerts touched. */
export type Raise = (detections: readonly Detection[]) => Promise<number>;

export interface CorrelatedOptions {
  readonly importCorrelation: ImportCorrelator;
  readonly raise: Raise;
  readonly logger: Logger;
}

/**
 * Correlates an import that has ended: only now are all of its events there, in whatever order its files were
 * read. A failure costs the correlations, not the import, and its report says so.
 */
export async function correlated(
  { importCorrelation, raise, logger }: CorrelatedOptions,
  record: ImportRecord,
): Promise<ImportRecord> {
  try {
    const { detections, leftOut } = await importCorrelation.endImport(record.id);
    const alerts = detections.length > 0 ? await raise(detections) : 0;
    const reason =
      leftOut === 0
        ? record.reason
        : withSentence(
            record.reason,
            `Correlations did not look at the last ${leftOut} matches: there were too many.`,
          );
    return { ...record, alerts: record.alerts + alerts, reason };
  } catch (error) {
    logger.error({ importId: record.id, error: String(error) }, 'An import could not be correlated.');
    const sentence = 'Its events are stored, but correlations could not look at them.';
    return { ...record, reason: withSentence(record.reason, sentence) };
  }
}

function withSentence(reason: string | null, sentence: string): string {
  return reason === null ? sentence : `${reason} ${sentence}`;
}
