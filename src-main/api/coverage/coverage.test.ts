import { afterEach, describe, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { NOW, sampleDetectionRule, sampleRule } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

const PATH = '/api/v1/attack/coverage';

async function coverage(query = ''): Promise<ResponseOf<'attackCoverage'>> {
  const response = await api.call(PATH + query);
  expect(response.status).toBe(200);
  return (await response.json()) as ResponseOf<'attackCoverage'>;
}

describe('the grid', () => {
  it('gives each cell with its rules, groups and fires', async () => {
    api = await serveApi();
    const { items, techniques, tactics } = await coverage();
    const cell = items.find(({ technique }) => technique === 'T1110.001');
    const fires = { fired: 3, fired_24h: 3, fired_7d: 3, last_fired: new Date(NOW).toISOString() };
    expect(cell).toMatchObject({ tactic: 'credential-access', rule_count: 1, data_count: 1, ...fires });
    expect(cell?.groups).toEqual([
      { status: 'test', origin: 'shipped', kind: 'sigma', enabled: true, has_data: true, rules: 1, ...fires },
    ]);
    expect(techniques).toContainEqual({ technique: 'T1110.001', rule_count: 1, enabled_count: 1 });
    expect(tactics.map(({ tactic }) => tactic)).toContain('defense-impairment');
  });

  it('counts saved queries that the clock runs', async () => {
    api = await serveApi();
    const groupOf = async () => {
      const { items } = await coverage('?refresh=true');
      return items.find(({ technique }) => technique === 'T1059.001')?.groups[0];
    };
    const scheduled = { kind: 'scheduled', origin: 'custom', has_data: true, rules: 1 };
    expect(await groupOf()).toMatchObject({ ...scheduled, enabled: true });
    const onDemand = { ...sampleDetectionRule, scheduleEnabled: false };
    Object.assign(api.core.commands.detections, { list: () => [onDemand] });
    expect(await groupOf()).toMatchObject({ ...scheduled, enabled: false });
  });

  it('is kept for a minute and says how old it is', async () => {
    api = await serveApi();
    const first = await coverage();
    api.clock.advance(59_000);
    expect(await coverage()).toEqual({ ...first, age_seconds: 59 });
    api.clock.advance(1000);
    expect(await coverage()).toMatchObject({ age_seconds: 0 });
  });

  it('is made anew when asked, and when a rule changes', async () => {
    api = await serveApi();
    await coverage();
    api.clock.advance(5000);
    expect(await coverage('?refresh=true')).toMatchObject({ age_seconds: 0 });
    api.clock.advance(5000);
    Object.assign(api.core.commands.rules, { list: () => [{ ...sampleRule, enabled: false }] });
    const changed = await coverage();
    expect(changed.age_seconds).toBe(0);
    expect(changed.techniques).toContainEqual({ technique: 'T1110.001', rule_count: 1, enabled_count: 0 });
  });

  it('does not keep a failure', async () => {
    api = await serveApi();
    const whole = { ...api.core.reader };
    Object.assign(api.core.reader, { ruleFires: () => Promise.reject(new Error('broken')) });
    expect((await api.call(PATH)).status).toBe(500);
    Object.assign(api.core.reader, whole);
    await coverage();
  });

  it('may be asked for ten times a minute, as document 000 says', async () => {
    api = await serveApi();
    for (let count = 0; count < 10; count += 1) await coverage();
    const refused = await api.call(PATH);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});

describe('the layer', () => {
  const layer = async (query: string) => {
    const response = await api.call(`${PATH}/layer?${query}`);
    return { status: response.status, body: (await response.json()) as ResponseOf<'coverageLayer'> };
  };

  it.each([
    ['from=rules', 2],
    ['from=rules&kind=scheduled', 1],
    ['from=rules&status=test,stable&origin=shipped&kind=sigma&enabled=true', 1],
    ['from=rules&status=stable', 0],
    ['from=rules&origin=folder', 0],
    ['from=rules&enabled=false', 0],
    ['from=detections', 1],
    ['from=detections&since=7d', 1],
    ['from=detections&import_id=01HZX0000000000000000IMPORT', 1],
  ])('%s has %i technique', async (query, count) => {
    api = await serveApi();
    const { status, body } = await layer(query);
    expect(status).toBe(200);
    expect(body.techniques).toHaveLength(count);
  });

  it('says where its numbers come from', async () => {
    api = await serveApi();
    const { body } = await layer('from=detections&since=24h&name=Last%20day');
    expect(body.name).toBe('Last day');
    expect(Object.fromEntries(body.metadata.map(({ name, value }) => [name, value]))).toEqual({
      source: 'detections',
      generated_at: new Date(NOW).toISOString(),
      rules: '2',
      since: new Date(NOW - 86_400_000).toISOString(),
    });
  });

  it.each([
    ['from=rules&since=7d', 400],
    ['from=plans', 400],
    ['from=detections&import_id=nothing', 404],
  ])('%s: %i', async (query, status) => {
    api = await serveApi();
    expect((await layer(query)).status).toBe(status);
  });
});
