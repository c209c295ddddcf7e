import type { EngineWire } from '#shared/contract/sigma-engine.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { CorrelationHolding, EngineStatus } from '../../pipeline/rule-commands.ts';
import type { LoadedRule, RuleProblem } from '../../pipeline/rules.ts';

/** What the engine runs. */
interface EngineRules {
  readonly rules: readonly LoadedRule[];
  readonly problems: readonly RuleProblem[];
  readonly neverMatching: ReadonlyMap<string, string>;
}

/** The engine's state in the names of the wire. */
export function engineToWire(
  status: EngineStatus,
  { rules, problems, neverMatching }: EngineRules,
): EngineWire {
  const { lastReload } = status;
  const byKind: Record<string, number> = { sigma: 0, correlation: 0, filter: 0 };
  for (const { kind } of rules) byKind[kind] = (byKind[kind] ?? 0) + 1;
  return {
    rules: {
      total: rules.length,
      enabled: rules.filter(({ enabled }) => enabled).length,
      edited: rules.filter(({ original }) => original !== null).length,
      never_matches: neverMatching.size,
      by_kind: byKind,
    },
    rejected: problems.filter(({ severity }) => severity === 'error').length,
    loaded_at: isoTime(status.loadedTs),
    last_reload: {
      at: isoTime(lastReload.ts),
      trigger: lastReload.trigger,
      duration_ms: Math.round(lastReload.durationMs),
      error: lastReload.error,
    },
    watched: status.watched.map(({ path, how }) => ({ path, how })),
    items: status.items,
    fields: status.fields,
    correlations: status.correlations.map(correlationToWire),
    correlation_limits: {
      groups: status.correlationLimits.groups,
      group_events: status.correlationLimits.groupEvents,
      events: status.correlationLimits.events,
    },
    heap_bytes: status.heapBytes,
  };
}

function correlationToWire(holding: CorrelationHolding): EngineWire['correlations'][number] {
  return {
    rule_id: holding.ruleId,
    groups: holding.groups,
    events: holding.events,
    waiting: holding.waiting,
    missing_field: holding.missingField,
    not_numeric: holding.notNumeric,
    too_late: holding.tooLate,
    groups_evicted: holding.groupsEvicted,
    events_evicted: holding.eventsEvicted,
    firings: holding.firings,
  };
}
