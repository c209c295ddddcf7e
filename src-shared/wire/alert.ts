import type { AlertWire } from '../contract/alerts.ts';
import type { Alert } from '../model/alert.ts';
import { isoTime } from './time.ts';

/** An alert as REST and the stream send it, in the names of document 004. */
export function alertToWire(alert: Alert): AlertWire {
  return {
    id: alert.id,
    ts: isoTime(alert.ts),
    rule_id: alert.ruleId,
    rule_kind: alert.ruleKind,
    severity: alert.severity,
    title: alert.title,
    author: alert.author,
    tags: [...alert.tags],
    entities: alert.entities.map(({ type, value, uuid }) => ({ type, value, uuid })),
    attack: alert.attack,
    dedup_key: alert.dedupKey,
    status: alert.status,
    count: alert.count,
    first_seen: isoTime(alert.firstSeen),
    last_seen: isoTime(alert.lastSeen),
  };
}
