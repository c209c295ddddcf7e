import { parentPort, workerData } from 'node:worker_threads';
import { toColumns } from '../../pipeline/columns.ts';
import { answerCalls, callsTo } from '../../platform/worker-calls.ts';
import { sampleEvents } from '../../store/kit/sample-events.ts';
import type {
  ImportCoreMethods,
  ImportNotice,
  ImportWorkerData,
  ImportWorkerMethods,
} from '../importing/messages.ts';

/** An import worker for tests: every file has ten events; a file named "stuck" or "crash" ends it after those. */
if (parentPort === null) throw new Error('hostile-import runs as a worker thread only.');
const port = parentPort;
// Set by the job that starts the worker.
const { paths, skip, importId } = workerData as ImportWorkerData;
const core = callsTo<ImportCoreMethods>(port);
const tell = (notice: ImportNotice): void => port.postMessage(notice);
answerCalls(port, { cancel: () => undefined } satisfies ImportWorkerMethods);

tell({ kind: 'planned', inputs: paths.length, bytesTotal: paths.length, unreadable: [] });
for (const [index, path] of paths.entries()) {
  if (index < skip) continue;
  tell({ kind: 'progress', currentFile: path, bytesDone: index, events: 0, rejected: 0 });
  const submitted = core.call('submit', {
    events: toColumns(sampleEvents(10, index)),
    offsets: [],
    rejects: [],
    counters: [{ sourceId: importId, received: 12, rejected: { odd: 2 }, dropped: {} }],
  });
  // The commit is still open when the thread ends.
  if (path === 'crash') throw new Error('as asked');
  await submitted;
  while (path === 'stuck');
  const file = { path, format: 'test', reason: null, sizeBytes: 1, sha256: null, events: 10, rejected: 2 };
  tell({ kind: 'file', index, file: { ...file, outcome: 'ok' } });
}
tell({ kind: 'done' });
port.close();
