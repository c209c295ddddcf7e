import { describe, expect, test } from 'vitest';
import { compileRules } from '../../detect/sigma/compile-rules.ts';
import type { SigmaDocuments } from '../../detect/sigma/document/documents.ts';
import { parseRules } from '../../detect/sigma/document/parse-rule.ts';
import type { RuleRecord } from '../../store/interface/rules.ts';
import { StoredTexts } from './stored-texts.ts';
import { assembleRules, hashOfText, type RuleSet } from './rule-set.ts';

const ID = '6a1b6c1e-6c5f-4a3e-9d6e-0d2c6f5b7a10';

function ruleYaml(title: string, id = ID): string {
  return [
    `title: ${title}`,
    `id: ${id}`,
    'status: test',
    'level: high',
    'logsource: { product: windows, category: process_creation }',
    'detection: { selection: { Image|endswith: mimikatz.exe }, condition: selection }',
  ].join('\n');
}

const NOTHING: SigmaDocuments = { rules: [], correlations: [], filters: [] };

function assembled(sources: {
  readonly shipped?: string;
  readonly folder?: string;
  readonly records?: readonly RuleRecord[];
}): Promise<RuleSet> {
  const read = (yaml: string | undefined, file: string) =>
    yaml === undefined ? NOTHING : parseRules(yaml, file);
  return assembleRules({
    shipped: read(sources.shipped, 'shipped.yml'),
    folders: read(sources.folder, 'folder.yml'),
    records: sources.records ?? [],
    texts: new StoredTexts(),
  });
}

function record(change: Partial<RuleRecord>): RuleRecord {
  return {
    ruleId: ID,
    origin: 'custom',
    yaml: null,
    enabled: true,
    levelOverride: null,
    updatedTs: 0,
    originalHash: null,
    version: 3,
    ...change,
  };
}

describe('assembleRules', () => {
  test('of two rules with one id, the one listed is the one that runs', async () => {
    const set = await assembled({ shipped: ruleYaml('Shipped'), folder: ruleYaml('Copy') });
    const engine = compileRules(set.documents, { anyLogsource: false });
    expect(set.rules.map(({ title, origin }) => [title, origin])).toEqual([['Shipped', 'shipped']]);
    expect(engine.ruleIds).toEqual([ID]);
    expect(engine.problems.map(({ file }) => file)).toEqual(['folder.yml']);
  });

  test('rules of the analyst are read from their records, with the overrides', async () => {
    const mine = record({ yaml: ruleYaml('Mine'), enabled: false, levelOverride: 'low' });
    const [rule] = (await assembled({ records: [mine] })).rules;
    const overrides = { enabled: false, levelOverride: 'low', version: 3, original: null };
    expect(rule).toMatchObject({ id: ID, origin: 'custom', ...overrides });
  });

  test('a text saved for a rule of a file takes its place and keeps its origin', async () => {
    const original = ruleYaml('Shipped');
    const edit = record({ origin: 'shipped', yaml: ruleYaml('Edited'), originalHash: hashOfText(original) });
    const set = await assembled({ shipped: original, folder: ruleYaml('Copy'), records: [edit] });
    expect(set.rules).toMatchObject([
      {
        title: 'Edited',
        origin: 'shipped',
        file: 'shipped.yml',
        yaml: ruleYaml('Edited'),
        original: { yaml: original, changed: false },
      },
    ]);
    const engine = compileRules(set.documents, { anyLogsource: false });
    expect(engine.problems.map(({ file }) => file)).toEqual(['folder.yml']);
  });

  test('an edit says that its file changed beneath it, or is gone', async () => {
    const edit = record({ origin: 'folder', yaml: ruleYaml('Edited'), originalHash: hashOfText('before') });
    const changed = ruleYaml('Changed');
    expect((await assembled({ folder: changed, records: [edit] })).rules[0]?.original).toEqual({
      yaml: changed,
      changed: true,
    });
    expect((await assembled({ records: [edit] })).rules).toMatchObject([
      { title: 'Edited', origin: 'folder', original: { yaml: null, changed: true } },
    ]);
  });

  test('an edit that cannot be read any more leaves the file its place, and is told', async () => {
    const edit = record({ origin: 'shipped', yaml: 'title: [' });
    const set = await assembled({ shipped: ruleYaml('Shipped'), records: [edit] });
    expect(set.rules).toMatchObject([{ title: 'Shipped', original: null, version: 3 }]);
    expect(set.problems).toMatchObject([{ file: 'shipped.yml (edited here)', severity: 'error' }]);
  });
});
