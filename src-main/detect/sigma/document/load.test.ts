import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { checkRules } from '../lint/check-rules.ts';
import { loadRules, toLoadedRule } from './load.ts';
import { ruleYaml } from '../testing/events.ts';

let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'harrier-rules-'));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(name: string, yaml: string): void {
  writeFileSync(join(folder, name), yaml);
}

test('folders are read by name, all the way down; broken files are listed and cost no others', () => {
  mkdirSync(join(folder, 'deep'));
  write('deep/b.yaml', ruleYaml('s: {F: 1}\ncondition: s', 'b'));
  write('a.yml', ruleYaml('s: {F: 1}\ncondition: s', 'a'));
  write('broken.yml', 'title: [');
  write('notes.txt', 'not a rule');
  symlinkSync(folder, join(folder, 'circle'));
  const { rules, problems } = loadRules([folder]);
  expect(rules.map(({ id }) => id)).toEqual(['a', 'b']);
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors).toMatchObject([{ file: join(folder, 'broken.yml'), stage: 'yaml', severity: 'error' }]);
});

test('a path that is not there is a problem, not a crash', () => {
  const { rules, problems } = loadRules([join(folder, 'missing')]);
  expect(rules).toEqual([]);
  expect(problems).toMatchObject([{ severity: 'error', line: 1 }]);
});

test.skipIf(process.getuid?.() === 0)(
  'a file that may not be read is a problem (skipped as root, who may read everything)',
  () => {
    write('secret.yml', ruleYaml('s: {F: 1}\ncondition: s'));
    chmodSync(join(folder, 'secret.yml'), 0);
    expect(loadRules([folder]).problems).toMatchObject([{ severity: 'error' }]);
  },
);

test('a check finds the problems of every stage, in order', () => {
  write('a.yml', ruleYaml('s: {F|contians: 1}\ncondition: s', 'a'));
  write('b.yml', ruleYaml('s: {F: 1}\ncondition: t', 'b'));
  write(
    'c.yml',
    `${ruleYaml('s: {F: 1}\ncondition: s', 'c')}---\n${ruleYaml('s: {F: 2}\ncondition: s', 'c')}`,
  );
  const { rules, files, problems } = checkRules([folder], { attack: null, evidence: null });
  expect([rules.length, files]).toEqual([4, 3]);
  const errors = problems.filter(({ severity }) => severity === 'error');
  expect(errors.map(({ file, line, message }) => [file.slice(-5), line, message.split(';')[0]])).toEqual([
    ['a.yml', 5, 'Sigma has no modifier "contians".'],
    ['b.yml', 6, 'There is no selection "t".'],
    ['c.yml', 9, `The id c is already used by ${join(folder, 'c.yml')}`],
  ]);
});

test('a loaded rule carries its text and the fields that it reads', () => {
  write('a.yml', ruleYaml('s: {F|contains: x, G: 1}\nk: [word]\ncondition: s or k', 'a'));
  const [rule] = loadRules([folder]).rules;
  expect(rule && toLoadedRule(rule, 'folder')).toMatchObject({
    id: 'a',
    fields: ['F', 'G'],
    origin: 'folder',
    enabled: true,
  });
});
