import type { MessagePort } from 'node:worker_threads';
import { createEnricher } from '../../enrich/enrich.ts';
import type { ReceiverHandle } from '../../ingest/receiver.ts';
import { createLedger } from '../../pipeline/ledger.ts';
import { createIds } from '../../platform/ids.ts';
import { answerCalls, callsTo } from '../../platform/worker-calls.ts';
import type {
  IntakeCoreMethods,
  IntakeNotice,
  IntakeStatus,
  IntakeWorkerData,
  IntakeWorkerMethods,
} from './messages.ts';
import { plannedReceivers, type ReceiverPlan } from './receivers.ts';
import { createSpool } from './spool.ts';

/** How often the core hears how intake is doing. */
const STATUS_EVERY_MS = 250;

/** Runs inside the intake worker: receivers, parsing, enrichment, and the queue in front of the spine. */
export function hostIntake(port: MessagePort, options: IntakeWorkerData): void {
  const core = callsTo<IntakeCoreMethods>(port);
  const ledger = createLedger();
  const spool = createSpool({
    queueMax: options.queueMax,
    ledger,
    submit: (batch) => core.call('submit', batch),
  });
  const shared = { enrich: createEnricher(), newId: createIds() };
  const tell = (notice: IntakeNotice): void => port.postMessage(notice);
  const handles: ReceiverHandle[] = [];

  function open(plan: ReceiverPlan): Promise<ReceiverHandle> {
    const { sourceId } = plan;
    return plan.open({
      sourceId,
      sink: spool.sinkFor({ ...shared, sourceId, source: plan.source, parse: plan.parse }),
      book: ledger.book(sourceId),
      nowMs: Date.now,
      notify: (notice) => tell({ kind: 'notice', sourceId, notice }),
    });
  }

  const status = (): IntakeStatus => ({
    receivers: handles.map((handle) => handle.status()),
    sources: ledger.snapshot(),
    depth: spool.depth() + handles.reduce((sum, handle) => sum + handle.held(), 0),
  });
  const timer = setInterval(() => tell({ kind: 'status', status: status() }), STATUS_EVERY_MS);

  answerCalls(port, {
    async start() {
      for (const plan of plannedReceivers(options)) handles.push(await open(plan));
      return status();
    },
    async stop() {
      for (const handle of handles.toReversed()) await handle.stop();
      await spool.drain();
      clearInterval(timer);
      return status();
    },
  } satisfies IntakeWorkerMethods);
}
