import type { DetectionRuleWire } from '#shared/contract/detections.ts';
import { formatSpan } from '../../../lib/time.ts';

const MINUTE_MS = 60_000;

/** "every 30 min", "on demand". */
export function scheduleWords(
  rule: Pick<DetectionRuleWire, 'schedule_enabled' | 'schedule_interval_minutes'>,
): string {
  return rule.schedule_enabled
    ? `every ${formatSpan(rule.schedule_interval_minutes * MINUTE_MS)}`
    : 'on demand';
}

/** The query with what narrows it, in the hunt language; the events screen reads it. */
export function queryWords({ query, host }: Pick<DetectionRuleWire, 'query' | 'host'>): string {
  const narrowed = host === null ? [] : [`host:${JSON.stringify(host)}`];
  const parts = [...(query.trim() === '' ? [] : [narrowed.length > 0 ? `(${query})` : query]), ...narrowed];
  return parts.join(' AND ');
}
