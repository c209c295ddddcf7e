import { afterEach, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

it('groups and software are listed by name, with how much is known of each', async () => {
  api = await serveApi();
  const { items } = (await (await api.call('/api/v1/attack/threats')).json()) as ResponseOf<'listThreats'>;
  expect(items.length).toBeGreaterThan(900);
  const group = items.find(({ id }) => id === 'G0016');
  expect(group).toMatchObject({ kind: 'group', name: 'APT29' });
  expect(group?.aliases).toContain('Cozy Bear');
  expect(items.find(({ id }) => id === 'S0002')).toMatchObject({ kind: 'software', name: 'Mimikatz' });
});

it('techniques that several use are named once, with all of them, in current ids', async () => {
  api = await serveApi();
  const response = await api.call('/api/v1/attack/threats/techniques?ids=G0016,S0154,G0016');
  const { items } = (await response.json()) as ResponseOf<'threatTechniques'>;
  expect(new Set(items.map(({ technique }) => technique)).size).toBe(items.length);
  expect(items.find(({ technique }) => technique === 'T1059.001')?.threats).toEqual(['G0016', 'S0154']);
  expect(items.map(({ technique }) => technique).filter((id) => id.startsWith('T1562'))).toEqual([]);
});

it('whom ATT&CK does not know is not found', async () => {
  api = await serveApi();
  expect((await api.call('/api/v1/attack/threats/techniques?ids=G9999')).status).toBe(404);
});
