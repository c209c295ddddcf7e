import { parentPort } from 'node:worker_threads';
import { answerCalls } from '../../platform/worker-calls.ts';
import type { DetectWorkerMethods, RulePatch } from '../detection/messages.ts';

/** A detect worker for tests: finds something in every event, and never returns from one whose message is "stall", nor from loading a folder named so. */
if (parentPort === null) throw new Error('stalling-detector runs as a worker thread only.');
const patches = new Map<string, RulePatch>();
answerCalls(parentPort, {
  load({ folderPaths }) {
    while (folderPaths.includes('stall'));
    return Promise.resolve({
      rules: [],
      problems: [],
      kept: [],
      fingerprint: '',
      placeholderUse: {},
      fromFiles: { placeholders: {}, pipelines: [] },
    });
  },
  fingerprint: () => Promise.resolve(''),
  patch(changes) {
    for (const change of changes) patches.set(change.ruleId, change);
    return null;
  },
  detect(events) {
    if (events.message.includes('crash')) throw new Error('as asked');
    // No timer, no promise: only ending the thread ends this, as with a regex that backtracks for ever.
    while (events.message.includes('stall'));
    return events.id.map((eventId) => ({
      eventId,
      eventTs: 0,
      ruleId: [...patches.keys()].join(),
      ruleKind: 'sigma' as const,
      title: '',
      level: 'low' as const,
      author: '',
      tags: [],
      entities: [],
      attack: null,
      dedupKey: '',
      matched: [],
    }));
  },
  checkpoint: () => new Uint8Array(0),
  restore: () => true,
  recall: () => [],
  settle: () => [],
  beginImport: () => null,
  endImport: () => ({ detections: [], leftOut: 0 }),
  unmatchable: () => [],
  inspect: () => ({
    items: 0,
    fields: 0,
    heapBytes: 0,
    correlations: [],
    correlationLimits: { groups: 0, groupEvents: 0, events: 0 },
  }),
  check: () => ({ yaml: true, schema: true, compile: true, problems: [], ruleId: null, rules: [] }),
} satisfies DetectWorkerMethods);
