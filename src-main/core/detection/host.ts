import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { MAX_EVENTS, MAX_GROUP_EVENTS, MAX_GROUPS } from '../../detect/sigma/correlation/limits.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import { LiveEngine } from './live-engine.ts';
import type { DetectWorkerMethods } from './messages.ts';
import { seenInStore } from './seen-in-store.ts';
import { RuleLoader } from './rule-loader.ts';

/** Runs inside the detect worker: holds the engine, and swaps it only when a new one stands. */
export function hostDetection(port: MessagePort): void {
  const live = new LiveEngine(() => performance.now());
  const loader = new RuleLoader();
  answerCalls(port, {
    async load(request) {
      const next = await loader.load(request);
      live.replace(next.engine);
      return next.report;
    },
    patch(changes) {
      for (const { ruleId, enabled, levelOverride } of changes) {
        live.engine?.setEnabled(ruleId, enabled);
        live.engine?.setLevel(ruleId, levelOverride);
      }
      return null;
    },
    inspect: () => ({
      items: live.engine?.stats().items ?? 0,
      fields: live.engine?.stats().fields ?? 0,
      heapBytes: getHeapStatistics().used_heap_size,
      correlations: live.engine?.correlationStatus() ?? [],
      correlationLimits: { groups: MAX_GROUPS, groupEvents: MAX_GROUP_EVENTS, events: MAX_EVENTS },
    }),
    unmatchable(census) {
      const { engine } = live;
      if (engine === null || (census.length === 0 && engine.seen().length === 0)) return [];
      return engine.unmatchable(seenInStore(census));
    },
    fingerprint: (paths) => loader.fingerprint(paths),
    detect: (events) => live.detect(fromColumns(events)),
    checkpoint: () => live.exportState(),
    restore: (state) => live.restoreState(state),
    recall: (events) => live.recall(fromColumns(events)),
    settle: () => live.settle(),
    beginImport(importId) {
      live.beginImport(importId);
      return null;
    },
    endImport: (importId) => live.endImport(importId),
    check: (yaml) => loader.check(yaml),
  } satisfies DetectWorkerMethods);
}
