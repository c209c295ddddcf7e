import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

const PATH = '/api/v1/attack/layers';

const LAYER = {
  name: 'Plan',
  versions: { attack: '17', navigator: '4.9.0', layer: '4.5' },
  domain: 'enterprise-attack',
  description: 'Next year',
  gradient: { colors: ['#ff6666', '#8ec843'], minValue: 0, maxValue: 100 },
  techniques: [{ techniqueID: 'T1110', tactic: 'credential-access', score: 3, comment: 'first' }],
};

async function send(
  body: unknown,
): Promise<{ status: number; body: ResponseOf<'importLayers'> & { detail: string } }> {
  const response = await api.call(PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, body: (await response.json()) as never };
}

async function imported(...layers: readonly unknown[]): Promise<ResponseOf<'importLayers'>> {
  const { status, body } = await send(layers.length === 1 ? layers[0] : layers);
  expect(status).toBe(201);
  return body;
}

async function overlay(ids: readonly string[], expression?: string): Promise<ResponseOf<'layerOverlay'>> {
  const query = expression === undefined ? '' : `&expression=${encodeURIComponent(expression)}`;
  const response = await api.call(`/api/v1/attack/overlay?layers=${ids.join(',')}${query}`);
  expect(response.status).toBe(200);
  return (await response.json()) as ResponseOf<'layerOverlay'>;
}

const cell = (answer: ResponseOf<'layerOverlay'>) =>
  answer.items.map(({ tactic, technique, score }) => `${technique} ${tactic} ${String(score)}`);

describe('importing a layer', () => {
  it('takes what Harrier exported, with every technique and score', async () => {
    api = await serveApi();
    const response = await api.call('/api/v1/attack/coverage/layer?from=rules');
    const exported = (await response.json()) as ResponseOf<'coverageLayer'>;
    const { techniques } = exported;
    const { items } = await imported(exported);
    expect(items).toMatchObject([{ name: 'Harrier: rules mapped', attack_version: '19', skipped: {} }]);
    const answer = await overlay([items[0]?.id ?? '']);
    expect(cell(answer)).toEqual(
      techniques.map((one) => `${one.techniqueID} ${one.tactic ?? ''} ${one.score}`),
    );
    expect(answer.items[0]?.comments).toEqual([`Harrier: rules mapped: ${techniques[0]?.comment ?? ''}`]);
  });

  it('reads names of older releases, and counts what it leaves out', async () => {
    api = await serveApi();
    const { items } = await imported({
      ...LAYER,
      techniques: [
        { techniqueID: 'T1562.001', tactic: 'defense-evasion', score: 1 },
        { techniqueID: 't1078', score: 2 },
        { techniqueID: 'T9999', score: 1 },
        { techniqueID: 'T1110', tactic: 'impact', score: 1 },
        { techniqueID: 'T1110', showSubtechniques: true },
      ],
    });
    expect(items[0]?.skipped).toEqual({ unknown_technique: 1, not_in_tactic: 1, not_annotated: 1 });
    expect(cell(await overlay([items[0]?.id ?? '']))).toEqual([
      'T1685 defense-impairment 1',
      'T1078 initial-access 2',
      'T1078 persistence 2',
      'T1078 privilege-escalation 2',
      'T1078 stealth 2',
    ]);
  });

  it('takes the layers of a list that can be read and says why not of the others', async () => {
    api = await serveApi();
    const answer = await imported(LAYER, { ...LAYER, name: 'Phones', domain: 'mobile-attack' }, 7);
    expect(answer.items.map(({ name }) => name)).toEqual(['Plan']);
    expect(answer.refused).toEqual([
      { position: 2, name: 'Phones', reason: expect.stringContaining('mobile-attack') as string },
      { position: 3, name: '', reason: expect.stringContaining('the layer') as string },
    ]);
  });

  it.each<[string, unknown, RegExp]>([
    ['no name', { ...LAYER, name: undefined }, /name/],
    ['an old format', { ...LAYER, versions: { layer: '3.0' } }, /format 3\.0/],
    ['an older one still', { ...LAYER, versions: undefined, version: '2.2' }, /format 2\.2/],
    ['another domain', { ...LAYER, domain: 'ics-attack' }, /ics-attack/],
    [
      'too many techniques',
      { ...LAYER, techniques: Array(5001).fill({ techniqueID: 'T1110' }) },
      /techniques/,
    ],
    [
      'a score that is no number',
      { ...LAYER, techniques: [{ techniqueID: 'T1110', score: '9' }] },
      /techniques\.0\.score/,
    ],
    ['techniques that are no list', { ...LAYER, techniques: {} }, /techniques/],
    ['an empty list', [], /no layer/],
    ['too many layers', Array(21).fill(LAYER), /20 layers/],
    ['a list in a list', [[LAYER]], /the layer/],
    ['a score beyond all numbers', JSON.stringify(LAYER).replace('"score":3', '"score":1e999'), /score/],
  ])('refuses %s', async (_, body, reason) => {
    api = await serveApi();
    const answer = await send(body);
    expect([answer.status, answer.body.detail]).toEqual([400, expect.stringMatching(reason)]);
  });

  it.each([
    ['not JSON', '{"name":', 400],
    ['a prototype', '{"__proto__":{"a":1},"name":"x","domain":"enterprise-attack"}', 400],
    ['more than a megabyte', JSON.stringify({ ...LAYER, description: 'x'.repeat(1_100_000) }), 413],
  ])('refuses %s', async (_, text, status) => {
    api = await serveApi();
    expect((await send(text)).status).toBe(status);
  });

  it('answers whatever JSON it gets, and keeps nothing that it refused', async () => {
    api = await serveApi({ rateLimits: { enabled: false } });
    const hostile = fc.oneof(
      fc.jsonValue({ maxDepth: 4 }),
      fc.record({
        name: fc.jsonValue(),
        domain: fc.constant('enterprise-attack'),
        techniques: fc.jsonValue(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(hostile, async (body) => {
        const { status, body: answer } = await send(body);
        expect([201, 400]).toContain(status);
        if (status === 201)
          for (const { id } of answer.items) await api.call(`${PATH}/${id}`, { method: 'DELETE' });
      }),
      { numRuns: 60 },
    );
    const { items } = (await (await api.call(PATH)).json()) as ResponseOf<'listLayers'>;
    expect(items.map(({ name }) => name)).toEqual(['Plan']);
  });

  it('keeps fifty at most', async () => {
    api = await serveApi();
    await imported(...Array<unknown>(20).fill(LAYER));
    await imported(...Array<unknown>(20).fill(LAYER));
    expect((await send(Array(20).fill(LAYER))).status).toBe(409);
  });
});

describe('an overlay', () => {
  const second = {
    ...LAYER,
    name: 'Red team',
    techniques: [
      { techniqueID: 'T1110', score: 4 },
      { techniqueID: 'T1003', tactic: 'credential-access', color: '#336699', comment: 'seen' },
      { techniqueID: 'T1078', tactic: 'persistence', score: 9, enabled: false },
    ],
  };

  it('adds scores unless told otherwise; what is disabled says nothing', async () => {
    api = await serveApi();
    const { items } = await imported(LAYER, second);
    const ids = items.map(({ id }) => id);
    const sum = await overlay(ids);
    expect(sum.expression).toBe('a + b');
    expect(sum.layers.map(({ letter, name }) => [letter, name])).toEqual([
      ['a', 'Plan'],
      ['b', 'Red team'],
    ]);
    expect(cell(sum)).toEqual(['T1110 credential-access 7', 'T1003 credential-access null']);
    expect(sum.items[1]?.comments).toEqual(['Red team: seen']);
    expect(cell(await overlay(ids, 'b - a'))[0]).toBe('T1110 credential-access 1');
  });

  it.each([
    ['b', /no layer b/],
    ['a +', /ends where/],
  ])('of one layer refuses %s', async (expression, reason) => {
    api = await serveApi();
    const { items } = await imported(LAYER);
    const response = await api.call(
      `/api/v1/attack/overlay?layers=${items[0]?.id ?? ''}&expression=${encodeURIComponent(expression)}`,
    );
    expect(response.status).toBe(400);
    expect(((await response.json()) as { detail: string }).detail).toMatch(reason);
  });

  it('of a layer that is gone is not found', async () => {
    api = await serveApi();
    const { items } = await imported(LAYER);
    const [id = ''] = items.map((item) => item.id);
    expect((await api.call(`${PATH}/${id}`, { method: 'DELETE' })).status).toBe(200);
    expect((await api.call(`${PATH}/${id}`, { method: 'DELETE' })).status).toBe(404);
    expect((await api.call(`/api/v1/attack/overlay?layers=${id}`)).status).toBe(404);
  });
});
