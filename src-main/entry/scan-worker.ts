import { parentPort } from 'node:worker_threads';
import { hostScan } from '../core/scan/host.ts';

if (parentPort === null) throw new Error('scan-worker runs as a worker thread only.');
hostScan(parentPort);
