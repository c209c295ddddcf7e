import { parentPort } from 'node:worker_threads';
import { hostQuestions } from '../core/questions/host.ts';

if (parentPort === null) throw new Error('question-worker runs as a worker thread only.');
hostQuestions(parentPort);
