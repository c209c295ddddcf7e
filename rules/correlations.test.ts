import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '#main/detect/sigma/compile-rules.ts';
import { loadRules } from '#main/detect/sigma/document/load.ts';
import { createEnricher } from '#main/enrich/enrich.ts';
import { parseYaml } from '#main/platform/yaml.ts';

const FOLDER = import.meta.dirname;
const RULES = path.join(FOLDER, 'sigma');
const SEQUENCES = path.join(FOLDER, 'sequences');

/** `times` events, one `every` so many seconds, from second `at` on; `{n}` in a text is the number of the event. */
const step = z
  .object({
    at: z.number().nonnegative().default(0),
    times: z.number().int().positive().default(1),
    every: z.number().positive().default(1),
  })
  .catchall(z.union([z.string(), z.number(), z.boolean()]));
const sequence = z.array(step).min(1);
const sequenceFile = z.strictObject({
  rule: z.uuid(),
  logsource: z.object({
    category: z.string().nullable().default(null),
    product: z.string().nullable().default(null),
    service: z.string().nullable().default(null),
  }),
  fires: z.array(sequence).min(1),
  silent: z.array(sequence).min(1),
});
type SequenceFile = z.infer<typeof sequenceFile>;

const documents = loadRules([RULES]);
const enrich = createEnricher();
const START = Date.UTC(2026, 2, 10);

function sequencesOf(name: string): SequenceFile {
  const outcome = parseYaml(readFileSync(path.join(SEQUENCES, name), 'utf8'));
  if (!outcome.ok) throw new Error(`${name}: ${outcome.failure.message}`);
  return sequenceFile.parse(outcome.documents[0]);
}

function eventsOf(steps: z.infer<typeof sequence>, logsource: SequenceFile['logsource']): LogEvent[] {
  const moments = steps.flatMap(({ at, times, every, ...fields }) =>
    Array.from({ length: times }, (_, index) => ({ second: at + index * every, number: index + 1, fields })),
  );
  moments.sort((left, right) => left.second - right.second);
  return moments.map(({ second, number, fields }, index) => {
    const own = Object.entries(fields).map(([name, value]) => {
      return [name, typeof value === 'string' ? value.replaceAll('{n}', String(number)) : value] as const;
    });
    const eventTs = START + second * 1000;
    return enrich(
      {
        eventTs,
        severity: 9,
        host: 'WS-014.example.test',
        message: 'A message without meaning.',
        logsource,
        fields: Object.fromEntries(own),
        recordId: null,
        offset: 0,
        length: 0,
        flags: [],
      },
      {
        id: `event-${index}`,
        observedTs: eventTs,
        source: 'json',
        sourceId: 'sequences',
        raw: null,
        evidence: null,
        peer: null,
      },
    );
  });
}

function firedRules(
  steps: z.infer<typeof sequence>,
  logsource: SequenceFile['logsource'],
): readonly string[] {
  const engine = compileRules(documents, { anyLogsource: false });
  const { matches } = engine.collect(eventsOf(steps, logsource));
  return engine.correlate(matches).map(({ ruleId }) => ruleId);
}

describe('the shipped correlations', () => {
  it('all compile, and have sequences', () => {
    const engine = compileRules(documents, { anyLogsource: false });
    expect([documents.problems, engine.problems]).toEqual([[], []]);
    const outermost = documents.correlations.filter(({ tags }) => tags.length > 0);
    const tested = readdirSync(SEQUENCES).map((name) => sequencesOf(name).rule);
    expect(tested.sort()).toEqual(outermost.map(({ id }) => id).sort());
    expect(outermost.length).toBeGreaterThanOrEqual(6);
  });

  it.each(documents.correlations.map((rule) => [rule.title, rule] as const))('%s: text', (_title, rule) => {
    expect(rule.author).toBe('Harrier');
    expect(rule.description.length).toBeGreaterThan(40);
    expect(rule.falsePositives.length).toBeGreaterThan(0);
  });
});

describe.each(readdirSync(SEQUENCES))('%s', (name) => {
  const { rule, logsource, fires, silent } = sequencesOf(name);
  it.each(fires.map((steps, number) => [number + 1, steps] as const))('fires on sequence %d', (_, steps) => {
    expect(firedRules(steps, logsource)).toContain(rule);
  });
  it.each(silent.map((steps, number) => [number + 1, steps] as const))(
    'is silent on sequence %d',
    (_, steps) => {
      expect(firedRules(steps, logsource)).not.toContain(rule);
    },
  );
});
