import { Worker } from 'node:worker_threads';
import { answerCalls, callsTo } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Flow } from '../flow/flow.ts';
import type {
  IntakeCoreMethods,
  IntakeNotice,
  IntakeStatus,
  IntakeWorkerData,
  IntakeWorkerMethods,
} from './messages.ts';

/** The receivers, in a thread of their own: a stalled reader on a busy thread lost 17 % of datagrams (reliability L6). */
export interface Intake {
  /** As of the last report, at most a quarter of a second old. */
  status(): IntakeStatus;
  stop(): Promise<void>;
}

/** Starts the intake worker and its receivers. Rejects with `port_in_use` when one cannot listen. */
export async function startIntake(
  workerData: IntakeWorkerData,
  flow: Pick<Flow, 'submit'>,
  logger: Logger,
): Promise<Intake> {
  const worker = new Worker(workerUrl('intake-worker'), { workerData });
  const calls = callsTo<IntakeWorkerMethods>(worker);
  answerCalls(worker, { submit: (batch) => flow.submit(batch) } satisfies IntakeCoreMethods);
  let status: IntakeStatus = { receivers: [], sources: [], depth: 0 };
  worker.on('message', (notice: IntakeNotice) => {
    if (notice.kind === 'status') status = notice.status;
    if (notice.kind === 'notice') {
      logger[notice.notice.level](
        { source: notice.sourceId, code: notice.notice.code, ...notice.notice.fields },
        notice.notice.message,
      );
    }
  });
  worker.on('error', (error) => {
    logger.error(
      { error: error instanceof Error ? error.message : String(error) },
      'The intake worker failed.',
    );
    status = {
      ...status,
      receivers: status.receivers.map((one) => ({
        ...one,
        state: 'down',
        detail: 'The intake worker failed.',
      })),
    };
  });
  try {
    status = await calls.call('start', null);
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    status: () => status,
    async stop() {
      status = await calls.call('stop', null);
      await worker.terminate();
    },
  };
}
