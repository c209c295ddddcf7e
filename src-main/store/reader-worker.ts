import { answerCalls, type CallPort } from '../platform/worker-calls.ts';
import { openSqliteReader } from './sqlite/reader.ts';
import type { SyncReader } from './sqlite/sync-reader.ts';
import { remoteMethods, type ReaderSetup } from './worker-protocol.ts';

const METHODS: readonly (keyof SyncReader)[] = [
  'pageEvents',
  'sweepEvents',
  'getEvent',
  'eventContext',
  'histogram',
  'topValues',
  'fieldCensus',
  'pageAlerts',
  'getAlert',
  'alertsByIds',
  'alertEvents',
  'alertCounts',
  'feedback',
  'ruleVerdicts',
  'alertsByVerdict',
  'ruleFires',
  'ruleTimeline',
  'ruleActivity',
  'rules',
  'ruleHistory',
  'ruleVersion',
  'records',
  'imports',
  'importRejects',
  'sourceCounters',
  'logsources',
  'newestStored',
  'detectionRuns',
  'detectionFeedback',
  'detectionActivity',
  'offsets',
  'checkpoint',
  'liveEventsAfter',
  'extent',
  'close',
];

/** Runs one reader in this thread, for the pool of `reader-pool.ts`. */
export function hostReader(port: CallPort): void {
  const open = ({ dataDir, limitMs, cancel }: ReaderSetup): SyncReader =>
    openSqliteReader(dataDir, { limitMs, cancel: new Int32Array(cancel) });
  answerCalls(port, remoteMethods(open, METHODS));
}
