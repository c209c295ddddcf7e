import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { routes } from '#shared/contract/index.ts';
import type { LoadedRule } from '../../pipeline/rules.ts';
import { sampleRule } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';
import { selectRules } from './rule-list.ts';
import { ruleToWire } from './wire.ts';

const rules: readonly LoadedRule[] = [
  sampleRule,
  { ...sampleRule, id: 'b', title: 'Beta', level: 'critical', enabled: false, origin: 'custom' },
  {
    ...sampleRule,
    id: 'a',
    kind: 'correlation',
    name: 'many',
    original: { yaml: null, changed: true },
    status: 'stable',
    title: 'Alpha',
    level: 'low',
    attack: [],
    tags: [],
    author: 'Someone',
  },
];
const wires = rules.map((rule) =>
  ruleToWire(rule, {
    fires: rule.id === 'a' ? { ruleId: 'a', count: 5, lastFired: 1000 } : null,
    verdicts: null,
    neverMatches: rule.id === 'b' ? 'No event had the logsource linux.' : null,
  }),
);
function ids(asked: object): readonly string[] {
  const query = routes.listRules.query.parse(asked);
  return selectRules(wires, query, query.sort).map(({ id }) => id);
}

describe('selectRules', () => {
  it.each([
    [{}, ['a', 'b', 'ssh_brute_force']],
    [{ sort: 'level' }, ['b', 'ssh_brute_force', 'a']],
    [{ sort: 'fired' }, ['a', 'b', 'ssh_brute_force']],
    [{ level: 'HIGH,critical' }, ['b', 'ssh_brute_force']],
    [{ technique: 't1110' }, ['b', 'ssh_brute_force']],
    [{ technique: 'T111' }, []],
    [{ tactic: 'credential-access' }, ['b', 'ssh_brute_force']],
    [{ q: 'someone' }, ['a']],
    [{ q: 'MANY' }, ['a']],
    [{ kind: 'correlation' }, ['a']],
    [{ status: 'stable,experimental' }, ['a']],
    [{ edited: 'true' }, ['a']],
    [{ never_matches: 'true' }, ['b']],
    [{ enabled: 'false' }, ['b']],
    [{ fired: 'true' }, ['a']],
    [{ origin: 'custom' }, ['b']],
    [{ product: 'windows' }, []],
  ])('%j', (query, expected) => expect(ids(query)).toEqual(expected));
});

describe('rules over the API', () => {
  let api: ServedApi;
  beforeAll(async () => {
    api = await serveApi();
  });
  afterAll(() => api.stop());

  const post = (path: string, yaml: string) =>
    api.call(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ yaml }),
    });

  it('say how often analysts found their alerts right', async () => {
    const rule: unknown = await (await api.call(`/api/v1/sigma/rules/${sampleRule.id}`)).json();
    expect(rule).toMatchObject({ verdicts: { true_positive: 3, false_positive: 1, benign: 0 } });
  });

  it('check without writing, also what does not pass', async () => {
    const response = await post('/api/v1/sigma/rules?dry_run=true', 'broken');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      dry_run: true,
      valid: false,
      stages: { yaml: true, schema: false, compile: null },
      rule: null,
    });
  });

  it.each(['application/yaml', 'text/yaml; charset=utf-8', 'application/x-yaml'])(
    'may be sent as they are, as %s',
    async (type) => {
      const init = { method: 'POST', headers: { 'content-type': type }, body: 'title: broken' };
      const response = await api.call('/api/v1/sigma/rules?dry_run=true', init);
      expect(response.status).toBe(200);
      expect(await response.json()).toMatchObject({ stages: { schema: false } });
      expect((await api.call('/api/v1/imports', init)).status).toBe(415);
    },
  );

  it('save what passes and refuse what does not', async () => {
    expect((await post('/api/v1/sigma/rules', 'title: x')).status).toBe(201);
    const refused = await post('/api/v1/sigma/rules', 'broken');
    expect(refused.status).toBe(400);
    expect(await refused.json()).toMatchObject({ code: 'rule_invalid' });
  });

  it('are exported as one text with a document each', async () => {
    const response = await api.call(`/api/v1/sigma/rules/export?ids=${sampleRule.id},${sampleRule.id}`);
    expect(response.headers.get('content-type')).toContain('application/yaml');
    expect(await response.text()).toBe('title: SSH brute force\n---\ntitle: SSH brute force\n');
    expect((await api.call('/api/v1/sigma/rules/export?ids=nothing')).status).toBe(404);
  });

  it.each([
    [
      { ids: [sampleRule.id], enabled: false },
      { selected: 1, rule_ids: [sampleRule.id] },
    ],
    [
      { ids: [sampleRule.id], enabled: true },
      { selected: 1, rule_ids: [] },
    ],
    [
      { filter: { level: 'high' }, level: 'low' },
      { selected: 1, rule_ids: [sampleRule.id] },
    ],
    [
      { filter: { level: 'low' }, level: 'low' },
      { selected: 0, rule_ids: [] },
    ],
  ])('are changed together: %j', async (body, answer) => {
    const response = await api.call('/api/v1/sigma/rules/bulk', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(await response.json()).toEqual(answer);
  });

  it.each([{ enabled: false }, { ids: ['a'], filter: {}, enabled: false }])(
    'are not changed without saying which, or saying it twice: %j',
    async (body) => {
      const response = await api.call('/api/v1/sigma/rules/bulk', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
      expect(response.status).toBe(400);
    },
  );

  it('give 24 bars for a day by default, the current hour last', async () => {
    const response = await api.call(`/api/v1/sigma/rules/${sampleRule.id}/timeline`);
    const { buckets } = (await response.json()) as ResponseOf<'ruleTimeline'>;
    expect(buckets).toHaveLength(24);
    expect(buckets.at(-1)).toEqual({ ts: '2026-05-13T15:00:00.000Z', count: 3 });
  });

  it.each(['1y', '', 'h', '9999w'])('refuse the window %j', async (window) => {
    const response = await api.call(`/api/v1/sigma/rules/${sampleRule.id}/timeline?window=${window}`);
    expect(response.status).toBe(400);
  });

  it('show the level in force and the override that made it so', async () => {
    const response = await api.call(`/api/v1/sigma/rules/${sampleRule.id}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ level: 'low' }),
    });
    expect(await response.json()).toMatchObject({ level: 'low', level_override: 'low', enabled: true });
  });
});
