import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertWire } from '../contract/alerts.ts';
import { eventWire } from '../contract/events.ts';
import { ALERT_STATUSES, RULE_KINDS, type Alert } from '../model/alert.ts';
import { ENTITY_TYPES } from '../model/entity.ts';
import { EVENT_SOURCES, type FieldValue, type LogEvent } from '../model/event.ts';
import { LEVELS } from '../model/severity.ts';
import { alertToWire } from './alert.ts';
import { eventToWire } from './event.ts';
import { isoTime } from './time.ts';

const text = fc.string({ unit: 'binary' });
const optional = fc.option(text);
const instant = fc.double({ noNaN: true, min: -1e16, max: 1e16 }).map(Math.trunc);

const entities = fc.array(
  fc.record({ type: fc.constantFrom(...ENTITY_TYPES), value: text, uuid: fc.uuid() }),
  { maxLength: 3 },
);
const attack = fc.option(fc.record({ tactic: optional, technique: optional }));

// jsonValue is plain JSON, which is what fields hold; `__proto__` as a key is among what it makes.
const fields = fc.dictionary(text, fc.jsonValue() as fc.Arbitrary<FieldValue>);

const logEvent: fc.Arbitrary<LogEvent> = fc.record({
  id: text,
  eventTs: instant,
  observedTs: instant,
  source: fc.constantFrom(...EVENT_SOURCES),
  sourceId: text,
  severity: fc.integer({ min: 1, max: 24 }),
  host: text,
  message: text,
  logsource: fc.record({ category: optional, product: optional, service: optional }),
  fields,
  mapped: fc.option(fields),
  entities,
  attack,
  raw: fc.option(fc.uint8Array()),
  evidence: fc.option(
    fc.record({
      evidenceId: text,
      path: text,
      offset: fc.nat(),
      length: fc.nat(),
      recordId: fc.option(fc.nat()),
    }),
  ),
  peer: optional,
  flags: fc.array(text, { maxLength: 3 }),
});

const alert: fc.Arbitrary<Alert> = fc.record({
  id: text,
  ts: instant,
  ruleId: text,
  ruleKind: fc.constantFrom(...RULE_KINDS),
  severity: fc.constantFrom(...LEVELS),
  title: text,
  author: text,
  tags: fc.array(text, { maxLength: 3 }),
  attack,
  entities,
  dedupKey: text,
  status: fc.constantFrom(...ALERT_STATUSES),
  count: fc.nat(),
  firstSeen: instant,
  lastSeen: instant,
  matched: fc.constant([]),
  eventIds: fc.constant([]),
});

describe('what goes over the wire', () => {
  it('is what the contract says, whatever the event holds', () => {
    fc.assert(
      fc.property(logEvent, (event) => {
        const wire = overTheWire(eventToWire(event));
        expect(eventWire.safeParse(wire).error).toBeUndefined();
      }),
    );
  });

  it('is what the contract says, whatever the alert holds', () => {
    fc.assert(
      fc.property(alert, (one) => {
        const wire = overTheWire(alertToWire(one));
        expect(alertWire.safeParse(wire).error).toBeUndefined();
      }),
    );
  });

  it('keeps a field under its original name over a mapped one', () => {
    const [event] = fc.sample(logEvent, 1);
    const wire = eventToWire({ ...event!, fields: { Image: 'a' }, mapped: { Image: 'b', User: 'c' } });
    expect(wire.fields).toEqual({ Image: 'a', User: 'c' });
  });
});

describe('isoTime', () => {
  it.each([
    [0, '1970-01-01T00:00:00.000Z'],
    [1_778_686_200_123, '2026-05-13T15:30:00.123Z'],
    [-1e20, '0000-01-01T00:00:00.000Z'],
    [1e20, '9999-12-31T23:59:59.999Z'],
  ])('%d', (ms, expected) => expect(isoTime(ms)).toBe(expected));
});

function overTheWire(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value));
}
