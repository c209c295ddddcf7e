import { parentPort, workerData } from 'node:worker_threads';
import { hostIntake } from '../core/intake/host.ts';
import type { IntakeWorkerData } from '../core/intake/messages.ts';

if (parentPort === null) throw new Error('intake-worker runs as a worker thread only.');
// Set by the core when it starts the worker: see core/intake/intake.ts.
hostIntake(parentPort, workerData as IntakeWorkerData);
