import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { MAX_EVENTS, MAX_GROUP_EVENTS, MAX_GROUPS } from '../../detect/sigma/correlation/limits.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import type { DetectWorkerMethods } from './messages.ts';
import { seenInStore } from './seen-in-store.ts';
import { RuleLoader } from './rule-loader.ts';

/** Runs inside the detect worker: holds the engine, and swaps it only when a new one stands. */
export function hostDetection(port: MessagePort): void {
  let engine: SigmaEngine | null = null;
  const loader = new RuleLoader();
  answerCalls(port, {
    async load(request) {
      const next = await loader.load(request);
      engine = next.engine;
      return next.report;
    },
    patch(changes) {
      for (const { ruleId, enabled, levelOverride } of changes) {
        engine?.setEnabled(ruleId, enabled);
        engine?.setLevel(ruleId, levelOverride);
      }
      return null;
    },
    inspect: () => ({
      items: engine?.stats().items ?? 0,
      fields: engine?.stats().fields ?? 0,
      heapBytes: getHeapStatistics().used_heap_size,
      correlations: engine?.correlationStatus() ?? [],
      correlationLimits: { groups: MAX_GROUPS, groupEvents: MAX_GROUP_EVENTS, events: MAX_EVENTS },
    }),
    unmatchable(census) {
      if (engine === null || (census.length === 0 && engine.seen().length === 0)) return [];
      return engine.unmatchable(seenInStore(census));
    },
    fingerprint: (paths) => loader.fingerprint(paths),
    detect(events) {
      // Without rules nothing may pass as examined.
      if (engine === null) throw new Error('No rules are loaded.');
      return engine.detect(fromColumns(events));
    },
    check: (yaml) => loader.check(yaml),
  } satisfies DetectWorkerMethods);
}
