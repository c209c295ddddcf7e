import type { AttackRef } from '#shared/model/attack.ts';

/**
 * Short names of the Enterprise tactics in ATT&CK v18 and v19. Version 19 renamed defense-evasion to stealth
 * and added defense-impairment; rules of both ages are in use.
 */
const TACTICS: ReadonlySet<string> = new Set([
  'reconnaissance',
  'resource-development',
  'initial-access',
  'execution',
  'persistence',
  'privilege-escalation',
  'defense-evasion',
  'stealth',
  'defense-impairment',
  'credential-access',
  'discovery',
  'lateral-movement',
  'collection',
  'command-and-control',
  'exfiltration',
  'impact',
]);

const TECHNIQUE = /^t\d{4}(?:\.\d{3})?$/;
/** Objects that are neither tactic nor technique: assets, campaigns, groups, mitigations, software, data sources. */
const OTHER_OBJECT = /^(?:[acgms]\d{4}|ds\d{4})$/;

/**
 * ATT&CK references of a rule's tags: each technique with the tactic tag nearest before it (or the rule's
 * first tactic), and tactics of rules that name no technique.
 */
export function attackOf(tags: readonly string[]): readonly AttackRef[] {
  const names = tags.filter(isAttack).map(attackName);
  const tactics = names.filter((name) => TACTICS.has(name));
  const references: AttackRef[] = [];
  let tactic = tactics[0] ?? null;
  for (const name of names) {
    if (TACTICS.has(name)) tactic = name;
    else if (TECHNIQUE.test(name)) references.push({ tactic, technique: name.toUpperCase() });
  }
  return references.length > 0 ? references : tactics.map((name) => ({ tactic: name, technique: null }));
}

/** True for an `attack.` tag that names nothing ATT&CK has. */
export function isUnknownAttackTag(tag: string): boolean {
  if (!isAttack(tag)) return false;
  const name = attackName(tag);
  return !TACTICS.has(name) && !TECHNIQUE.test(name) && !OTHER_OBJECT.test(name);
}

function isAttack(tag: string): boolean {
  return tag.toLowerCase().startsWith('attack.');
}

/** Name behind `attack.`; rules older than specification 2.0 write tactics with underscores. */
function attackName(tag: string): string {
  return tag.slice('attack.'.length).toLowerCase().replaceAll('_', '-');
}
