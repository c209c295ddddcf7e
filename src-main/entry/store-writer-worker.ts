import { parentPort } from 'node:worker_threads';
import { hostWriter } from '../store/writer-worker.ts';

if (parentPort === null) throw new Error('store-writer-worker runs as a worker thread only.');
hostWriter(parentPort);
