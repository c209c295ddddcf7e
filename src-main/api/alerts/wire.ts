import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import type { Alert } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { alertToWire } from '#shared/wire/alert.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { PipelineCommands } from '../../pipeline/commands.ts';

/** What an alert shows of a Sigma document or a saved query; null when there is no such rule any more. */
export function ruleOfAlert(
  { rules, detections }: Pick<PipelineCommands, 'rules' | 'detections'>,
  id: string,
): AlertDetailWire['rule'] {
  const rule = rules.get(id);
  if (rule !== null) {
    const { title, description, file } = rule;
    return { id, title, description, level: rule.levelOverride ?? rule.level, file };
  }
  const saved = detections.get(id);
  if (saved === null) return null;
  const { name: title, description, alertSeverity: level } = saved;
  return { id, title, description, level, file: '' };
}

/** An alert with its first events; it keeps what it said when its rule is gone. */
export function alertDetailToWire(
  alert: Alert,
  events: readonly LogEvent[],
  rule: AlertDetailWire['rule'],
): AlertDetailWire {
  return {
    ...alertToWire(alert),
    evidence: {
      matched: alert.matched.map(({ selection, fields }) => ({
        selection,
        fields: fields.map(({ field, value, pattern }) => ({ field, value, pattern })),
      })),
      event_ids: [...alert.eventIds],
    },
    events: events.map(eventToWire),
    rule,
  };
}
