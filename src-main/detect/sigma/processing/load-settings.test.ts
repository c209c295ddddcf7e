import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { NO_RULE_SETTINGS } from '../../../pipeline/rule-settings.ts';
import { compileRules } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import { eventOf } from '../testing/events.ts';
import { countPlaceholders } from './count-placeholders.ts';
import { loadSettings } from './load-settings.ts';
import { parseValueLists } from './value-lists.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-settings-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function file(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const RULE = `title: Admin logon
id: rule
logsource: {product: windows}
detection:
  s:
    User|expand: '%Administrators%'
    Host|expand|startswith: 'x-%Servers%-'
  condition: s
`;

test('lists of files are taken, and a list kept with the data goes before them', () => {
  const placeholderPaths = [file('lists.yml', 'Administrators: [adm_*, 5]\nServers: srv\n')];
  const stored = { ...NO_RULE_SETTINGS, placeholderPaths, placeholders: { Servers: ['db', 'web'] } };
  const settings = loadSettings(stored);
  expect(settings.problems).toEqual([]);
  expect([...settings.placeholders]).toEqual([
    ['Administrators', ['adm_*', '5']],
    ['Servers', ['db', 'web']],
  ]);
  const engine = compileRules(parseRules(RULE, 'r.yml'), { anyLogsource: false, ...settings });
  const fires = (User: string, Host: string) => engine.detect([eventOf({ User, Host })]).length > 0;
  expect([fires('adm_eve', 'X-WEB-1'), fires('5', 'x-db-'), fires('eve', 'x-db-')]).toEqual([
    true,
    true,
    false,
  ]);
});

test.each([{}, { Administrators: [] }])(
  'without values the rule is rejected, and it is said which are missing',
  (placeholders) => {
    const settings = loadSettings({ ...NO_RULE_SETTINGS, placeholders });
    const documents = parseRules(RULE, 'r.yml');
    const { problems, ruleIds } = compileRules(documents, { anyLogsource: false, ...settings });
    expect(ruleIds).toEqual([]);
    expect(problems).toMatchObject([
      {
        line: 6,
        message: 'The placeholder %Administrators% has no values.',
        hint: expect.stringContaining('PUT /api/v1/sigma/placeholders/Administrators') as unknown,
      },
    ]);
    expect([...countPlaceholders(documents)]).toEqual([
      ['Administrators', 1],
      ['Servers', 1],
    ]);
  },
);

test('pipelines come from files, folders and the data; disabled ones and broken ones are not applied', () => {
  const pipeline = (priority: number) => `priority: ${priority}\ntransformations: []\n`;
  file('b.yml', pipeline(5));
  file('broken.yml', 'transformations: [{type: nope}]');
  const settings = loadSettings({
    ...NO_RULE_SETTINGS,
    pipelinePaths: [folder, join(folder, 'missing.yml')],
    pipelines: [
      { name: 'stored', yaml: pipeline(1), enabled: true },
      { name: 'off', yaml: pipeline(0), enabled: false },
    ],
  });
  expect(settings.pipelines.map(({ name }) => name)).toEqual(['stored', join(folder, 'b.yml')]);
  expect(settings.problems).toMatchObject([
    { file: join(folder, 'missing.yml'), severity: 'error' },
    { file: join(folder, 'broken.yml'), severity: 'error', line: 1 },
  ]);
});

test.each([
  ['a: [', 1],
  ['- a', 1],
  ['a: 1\n---\nb: 2', 1],
  ['two words: [a]', 1],
  ['ok: [a]\nbad: [{x: 1}]', 2],
  ['ok: [a]\nbad: null', 2],
])('%j is no list of values in line %i', (yaml, line) => {
  expect(parseValueLists(yaml, 'l.yml').problems).toMatchObject([{ severity: 'error', line }]);
});

test('any file of lists ends as lists and problems', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.jsonValue().map((value) => JSON.stringify(value)),
      ),
      (text) => {
        const { lists, problems } = parseValueLists(text, 'l.yml');
        if (lists.size === 0 && text.trim() !== '{}') expect(problems.length).toBeGreaterThan(0);
        for (const { line, column } of problems) expect(Math.min(line, column)).toBeGreaterThanOrEqual(1);
      },
    ),
  );
});
