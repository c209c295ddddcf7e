import { answerCalls, type CallPort } from '../platform/worker-calls.ts';
import { openSqliteWriter } from './sqlite/writer.ts';
import type { SyncWriter } from './sqlite/sync-writer.ts';
import { remoteMethods, type WriterSetup } from './worker-protocol.ts';

const METHODS: readonly (keyof SyncWriter)[] = [
  'commit',
  'setAlertStatus',
  'addFeedback',
  'saveRules',
  'saveImport',
  'saveDetectionRun',
  'addDetectionFeedback',
  'saveRecord',
  'deleteRecord',
  'undoStep',
  'saveToken',
  'tokens',
  'close',
];

/** Runs the one writer in this thread, for the client of `writer-client.ts`. */
export function hostWriter(port: CallPort): void {
  answerCalls(
    port,
    remoteMethods(({ dataDir }: WriterSetup) => openSqliteWriter(dataDir), METHODS),
  );
}
