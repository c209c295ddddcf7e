import { parentPort } from 'node:worker_threads';
import { hostDetection } from '../core/detection/host.ts';

if (parentPort === null) throw new Error('detect-worker runs as a worker thread only.');
hostDetection(parentPort);
