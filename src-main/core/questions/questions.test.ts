import { afterAll, describe, expect, test } from 'vitest';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { toColumns } from '../../pipeline/columns.ts';
import type { AskedEvent } from '../../pipeline/rule-questions.ts';
import { systemClock } from '../../platform/clock.ts';
import type { WorkspaceRecord } from '../../store/interface/records.ts';
import { loadRules, toLoadedRule } from '../../detect/sigma/document/load.ts';
import { installPath } from '../../platform/install-path.ts';
import { createQuestions } from './questions.ts';
import { shippedCases } from './rule-cases.ts';

const YAML = `title: Discovery
id: 0f8e3c51-7d4e-4d6b-9d35-1a2b3c4d5e6f
logsource: {category: process_creation, product: windows}
detection:
  selection: {Image|endswith: '\\whoami.exe'}
  condition: selection
`;

const loaded = { id: '0f8e3c51-7d4e-4d6b-9d35-1a2b3c4d5e6f', file: 'd.yml', yaml: YAML } as LoadedRule;
/** Loaded beside the rule; tests put in what they need. */
const others: LoadedRule[] = [];
const stored: WorkspaceRecord[] = [];
let censuses = 0;
const questions = createQuestions({
  rules: { get: (id) => (id === loaded.id ? loaded : null), list: () => [loaded, ...others] },
  reader: {
    records: (kind) => Promise.resolve(stored.filter((one) => one.kind === kind)),
    getEvent: () => Promise.resolve(null),
    sweepEvents: () => Promise.resolve({ events: toColumns([]), next: null }),
    fieldCensus: () => {
      censuses += 1;
      const counted = { category: 'dhcp_lease', product: 'router', service: null, events: 7, sampled: 7 };
      return Promise.resolve([{ ...counted, fields: [{ name: 'lease', count: 7 }] }]);
    },
  },
  writer: {
    saveRecord: (record) => {
      stored.splice(0, 1, record);
      return Promise.resolve();
    },
    deleteRecord: () => Promise.resolve(stored.splice(0).length > 0),
  },
  clock: systemClock,
  anyLogsource: false,
  settingPaths: { placeholderPaths: [], pipelinePaths: [] },
  settings: { placeholders: () => Promise.resolve([]) },
});
afterAll(() => questions.stop());

const CHANNEL = 'Microsoft-Windows-Sysmon/Operational';

function record(fields: Readonly<Record<string, unknown>>): AskedEvent {
  return { kind: 'record', record: fields, logsource: null };
}

async function explained(event: AskedEvent, yaml = YAML) {
  const outcome = await questions.explain({ rule: { kind: 'yaml', yaml, ruleId: null }, event });
  if (!outcome.ok) throw new Error(outcome.problems[0]?.message);
  if (outcome.kind !== 'rule') throw new Error('This is a correlation.');
  return outcome.explanation;
}

describe('explain', () => {
  test('reads and enriches a record as it would be received', async () => {
    const sysmon = await explained(record({ EventID: 1, Channel: CHANNEL, Image: 'C:\\whoami.exe' }));
    expect(sysmon.matched).toBe(true);
    expect(sysmon.logsource.resolvedFrom).toBe(`Channel "${CHANNEL}", EventID 1.`);
    const security = record({ EventID: 4688, Channel: 'Security', NewProcessName: 'C:\\whoami.exe' });
    expect((await explained(security)).matched).toBe(true);
  });

  test('takes a stated logsource where the record does not say', async () => {
    const bare = { Image: 'C:\\whoami.exe' };
    expect((await explained(record(bare))).logsource.accepted).toBe(false);
    const logsource = { category: 'process_creation', product: 'windows' };
    expect((await explained({ kind: 'record', record: bare, logsource })).matched).toBe(true);
  });

  test('answers for a loaded rule by its id, and says when there is none', async () => {
    const event = record({ EventID: 1, Channel: CHANNEL, Image: 'x' });
    const outcome = await questions.explain({ rule: { kind: 'loaded', ruleId: loaded.id }, event });
    expect(outcome).toMatchObject({ ok: true, explanation: { ruleId: loaded.id, matched: false } });
    const unknown = questions.explain({ rule: { kind: 'loaded', ruleId: 'nobody' }, event });
    await expect(unknown).rejects.toMatchObject({ code: 'not_found' });
  });

  test('gives the problems of a rule that does not run', async () => {
    const yaml = YAML.replace('condition: selection', 'condition: other');
    const rule = { kind: 'yaml', yaml, ruleId: null } as const;
    const outcome = await questions.explain({ rule, event: record({ a: 1 }) });
    expect(outcome).toMatchObject({
      ok: false,
      problems: [{ stage: 'compile', severity: 'error', line: 6 }],
    });
  });
});

describe('what decides how a rule runs comes with it', () => {
  const whoami = record({ EventID: 1, Channel: CHANNEL, Image: 'C:\\whoami.exe', User: 'admin' });

  test('filters that are switched on narrow it and are named', async () => {
    const yaml = [
      'title: Admins may',
      'id: the-filter',
      'logsource: {product: windows}',
      'filter:',
      `  rules: [${loaded.id}]`,
      '  admins: {User: admin}',
      '  condition: not admins',
    ].join('\n');
    const filter = {
      ...loaded,
      id: 'the-filter',
      kind: 'filter',
      file: 'f.yml',
      yaml,
      enabled: true,
    } as const;
    others.splice(0, 1, filter);
    const explanation = await explained(whoami);
    expect(explanation).toMatchObject({
      matched: false,
      excludedBy: ['Admins may'],
      filters: [{ ruleId: 'the-filter', holds: false, selections: [{ name: 'admins', holds: true }] }],
    });
    expect(explanation.summary).toContain('Excluded by Admins may');
    others.splice(0, 1, { ...filter, enabled: false });
    expect(await explained(whoami)).toMatchObject({ matched: true, filters: [] });
    others.splice(0);
  });

  test('value lists and pipelines are those in use', async () => {
    const yaml = YAML.replace("Image|endswith: '\\whoami.exe'", "Process|expand: '%tools%'");
    const rule = { kind: 'yaml', yaml, ruleId: null } as const;
    const tools = { kind: 'placeholder', name: 'tools', updatedTs: 1 } as const;
    const pipeline = 'name: p\ntransformations:\n- type: field_name_mapping\n  mapping: {Process: Image}\n';
    expect(await questions.explain({ rule, event: whoami })).toMatchObject({ ok: false });
    stored.push(
      { ...tools, body: JSON.stringify({ values: ['C:\\whoami.exe'] }) },
      { ...tools, kind: 'pipeline', name: 'p', body: JSON.stringify({ yaml: pipeline, enabled: true }) },
    );
    expect(await questions.explain({ rule, event: whoami })).toMatchObject({
      ok: true,
      explanation: { matched: true, selections: [{ alternatives: [{ items: [{ field: 'Image' }] }] }] },
    });
    stored.splice(0);
  });

  test('a correlation is explained by the loaded rules that it looks at', async () => {
    const yaml = [
      'title: Much discovery',
      'correlation:',
      '  type: event_count',
      `  rules: [${loaded.id}]`,
      '  group-by: [User]',
      '  timespan: 5m',
      '  condition: {gte: 3}',
    ].join('\n');
    const rule = { kind: 'yaml', yaml, ruleId: null } as const;
    expect(await questions.explain({ rule, event: whoami })).toMatchObject({
      kind: 'correlation',
      correlation: {
        counts: true,
        requirement: 'events >= 3 within 5m',
        groups: [{ ruleId: loaded.id, values: [{ field: 'User', value: 'admin' }] }],
        rules: [{ ruleId: loaded.id, matched: true }],
      },
    });
    const other = await questions.explain({ rule, event: record({ a: 1 }) });
    expect(other).toMatchObject({ correlation: { counts: false, groups: [] } });
  });
});

describe('cases', () => {
  const whoami = { EventID: 1, Channel: CHANNEL, Image: 'C:\\whoami.exe' };
  const matching = { name: 'whoami', expect: 'match', record: whoami, logsource: null } as const;
  const silent = { name: '', expect: 'no_match', record: { a: 1 }, logsource: null } as const;

  test('are tried on a text that is not saved', async () => {
    const wrong = { ...matching, expect: 'no_match' } as const;
    const outcome = await questions.test({ kind: 'yaml', yaml: YAML, ruleId: null }, [
      matching,
      silent,
      wrong,
    ]);
    expect(outcome).toMatchObject({
      ok: true,
      results: [
        { passed: true, matched: true },
        { passed: true, matched: false },
        { passed: false, matched: true, summary: 'The rule matches the event.' },
      ],
    });
  });

  test('are saved beside a rule, tried at once, and removed by an empty list', async () => {
    const saved = await questions.saveCases(loaded.id, [matching]);
    expect(saved).toMatchObject({ cases: [{ ...matching, origin: 'own' }], outcome: { ok: true } });
    expect((await questions.cases(loaded.id)).outcome).toMatchObject({ results: [{ passed: true }] });
    expect((await questions.saveCases(loaded.id, [])).cases).toEqual([]);
    await expect(questions.saveCases('nobody', [])).rejects.toMatchObject({ code: 'not_found' });
  });

  test('ship beside every shipped rule, and all of them pass', async () => {
    const { rules, correlations } = loadRules([installPath('rules', 'sigma')]);
    // Rules that stand beside a correlation are there for its sake; its own tests feed it series of events.
    const parts = new Set(correlations.map(({ file }) => file));
    const failures: string[] = [];
    for (const rule of rules.filter(({ file }) => !parts.has(file))) {
      const cases = await shippedCases(toLoadedRule(rule, 'shipped'));
      const outcome = await questions.test({ kind: 'yaml', yaml: rule.yaml, ruleId: rule.id }, cases);
      const isFine = cases.length > 1 && outcome.ok && outcome.results.every(({ passed }) => passed);
      if (!isFine) failures.push(`${rule.file} ${JSON.stringify(outcome)}`);
    }
    expect(failures).toEqual([]);
  });
});

describe('vocabulary', () => {
  test('joins known logsources with those of the data, and takes the census once a minute', async () => {
    const { logsources, keys, modifiers } = await questions.vocabulary();
    await questions.vocabulary();
    expect(censuses).toBe(1);
    expect(logsources.at(-1)).toEqual({
      ...{ category: 'dhcp_lease', product: 'router', service: null },
      ...{ known: false, events: 7 },
    });
    expect(keys.some(({ name }) => name === 'logsource')).toBe(true);
    expect(modifiers.map(({ name }) => name)).toContain('base64offset');
  });
});
