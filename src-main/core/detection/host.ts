import { getHeapStatistics } from 'node:v8';
import type { MessagePort } from 'node:worker_threads';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import type { SigmaEngine } from '../../detect/sigma/engine.ts';
import { fromColumns } from '../../pipeline/columns.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { answerCalls } from '../../platform/worker-calls.ts';
import type { DetectWorkerMethods } from './messages.ts';
import { readRuleSet, verdictOf } from './rule-set.ts';

/** Runs inside the detect worker: holds the engine, and swaps it only when a new one stands. */
export function hostDetection(port: MessagePort): void {
  let engine: SigmaEngine | null = null;
  answerCalls(port, {
    load(request) {
      const set = readRuleSet(request);
      const next = compileRules(set.parsed, {
        anyLogsource: request.anyLogsource,
        disabledFilters: disabledFilters(set.rules),
      });
      for (const rule of set.rules) {
        next.setEnabled(rule.id, rule.enabled);
        next.setLevel(rule.id, rule.levelOverride);
      }
      engine = next;
      const running = new Set([...next.ruleIds, ...next.filterIds]);
      return {
        rules: set.rules.filter((rule) => running.has(rule.id)),
        problems: [...set.problems, ...next.problems],
      };
    },
    patch(changes) {
      for (const { ruleId, enabled, levelOverride } of changes) {
        engine?.setEnabled(ruleId, enabled);
        engine?.setLevel(ruleId, levelOverride);
      }
      return null;
    },
    inspect: () => ({
      unmatchable: engine === null || engine.seen().length === 0 ? [] : engine.unmatchable(),
      items: engine?.stats().items ?? 0,
      fields: engine?.stats().fields ?? 0,
      heapBytes: getHeapStatistics().used_heap_size,
    }),
    detect(events) {
      // Without rules nothing may pass as examined.
      if (engine === null) throw new Error('No rules are loaded.');
      return engine.detect(fromColumns(events));
    },
    check: verdictOf,
  } satisfies DetectWorkerMethods);
}

function disabledFilters(rules: readonly LoadedRule[]): ReadonlySet<string> {
  return new Set(rules.flatMap(({ id, kind, enabled }) => (kind === 'filter' && !enabled ? [id] : [])));
}
