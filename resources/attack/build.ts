/**
 * Makes `enterprise.json` and `threats.json` from MITRE's STIX bundle and the table of v19 revocations:
 *
 *   node resources/attack/build.ts <folder with the bundle and the table>
 *
 * Release 18.1 is the newest that was at hand as a STIX bundle; what release 19 changed is written below
 * and in the table, each with where it was seen.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { gunzipSync } from 'node:zlib';
import { z } from 'zod';
import type { AttackFacts } from '#shared/model/attack-catalogue.ts';
import { attackId, isCurrent, stixObject, type StixObject } from './stix.ts';
import { threatsOf } from './threats.ts';

const BUNDLE = 'enterprise-attack-18.1.stix20.json.gz';
const REVOCATIONS = 'attack-v18.1-to-v19-revoked.tsv';

/** v19 renamed TA0005 and put TA0112 beside it; the other tactics kept id, name and order. */
const V19_TACTICS = [
  { id: 'TA0005', shortName: 'stealth', name: 'Stealth' },
  { id: 'TA0112', shortName: 'defense-impairment', name: 'Defense Impairment' },
];
const SPLIT = 'defense-evasion';

/**
 * Techniques that left defense-evasion for defense-impairment, with their sub-techniques: those which public
 * rules, retagged for v19, carry only under the new tactic. All others went to stealth.
 */
const IMPAIRMENT = ['T1112', 'T1207', 'T1222', 'T1484', 'T1553', 'T1556', 'T1562', 'T1578', 'T1599'];
/** Techniques that retagged rules carry under neither half: they kept only their other tactics. */
const NO_LONGER_EVASION = ['T1548', 'T1550'];

/** In use by public v19 rules, in neither source with a name: the id stands in for it. */
const UNNAMED_V19 = ['T1686.003'];
/** Impersonation and e-mail spoofing stayed with stealth when v19 gave them new ids; the rest impair defences. */
const V19_STEALTH = ['T1684'];

/** A technique or one of its sub-techniques. */
function isUnder(id: string, roots: readonly string[]): boolean {
  return roots.includes(id.split('.')[0] ?? id);
}

function matrixOrder(objects: readonly StixObject[]): AttackFacts['tactics'] {
  const byStixId = new Map(objects.map((object) => [object.id, object]));
  const matrix = objects.find((object) => object.type === 'x-mitre-matrix');
  return (matrix?.tactic_refs ?? []).flatMap((ref) => {
    const tactic = byStixId.get(ref);
    if (tactic?.x_mitre_shortname === SPLIT) return V19_TACTICS;
    return tactic === undefined
      ? []
      : [{ id: attackId(tactic), shortName: tactic.x_mitre_shortname ?? '', name: tactic.name ?? '' }];
  });
}

function toV19(id: string, tacticsV18: readonly string[]): string[] {
  return tacticsV18.flatMap((tactic) => {
    if (tactic !== SPLIT) return [tactic];
    if (isUnder(id, NO_LONGER_EVASION)) return [];
    return [isUnder(id, IMPAIRMENT) ? 'defense-impairment' : 'stealth'];
  });
}

function revokedIn18(objects: readonly StixObject[]): Map<string, string> {
  const idOf = new Map(objects.map((object) => [object.id, attackId(object)]));
  return new Map(
    objects
      .filter((object) => object.type === 'relationship' && object.relationship_type === 'revoked-by')
      .map((object): [string, string] => [
        idOf.get(object.source_ref ?? '') ?? '',
        idOf.get(object.target_ref ?? '') ?? '',
      ])
      .filter(([old, current]) => /^T\d/.test(old) && /^T\d/.test(current)),
  );
}

/** Rows of the table: old id, old name, new id, new name. */
function revokedIn19(text: string): readonly (readonly [old: string, current: string, name: string])[] {
  return text
    .split('\n')
    .filter((line) => /^T\d/.test(line))
    .map((line) => line.split('\t'))
    .map(([old = '', , current = '', name = '']) => [old, current, name.trim()] as const);
}

function readBundle(folder: string): readonly StixObject[] {
  const bundle: unknown = JSON.parse(gunzipSync(readFileSync(path.join(folder, BUNDLE))).toString('utf8'));
  return z.object({ objects: z.array(stixObject) }).parse(bundle).objects;
}

function build(folder: string, objects: readonly StixObject[]): AttackFacts {
  const tactics = matrixOrder(objects);
  const order = (names: readonly string[]): string[] =>
    [...names].sort(
      (left, right) =>
        tactics.findIndex((tactic) => tactic.shortName === left) -
        tactics.findIndex((tactic) => tactic.shortName === right),
    );

  const v19 = revokedIn19(readFileSync(path.join(folder, REVOCATIONS), 'utf8'));
  const replaced = revokedIn18(objects);
  for (const [old, current] of v19) replaced.set(old, current);
  // A chain of revocations ends at the newest id.
  for (const [old, current] of replaced) replaced.set(old, replaced.get(current) ?? current);

  const techniques = new Map<string, AttackFacts['techniques'][number]>();
  for (const object of objects) {
    if (object.type !== 'attack-pattern' || !isCurrent(object)) continue;
    const id = attackId(object);
    if (replaced.has(id)) continue;
    const tacticsV18 = (object.kill_chain_phases ?? []).map((phase) => phase.phase_name);
    techniques.set(id, { id, name: object.name ?? id, tactics: order(toV19(id, tacticsV18)), tacticsV18 });
  }
  const added: [string, string][] = [
    ...v19.map(([, id, name]): [string, string] => [id, name]),
    ...UNNAMED_V19.map((id): [string, string] => [id, id]),
  ];
  for (const [id, name] of added) {
    const tactic = isUnder(id, V19_STEALTH) ? 'stealth' : 'defense-impairment';
    techniques.set(id, { id, name, tactics: [tactic], tacticsV18: [] });
  }
  return {
    versions: { v18: '18.1', v19: '19' },
    tactics,
    techniques: [...techniques.values()].sort((left, right) => left.id.localeCompare(right.id, 'en')),
    replaced: Object.fromEntries([...replaced].sort(([left], [right]) => left.localeCompare(right, 'en'))),
  };
}

/** One fact a line: compact, and a new release gives a readable difference. */
function rows(list: readonly unknown[]): string {
  return list.map((row) => `  ${JSON.stringify(row)}`).join(',\n');
}

function print(facts: AttackFacts): string {
  return [
    '{',
    ` "versions": ${JSON.stringify(facts.versions)},`,
    ` "tactics": [\n${rows(facts.tactics)}\n ],`,
    ` "techniques": [\n${rows(facts.techniques)}\n ],`,
    ` "replaced": ${JSON.stringify(facts.replaced)}`,
    '}',
    '',
  ].join('\n');
}

const folder =
  process.argv[2] ?? path.join(import.meta.dirname, '..', '..', '..', 'shared', 'data', 'attack');
const objects = readBundle(folder);
const facts = build(folder, objects);
const known = new Set(facts.techniques.map(({ id }) => id));
const threats = threatsOf(objects, (id) => {
  const current = facts.replaced[id] ?? id;
  return known.has(current) ? current : undefined;
});
const files = {
  'enterprise.json': print(facts),
  'threats.json': `{"threats":[\n${rows(threats.threats)}\n]}\n`,
};
for (const [name, text] of Object.entries(files)) {
  writeFileSync(path.join(import.meta.dirname, name), text);
  process.stdout.write(`Wrote ${name}\n`);
}
