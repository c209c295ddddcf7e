import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import type { Alert } from '#shared/model/alert.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { alertToWire } from '#shared/wire/alert.ts';
import { eventToWire } from '#shared/wire/event.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';

/** `rule` is null when the rule that fired is not loaded any more; the alert keeps what it said. */
export function alertDetailToWire(
  alert: Alert,
  events: readonly LogEvent[],
  rule: LoadedRule | null,
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
    rule:
      rule === null
        ? null
        : {
            id: rule.id,
            title: rule.title,
            description: rule.description,
            level: rule.levelOverride ?? rule.level,
            file: rule.file,
          },
  };
}
