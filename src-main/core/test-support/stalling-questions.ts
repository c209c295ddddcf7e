import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../../platform/worker-calls.ts';

/** A question worker for tests that stalls on texts that say so, as an engine in a loop would. */
if (parentPort !== null)
  answerCalls(parentPort, {
    explain: ({ rules }: { rules: { sources: readonly { yaml: string }[] } }) => {
      if (rules.sources[0]?.yaml === 'stall') Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
      return { ok: false, problems: [] };
    },
  });
