import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test } from 'vitest';
import { buildZip } from '../../ingest/evidence/build-zip.ts';
import { NO_RULE_SETTINGS } from '../../pipeline/rule-settings.ts';
import type { LogsourceFields } from '../../store/interface/field-census.ts';
import { judgeImport } from './judge.ts';
import type { ExistingRule, RuleImportAnswer } from './messages.ts';

const folder = mkdtempSync(join(tmpdir(), 'harrier-judge-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function ruleYaml(id: string, change: Readonly<Record<string, string>> = {}): string {
  const parts = {
    title: `Rule ${id}`,
    id,
    status: 'test',
    level: 'high',
    logsource: '{ product: windows, category: process_creation }',
    detection: '{ selection: { Image|endswith: tool.exe }, condition: selection }',
    ...change,
  };
  return Object.entries(parts)
    .map(([key, value]) => `${key}: ${value}\n`)
    .join('');
}

let made = 0;
function put(name: string, content: string | Buffer): string {
  const path = join(folder, `${(made += 1)}-${name}`);
  writeFileSync(path, content);
  return path;
}

function judged(
  paths: readonly string[],
  existing: readonly ExistingRule[] = [],
  census: readonly LogsourceFields[] = [],
): Promise<RuleImportAnswer> {
  const inputs = paths.map((path) => ({ path, label: path.slice(folder.length + 1) }));
  return judgeImport({ inputs, existing, census, anyLogsource: false, settings: NO_RULE_SETTINGS });
}

const known = (yaml: string): ExistingRule => ({ id: 'a', file: 'a.yml', yaml });

describe('judgeImport', () => {
  test('rules are added, changed with what changed, or unchanged', async () => {
    const path = put('a.yml', ruleYaml('a'));
    expect(await judged([path])).toMatchObject({
      rules: [{ ruleId: 'a', title: 'Rule a', outcome: 'added' }],
      taken: [{ id: 'a', yaml: ruleYaml('a') }],
    });
    const other = known(ruleYaml('a', { level: 'low', author: 'Someone' }));
    expect(await judged([path], [other])).toMatchObject({
      rules: [{ outcome: 'changed', changedFields: ['level', 'author'] }],
      taken: [{ id: 'a' }],
    });
    const same = known(`# A comment.\n${ruleYaml('a')}`);
    expect(await judged([path], [same])).toMatchObject({ rules: [{ outcome: 'unchanged' }], taken: [] });
  });

  test('of two rules with one id the first is taken', async () => {
    const first = put('a.yml', ruleYaml('a'));
    const { rules, taken } = await judged([first, put('b.yml', ruleYaml('a', { title: 'Other' }))]);
    expect(rules).toMatchObject([
      { outcome: 'added', title: 'Rule a' },
      {
        outcome: 'duplicate_id',
        title: 'Other',
        reason: expect.stringContaining('-a.yml has the id a too') as string,
      },
    ]);
    expect(taken).toHaveLength(1);
  });

  test('what is no rule is invalid with its place, beside those of its file that are', async () => {
    const text = `${ruleYaml('a')}---\n${ruleYaml('b', { logsource: 'windows' })}---\n${ruleYaml('c')}`;
    const { rules, taken } = await judged([put('three.yml', text), put('broken.yml', 'title: [')]);
    expect(rules).toMatchObject([
      { outcome: 'invalid', ruleId: null, problems: [{ line: 12, stage: 'schema', severity: 'error' }] },
      { outcome: 'added', ruleId: 'a', problems: [] },
      { outcome: 'added', ruleId: 'c' },
      { outcome: 'invalid', problems: [{ line: 1, column: 9, stage: 'yaml' }] },
    ]);
    expect(taken.map(({ id }) => id)).toEqual(['a', 'c']);
  });

  test('what the engine cannot run is unsupported, with its place', async () => {
    const detection = '{ selection: { Image|nonsense: x }, condition: selection }';
    const { rules, taken } = await judged([put('a.yml', ruleYaml('a', { detection }))]);
    expect(rules).toMatchObject([
      { outcome: 'unsupported', ruleId: 'a', problems: [{ line: 6, stage: 'compile', severity: 'error' }] },
    ]);
    expect(taken).toEqual([]);
  });

  test('a filter may name a rule that there is already', async () => {
    const filter = [
      'title: Not this host',
      'id: f',
      'logsource: { product: windows, category: process_creation }',
      'filter: { rules: [a], selection: { Computer: x }, condition: not selection }',
      '',
    ].join('\n');
    const { rules } = await judged([put('f.yml', filter)], [known(ruleYaml('a'))]);
    expect(rules).toMatchObject([{ outcome: 'added', ruleId: 'f', problems: [] }]);
  });

  test('rules that no stored event could match say why, and are taken', async () => {
    const logsource = { product: 'windows', category: 'process_creation', service: null };
    const fields = [{ name: 'CommandLine', count: 9 }];
    const census = [{ ...logsource, events: 9, sampled: 9, fields }];
    const dns = ruleYaml('b', { logsource: '{ product: windows, category: dns_query }' });
    const cmd = ruleYaml('c', { detection: '{ selection: { CommandLine: x }, condition: selection }' });
    const { rules, taken } = await judged(
      [put('x.yml', `${ruleYaml('a')}---\n${dns}---\n${cmd}`)],
      [],
      census,
    );
    expect(rules.map(({ ruleId, neverMatches }) => [ruleId, neverMatches])).toEqual([
      ['a', 'No event of windows/process_creation/- had Image.'],
      ['b', 'No event had the logsource windows/dns_query/-.'],
      ['c', null],
    ]);
    expect(taken).toHaveLength(3);
  });
});

describe('archives', () => {
  const MEMBERS = { 'rules/a.yml': ruleYaml('a'), 'README.md': '# Rules', 'rules/b.YAML': ruleYaml('b') };

  function tarball(): Buffer {
    const root = mkdtempSync(join(folder, 'tar-'));
    mkdirSync(join(root, 'rules'));
    for (const [name, content] of Object.entries(MEMBERS)) writeFileSync(join(root, name), content);
    return execFileSync('tar', ['-cf', '-', '-C', root, ...Object.keys(MEMBERS)]);
  }

  const zip = (members: Readonly<Record<string, string>>): Buffer =>
    buildZip(Object.entries(members).map(([name, content]) => ({ name, content: Buffer.from(content) })));

  test.each([
    ['rules.zip', () => zip(MEMBERS)],
    ['rules.tar', tarball],
    ['rules.tar.gz', () => gzipSync(tarball())],
  ])('are read as %s, known by their content', async (name, build) => {
    const path = put(name.replaceAll('.', '-'), build());
    const { rules, files, others } = await judged([path]);
    expect({ files, others }).toEqual({ files: 2, others: 1 });
    expect(rules.map(({ file, outcome }) => [file.replace(/^.*!/, ''), outcome])).toEqual([
      ['rules/a.yml', 'added'],
      ['rules/b.YAML', 'added'],
    ]);
  });

  test('names that climb out are names and nothing more', async () => {
    const hostile = {
      '../../escape.yml': ruleYaml('a'),
      '/etc/rules.yml': ruleYaml('b'),
      '.github/x.yml': 'on: push',
    };
    const { rules } = await judged([put('hostile.zip', zip(hostile))]);
    expect(rules.map(({ ruleId }) => ruleId)).toEqual(['a', 'b']);
    expect(rules[0]?.file).toMatch(/hostile\.zip!\.\.\/\.\.\/escape\.yml$/);
  });

  test('a bomb is refused while it is small, and what stood before it is kept', async () => {
    const bomb = Buffer.alloc(80 * 1024 * 1024, 0x20);
    const members = [
      { name: 'a.yml', content: Buffer.from(ruleYaml('a')) },
      { name: 'b.yml', content: bomb },
    ];
    const { rules } = await judged([put('bomb.zip', buildZip(members)), put('bomb.yml.gz', gzipSync(bomb))]);
    expect(rules.map(({ file, outcome }) => [file.replace(/^\d+-/, ''), outcome])).toEqual([
      ['bomb.zip!b.yml', 'unreadable'],
      ['bomb.yml.gz', 'unreadable'],
      ['bomb.zip!a.yml', 'added'],
    ]);
    expect(rules[0]?.reason).toMatch(/the limit is 4194304/);
  });

  test.each([
    ['a damaged zip', Buffer.concat([zip(MEMBERS).subarray(0, 60)]), /./],
    ['a truncated gzip', gzipSync(tarball()).subarray(0, 100), /ends in the middle/],
    ['bytes that are no text', Buffer.from([0x80, 0xff, 0xfe]), /not text in UTF-8/],
  ])('%s is reported', async (_, content, reason) => {
    const { rules } = await judged([put('damaged', content)]);
    expect(rules).toMatchObject([{ outcome: 'unreadable' }]);
    expect(rules[0]?.reason).toMatch(reason);
  });

  test.skipIf(!existsSync('/dev/zero'))('a device, which never ends, is not read', async () => {
    const { rules } = await judged(['/dev/zero']);
    const reason = 'it is a device, pipe or socket, not a file';
    expect(rules).toMatchObject([{ outcome: 'unreadable', reason }]);
  });

  test('a path that does not exist is reported beside the others', async () => {
    const { rules } = await judged([join(folder, 'missing.zip'), put('a.yml', ruleYaml('a'))]);
    expect(rules).toMatchObject([
      { file: 'missing.zip', outcome: 'unreadable', reason: 'it does not exist, or was removed meanwhile' },
      { outcome: 'added' },
    ]);
  });
});
