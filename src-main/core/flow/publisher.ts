import type { CommitBatch } from '../../pipeline/batch.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import type { Hub } from '../../publish/hub.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { CommitReceipt } from '../../store/interface/writer.ts';
import type { Logger } from '../../telemetry/logger.ts';

/** Tells stream clients what a commit brought. Does nothing while nobody listens. */
export function createPublisher(
  hub: Pick<Hub, 'publishEvents' | 'publishAlerts' | 'publishStatus' | 'clientCount'>,
  reader: Pick<StoreReader, 'alertsByIds'>,
  logger: Logger,
): (batch: CommitBatch, receipt: CommitReceipt) => void {
  return (batch, receipt) => {
    hub.publishStatus();
    if (hub.clientCount() === 0) return;
    if (!receipt.replayed) hub.publishEvents(fromColumns(batch.events));
    if (receipt.alertIds.length === 0) return;
    reader.alertsByIds(receipt.alertIds).then(
      (alerts) => hub.publishAlerts(alerts),
      (error: unknown) =>
        logger.warn({ error: String(error) }, 'Alerts could not be read back for the stream.'),
    );
  };
}
