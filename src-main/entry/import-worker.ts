import { parentPort, workerData } from 'node:worker_threads';
import { hostImport } from '../core/importing/host.ts';
import type { ImportWorkerData } from '../core/importing/messages.ts';

if (parentPort === null) throw new Error('import-worker runs as a worker thread only.');
// Set by the core when it starts the worker: see core/importing/job.ts.
hostImport(parentPort, workerData as ImportWorkerData);
