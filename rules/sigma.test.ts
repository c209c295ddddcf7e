import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LogEvent } from '#shared/model/event.ts';
import { compileRules } from '#main/detect/sigma/compile-rules.ts';
import { loadRules } from '#main/detect/sigma/document/load.ts';
import { createEnricher } from '#main/enrich/enrich.ts';
import { parseYaml } from '#main/platform/yaml.ts';

const FOLDER = import.meta.dirname;
const RULES = path.join(FOLDER, 'sigma');
const CASES = path.join(FOLDER, 'cases');
const CORRELATIONS = path.join(RULES, 'correlation');

const fieldValue = z.union([z.string(), z.number(), z.boolean(), z.null()]);
const eventFields = z.record(z.string(), fieldValue);
const caseFile = z.strictObject({
  rule: z.uuid(),
  logsource: z.object({
    category: z.string().nullable().default(null),
    product: z.string().nullable().default(null),
    service: z.string().nullable().default(null),
  }),
  fires: z.array(eventFields).min(1),
  silent: z.array(eventFields).min(1),
});
type CaseFile = z.infer<typeof caseFile>;

const { rules: everyRule, problems, files } = loadRules([RULES]);
/** Rules of single events. Those beside a correlation only serve it: correlations.test.ts has their sequences. */
const rules = everyRule.filter(({ file }) => !file.startsWith(CORRELATIONS));
const engine = compileRules({ rules }, { anyLogsource: false });
const enrich = createEnricher();

/** The event of one case: `message` is its text, everything else its fields. */
function eventOf(fields: z.infer<typeof eventFields>, logsource: CaseFile['logsource']): LogEvent {
  const { message = 'A message without meaning.', ...rest } = fields;
  return enrich(
    {
      eventTs: Date.UTC(2025, 2, 10),
      severity: 9,
      host: 'WS-014.example.test',
      message: String(message),
      logsource,
      fields: rest,
      recordId: null,
      offset: 0,
      length: 0,
      flags: [],
    },
    {
      id: '01JP0000000000000000000000',
      observedTs: Date.UTC(2025, 2, 10),
      source: 'json',
      sourceId: 'cases',
      raw: null,
      evidence: null,
      peer: null,
    },
  );
}

function casesOf(ruleFile: string): CaseFile {
  const file = path.join(CASES, path.relative(RULES, ruleFile));
  const outcome = parseYaml(readFileSync(file, 'utf8'));
  if (!outcome.ok) throw new Error(`${file}: ${outcome.failure.message}`);
  return caseFile.parse(outcome.documents[0]);
}

function firedRules(event: LogEvent): readonly string[] {
  return engine.detect([event]).map((detection) => detection.ruleId);
}

describe('the shipped rules', () => {
  it('all load and compile', () => {
    expect(problems).toEqual([]);
    expect(engine.problems).toEqual([]);
    expect(files).toBeGreaterThanOrEqual(45);
    expect(new Set(rules.map(({ file }) => file)).size).toBe(engine.ruleIds.length);
  });

  const catalogue = createAttackCatalogue(
    attackFacts.parse(
      JSON.parse(readFileSync(path.join(FOLDER, '../resources/attack/enterprise.json'), 'utf8')),
    ),
  );

  it('cover every tactic that Windows and Linux logs can show', () => {
    const covered = new Set(rules.flatMap((rule) => catalogue.namesOfTags(rule.tags).tactics));
    // What an intruder prepares at home (resource development) leaves no trace in these logs.
    const possible = catalogue.tactics
      .map((tactic) => tactic.shortName)
      .filter((tactic) => tactic !== 'resource-development');
    expect([...covered].sort()).toEqual([...possible].sort());
  });

  it.each(rules.map((rule) => [rule.title, rule] as const))('%s: tags, author and text', (_title, rule) => {
    const { techniques } = catalogue.namesOfTags(rule.tags);
    for (const technique of techniques) expect(catalogue.technique(technique)?.id).toBe(technique);
    expect(rule.author).toBe('Harrier');
    expect(rule.description.length).toBeGreaterThan(40);
    expect(rule.falsePositives.length).toBeGreaterThan(0);
  });
});

describe.each(rules.map((rule) => [rule.title, rule] as const))('%s', (_title, rule) => {
  const hasCases = existsSync(path.join(CASES, path.relative(RULES, rule.file)));
  it('has cases', () => {
    expect(hasCases).toBe(true);
    expect(casesOf(rule.file).rule).toBe(rule.id);
  });
  if (!hasCases) return;
  const { logsource, fires, silent } = casesOf(rule.file);
  it.each(fires)('fires on %j', (fields) => {
    expect(firedRules(eventOf(fields, logsource))).toContain(rule.id);
  });
  it.each(silent)('is silent on %j', (fields) => {
    expect(firedRules(eventOf(fields, logsource))).not.toContain(rule.id);
  });
});
