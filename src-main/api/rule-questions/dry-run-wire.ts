import type { DryRunWire } from '#shared/contract/rule-questions.ts';
import { eventToWire } from '#shared/wire/event.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import type { DryRunLimit, DryRunReport } from '../../pipeline/rule-questions.ts';
import type { TimeSpan } from '../../store/interface/reader.ts';

const REASONS: Readonly<Record<DryRunLimit, string>> = {
  time_limit: 'The time for a dry run was over before every event was seen. Choose a shorter span.',
  event_limit: 'More events count for the correlation than a dry run can hold. Choose a shorter span.',
  stalled: 'The rule stalled on some events and was stopped; the counts are of the events before them.',
};

export function dryRunToWire(report: DryRunReport, { since, until }: TimeSpan): DryRunWire {
  const { limit } = report;
  return {
    rule_id: report.ruleId,
    since: isoTimeOrNull(since),
    until: isoTimeOrNull(until),
    examined: report.examined,
    matched: report.matched,
    elapsed_ms: Math.round(report.elapsedMs),
    complete: limit === null,
    limit,
    reason: limit === null ? null : REASONS[limit],
    sample: report.sample.map(eventToWire),
    by_hour: report.byHour.map(({ start, count }) => ({ ts: isoTime(start), count })),
  };
}
