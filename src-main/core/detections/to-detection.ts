import type { Detection } from '#shared/model/alert.ts';
import type { DetectionRule } from '#shared/model/detection-rule.ts';
import type { LogEvent } from '#shared/model/event.ts';

/** Characters of a filled-in template; the event has the rest. */
const MAX_TEXT = 256;

/** The detection that a match of a scheduled rule is. Alerts of one rule fold by host. */
export function toDetection(rule: DetectionRule, event: LogEvent): Detection {
  const [technique] = rule.mitreTechniques;
  const title = filled(rule.alertTitleTemplate, rule, event);
  const description = filled(rule.alertDescriptionTemplate, rule, event);
  return {
    ruleId: rule.id,
    ruleKind: 'scheduled',
    title: title === '' ? rule.name : title,
    level: rule.alertSeverity,
    author: rule.owner,
    tags: [...rule.mitreTechniques.map((id) => `attack.${id.toLowerCase()}`), ...rule.tags],
    attack: technique === undefined ? null : { tactic: null, technique },
    eventId: event.id,
    eventTs: event.eventTs,
    entities: event.entities,
    dedupKey: `scheduled:${rule.id}:${event.host === '' ? 'unknown' : event.host}`,
    matched: [
      {
        selection: 'query',
        fields: [{ field: 'message', value: event.message.slice(0, MAX_TEXT), pattern: rule.query }],
      },
      ...(description === ''
        ? []
        : [
            { selection: 'description', fields: [{ field: 'description', value: description, pattern: '' }] },
          ]),
    ],
  };
}

function filled(template: string, rule: DetectionRule, event: LogEvent): string {
  const values: Readonly<Record<string, string>> = {
    rule_name: rule.name,
    host: event.host,
    message: event.message,
    source: event.source,
  };
  // One pass: what an event says is never read as a template again.
  const text = template.replace(/\{(\w+)\}/g, (whole, name: string) =>
    Object.hasOwn(values, name) ? (values[name] ?? whole) : whole,
  );
  return text.trim().slice(0, MAX_TEXT);
}
