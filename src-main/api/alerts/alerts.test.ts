import { afterEach, expect, it } from 'vitest';
import type { ResponseOf } from '#shared/contract/client.ts';
import { sampleAlert, sampleDetectionRule, sampleRule } from '../test-support/samples.ts';
import { serveApi, type ServedApi } from '../test-support/serve.ts';

let api: ServedApi;
afterEach(() => api.stop());

it.each([
  [sampleRule.id, { title: sampleRule.title, level: sampleRule.level, file: sampleRule.file }],
  [sampleDetectionRule.id, { title: sampleDetectionRule.name, level: 'high', file: '' }],
  ['gone', null],
])('the alert of the rule %s says what is known of the rule', async (ruleId, expected) => {
  api = await serveApi();
  Object.assign(api.core.reader, { getAlert: () => Promise.resolve({ ...sampleAlert, ruleId }) });
  const response = await api.call(`/api/v1/alerts/${sampleAlert.id}`);
  const { rule } = (await response.json()) as ResponseOf<'getAlert'>;
  if (expected === null) expect(rule).toBeNull();
  else expect(rule).toMatchObject({ id: ruleId, ...expected });
});
