import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../../platform/worker-calls.ts';

/** A reader for tests that opens and then never answers, deaf to its cancel flag, unless asked for its extent. */
if (parentPort !== null)
  answerCalls(parentPort, {
    open: () => undefined,
    rules: () => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0),
    imports: () => [],
  });
