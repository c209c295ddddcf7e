import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { attackFacts, createAttackCatalogue } from '#shared/model/attack-catalogue.ts';
import { installPath } from '../../../platform/install-path.ts';
import { compileAll } from '../compile-rules.ts';
import { parseRules } from '../document/parse-rule.ts';
import type { LintContext } from './check.ts';
import { RULE_CHECKS } from './checks.ts';
import { lintRules } from './lint-rules.ts';
import { editDistance, nearestName } from './nearest-name.ts';

const attack = createAttackCatalogue(
  attackFacts.parse(JSON.parse(readFileSync(installPath('resources', 'attack', 'enterprise.json'), 'utf8'))),
);

const HEAD = [
  'title: A rule',
  'id: 0f8e3c51-7d4e-4d6b-9d35-1a2b3c4d5e6f',
  'status: test',
  'description: Why it matters.',
  'author: A',
  'date: 2026-01-02',
  'level: high',
].join('\n');
const LOGSOURCE = 'logsource: {product: windows, category: process_creation}';

interface Linted {
  readonly detection?: string;
  readonly logsource?: string;
  readonly head?: string;
  readonly extra?: string;
}

function lint(
  { detection = 's: {Image: x}\n  condition: s', logsource = LOGSOURCE, head = HEAD, extra = '' }: Linted,
  context: Partial<LintContext> = {},
) {
  const yaml = `${head}\n${logsource}\n${extra}detection:\n  ${detection}\n`;
  const documents = parseRules(yaml, 'a.yml');
  const { rules, problems } = compileAll(documents, { anyLogsource: false });
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([]);
  return lintRules(documents.rules, rules, { attack, evidence: null, ...context });
}

const idsOf = (problems: ReturnType<typeof lint>) => problems.map(({ check }) => check);

test('a rule with nothing to say about it gives nothing', () => {
  expect(lint({})).toEqual([]);
});

/** What a check finds, the place and what it proposes; then what it must leave alone. */
const FOUND: readonly (readonly [check: string, linted: Linted, line: number, says: string])[] = [
  ['unknown-key', { extra: 'falsepositive: [x]\n' }, 9, 'falsepositives'],
  [
    'unknown-key',
    { logsource: 'logsource:\n  product: windows\n  catgory: process_creation' },
    10,
    'category',
  ],
  ['unknown-logsource', { logsource: 'logsource: {product: windwos}' }, 8, 'windows'],
  [
    'unknown-logsource',
    { logsource: 'logsource: {product: windows, category: proces_creation}' },
    8,
    'process_creation',
  ],
  ['unknown-logsource', { logsource: 'logsource: {product: linux, service: security}' }, 8, 'windows'],
  ['unknown-field', { detection: 's: {Comandline: x}\n  condition: s' }, 10, 'CommandLine'],
  ['unknown-field', { detection: 's: {commandline: x}\n  condition: s' }, 10, 'CommandLine'],
  ['unknown-field', { detection: 's: {TargetObject: x}\n  condition: s' }, 10, 'registry_add'],
  ['unused-selection', { detection: 's: {Image: x}\n  t: {User: y}\n  condition: s' }, 11, 'Name it'],
  ['impossible-condition', { detection: 's: {Image: x}\n  condition: s and not s' }, 11, 'covers everything'],
  [
    'impossible-condition',
    { detection: "s: {Image: 'a\\x.exe'}\n  f: {Image|endswith: '\\x.exe'}\n  condition: s and not f" },
    12,
    'covers',
  ],
  ['impossible-condition', { detection: 's: {Image: x}\n  condition: s or not s' }, 11, 'Narrow'],
  [
    'redundant-selection',
    { detection: 's: {Image: x}\n  t: {Image: x, User: y}\n  condition: s and t' },
    10,
    'Remove',
  ],
  [
    'redundant-selection',
    { detection: 's: {Image: x}\n  t: {Image: x, User: y}\n  condition: s or t' },
    11,
    'Remove',
  ],
  ['contradictory-items', { detection: 's: {Image|all: [x, y]}\n  condition: s' }, 10, 'several values'],
  [
    'contradictory-items',
    { detection: "s: {Image: x, Image|endswith: '\\y'}\n  condition: s" },
    10,
    'several values',
  ],
  ['repeated-value', { detection: 's: {Image: [x, X]}\n  condition: s' }, 10, 'case does not count'],
  ['covered-value', { detection: 's: {Image|contains: [foo, foobar]}\n  condition: s' }, 10, 'Remove'],
  ['covered-value', { detection: "s: {Image: ['*foo*', '*foobar*', 'x?y']}\n  condition: s" }, 10, 'Remove'],
  ['covered-value', { detection: 's: {Image|contains|all: [foo, foobar]}\n  condition: s' }, 10, 'Remove'],
  [
    'all-of-them',
    { detection: 's: {Image: x}\n  t: {User: y}\n  condition: all of them' },
    12,
    'Name the selections',
  ],
  ['wildcard-modifier', { detection: "s: {Image: '*\\x.exe'}\n  condition: s" }, 10, 'Image|endswith'],
  ['wildcard-modifier', { detection: "s: {Image|contains: '*x*'}\n  condition: s" }, 10, 'Remove them'],
  ['regex-as-modifier', { detection: "s: {Image|re: '.*foo\\.exe$'}\n  condition: s" }, 10, 'Image|endswith'],
  ['slow-regex', { detection: "s: {Image|re: '[a-z]+[0-9]+'}\n  condition: s" }, 10, 'Add a selection'],
  ['idle-modifier', { detection: "s: {Image|cased: '123'}\n  condition: s" }, 10, 'Remove'],
  ['idle-modifier', { detection: 's: {CommandLine|windash|contains: a-b}\n  condition: s' }, 10, 'Remove'],
  ['attack-tags', { extra: 'tags: [attack.t9999]\n' }, 9, 'Check the number'],
  ['attack-tags', { extra: 'tags: [attack.credential_access]\n' }, 9, 'attack.credential-access'],
  ['attack-tags', { extra: 'tags: [attack.collection, attack.t1110]\n' }, 9, 'attack.credential-access'],
  ['attack-tags', { extra: 'tags: [attack.stealth, attack.t1070.001]\n' }, 9, 'attack.t1685.005'],
  ['missing-metadata', { head: HEAD.replace('status: test\n', '') }, 1, 'Add what'],
  ['id-is-uuid', { head: HEAD.replace(/id: .*/, 'id: my-rule') }, 2, 'UUID'],
  ['false-positives', { extra: 'falsepositives: [None]\n' }, 9, 'Unknown'],
  ['false-positives', { extra: 'falsepositives: [admins do this]\n' }, 9, 'sentence'],
  ['dates-in-order', { extra: 'modified: 2025-01-01\n' }, 9, 'Correct'],
];

describe.each(FOUND)('%s', (check, linted, line, says) => {
  it(`is found in ${JSON.stringify(linted)}`, () => {
    const found = lint(linted).filter((problem) => problem.check === check);
    expect(found).toMatchObject([{ stage: 'lint', severity: 'warning', line, file: 'a.yml' }]);
    expect(found[0]?.hint).toContain(says);
  });
});

test('each check is in docs/rules.md', () => {
  const page = readFileSync(installPath('docs', 'rules.md'), 'utf8').replace(/ +/g, ' ');
  const missing = RULE_CHECKS.filter(({ id, summary }) => !page.includes(`| \`${id}\` | ${summary} |`));
  expect(missing.map(({ id }) => id)).toEqual([]);
});

test('each check has a case above', () => {
  const covered = new Set(FOUND.map(([check]) => check));
  const missing = RULE_CHECKS.map(({ id }) => id).filter((id) => !covered.has(id));
  // Evidence has a test of its own.
  expect(missing).toEqual(['unseen-in-evidence']);
});

test.each<[string, Linted]>([
  ['a key of one’s own', { extra: 'simulation: [x]\n' }],
  [
    'tags of release 18 and of release 19',
    { extra: 'tags: [attack.defense-evasion, attack.t1036, attack.stealth]\n' },
  ],
  ['an alternative beside another', { detection: 's: {Image: x}\n  t: {User: y}\n  condition: s or t' }],
  ['values that only look alike', { detection: 's: {Image|endswith: [a.exe, b.exe]}\n  condition: s' }],
  [
    'a filter that takes out a part',
    { detection: 's: {Image|endswith: x}\n  f: {Image: ax}\n  condition: s and not f' },
  ],
  ['wildcards that differ', { detection: "s: {Image: ['*a', 'b*']}\n  condition: s" }],
  ['a whole value and its end', { detection: "s: {Image: 'a\\x', Image|endswith: '\\x'}\n  condition: s" }],
  ['fields of a log without a closed list', { logsource: 'logsource: {product: aws, service: cloudtrail}' }],
])('%s is left alone', (_, linted) => {
  expect(lint(linted)).toEqual([]);
});

test('evidence shows logsources and fields that do not occur, and allows names of its own', () => {
  const base = { product: 'windows', category: 'process_creation', service: 'sysmon' };
  const none = [{ ...base, product: 'linux', fields: new Set<string>() }];
  expect(lint({}, { evidence: none })).toMatchObject([{ check: 'unseen-in-evidence', line: 8 }]);
  const without = [{ ...base, fields: new Set(['User']) }];
  expect(lint({}, { evidence: without })).toMatchObject([{ check: 'unseen-in-evidence', line: 10 }]);
  const own = [{ ...base, fields: new Set(['OwnName']) }];
  expect(lint({ detection: 's: {OwnName: x}\n  condition: s' }, { evidence: own })).toEqual([]);
});

test('two rules with one title are named', () => {
  const yaml = (id: string) =>
    `${HEAD.replace(/id: .*/, `id: ${id}`)}\n${LOGSOURCE}\ndetection: {s: {Image: x}, condition: s}\n`;
  const text = `${yaml('0f8e3c51-7d4e-4d6b-9d35-1a2b3c4d5e6a')}---\n${yaml('0f8e3c51-7d4e-4d6b-9d35-1a2b3c4d5e6b')}`;
  const documents = parseRules(text, 'a.yml');
  const { rules } = compileAll(documents, { anyLogsource: false });
  expect(idsOf(lintRules(documents.rules, rules, { attack: null, evidence: null }))).toEqual(['same-title']);
});

describe('the nearest name', () => {
  it.each([
    ['CommandLien', 'CommandLine'],
    ['commandline', 'CommandLine'],
    ['Imgae', 'Image'],
    ['Foo', null],
    ['Something', null],
  ])('of %s is %s', (name, expected) => {
    expect(nearestName(name, ['Image', 'CommandLine', 'User'])).toBe(expected);
  });

  it('counts edits alike in both directions, and none only for equal texts', () => {
    const text = fc.string({ maxLength: 8 });
    fc.assert(
      fc.property(text, text, (left, right) => {
        const edits = editDistance(left, right);
        expect(edits).toBe(editDistance(right, left));
        expect(edits === 0).toBe(left === right);
        expect(edits).toBeLessThanOrEqual(Math.max(left.length, right.length));
      }),
    );
  });
});
