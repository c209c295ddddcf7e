import { parentPort } from 'node:worker_threads';
import { hostReader } from '../store/reader-worker.ts';

if (parentPort === null) throw new Error('store-reader-worker runs as a worker thread only.');
hostReader(parentPort);
