import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { navigatorLayer } from '#shared/attack/navigator-layer.ts';
import { installPath } from '../../platform/install-path.ts';
import { runHarrier } from '../test-support/run-harrier.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-layer-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the rules that ship become a layer; the same rules give the same bytes', async () => {
  const rules = installPath('rules', 'sigma');
  const output = join(folder, 'layer.json');
  const printed = await runHarrier(['rules', 'layer', rules, '--name', 'Ours']);
  const written = await runHarrier(['rules', 'layer', rules, '--name', 'Ours', '-o', output]);
  expect([printed.code, written.code]).toEqual([0, 0]);
  expect(written.out).toBe('');
  expect(readFileSync(output, 'utf8')).toBe(printed.out);
  const layer = navigatorLayer.parse(JSON.parse(printed.out));
  expect(layer.name).toBe('Ours');
  expect(layer.techniques.length).toBeGreaterThan(20);
  expect(printed.err).toMatch(/^\d+ files, \d+ rules on \d+ techniques, 0 errors/);
});

const RULE = `title: Logon
id: 0a1b2c3d-0000-4000-8000-000000000001
name: logon
status: test
tags: [attack.credential-access, attack.t1110]
logsource: { product: windows, service: security }
detection: { sel: { EventID: 4625 }, condition: sel }
level: low
`;
const CORRELATION = `title: Many logons
id: 0a1b2c3d-0000-4000-8000-000000000002
status: test
tags: [attack.credential-access, attack.t1110.001]
correlation:
  type: event_count
  rules: [logon]
  group-by: [Computer]
  timespan: 5m
  condition: { gte: 10 }
level: high
`;

test('correlations count too, and of two rules with one id the first', async () => {
  const rules = join(folder, 'rules');
  mkdirSync(rules);
  writeFileSync(join(rules, 'a.yml'), `${RULE}---\n${CORRELATION}`);
  writeFileSync(join(rules, 'b.yml'), RULE);
  const { techniques } = navigatorLayer.parse(JSON.parse((await runHarrier(['rules', 'layer', rules])).out));
  expect(techniques.map(({ techniqueID, score, comment }) => [techniqueID, score, comment])).toEqual([
    ['T1110', 1, 'Logon'],
    ['T1110.001', 1, 'Many logons'],
  ]);
});

test('rules that cannot be read are left out and counted', async () => {
  const broken = join(folder, 'broken.yml');
  writeFileSync(broken, 'title: x\n');
  const run = await runHarrier(['rules', 'layer', broken]);
  expect(run.code).toBe(1);
  expect(navigatorLayer.parse(JSON.parse(run.out)).techniques).toEqual([]);
  expect(run.err).toMatch(/0 rules on 0 techniques, [1-9]/);
});

test.each([
  [['/nowhere'], 3],
  [[], 2],
])('%j ends with %i', async (paths, code) => {
  expect((await runHarrier(['rules', 'layer', ...paths])).code).toBe(code);
});
