import type { RequestOf, ResponseOf } from '#shared/contract/client.ts';
import type { EventDetailWire } from '#shared/contract/events.ts';

/** An event that a rule must match or must leave alone. */
export type RuleCase = NonNullable<RequestOf<'testRule'>['body']>['cases'][number];

/** What the core said of one case. */
export type CaseResult = ResponseOf<'testRule'>['results'][number];

/** A loaded rule, or the text of one that is not saved. */
export type AskedRule = { readonly rule_id: string } | { readonly yaml: string };

export type CaseOutcome =
  | { readonly ok: true; readonly event: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly reason: string };

/** Reads a pasted record. Anything but one JSON object is refused in words. */
export function readRecord(text: string): CaseOutcome {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return {
      ok: false,
      reason: `This is not JSON: ${error instanceof Error ? error.message : String(error)}`,
    };
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return { ok: false, reason: 'A record is one JSON object: { "EventID": 1, ... }' };
  }
  return { ok: true, event: { ...value } };
}

/** A stored event as a case: its fields by the names that rules use, and the log source that it was found to have. */
export function caseOfEvent(event: EventDetailWire, expect: RuleCase['expect']): RuleCase {
  return {
    name: event.message.slice(0, 120),
    expect,
    event: { ...event.fields },
    logsource: event.logsource,
  };
}
