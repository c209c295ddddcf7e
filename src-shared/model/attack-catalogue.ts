import { z } from 'zod';
import type { AttackRef } from './attack.ts';

/**
 * ATT&CK facts as `resources/attack/enterprise.json` holds them. Two releases side by side: 19 is what Harrier
 * shows; 18 is what older rules are tagged with. Release 19 split the tactic defense-evasion into stealth and
 * defense-impairment.
 */
export const attackFacts = z.object({
  /** Releases as published: facts come from `v18`, renames and revocations from `v19`. */
  versions: z.object({ v18: z.string(), v19: z.string() }),
  /** Columns of the v19 matrix, left to right. */
  tactics: z.array(z.object({ id: z.string(), shortName: z.string(), name: z.string() })),
  techniques: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      /** Tactic short names in v19, matrix order. */
      tactics: z.array(z.string()),
      /** Tactic short names in v18; empty for techniques new in v19. */
      tacticsV18: z.array(z.string()),
    }),
  ),
  /** Technique ids that were revoked in any release, each with its current replacement. */
  replaced: z.record(z.string(), z.string()),
});

export type AttackFacts = z.infer<typeof attackFacts>;

export interface AttackTactic {
  /** "TA0006" */
  readonly id: string;
  /** "credential-access" */
  readonly shortName: string;
  readonly name: string;
}

export interface AttackTechnique {
  /** "T1110.001" */
  readonly id: string;
  readonly name: string;
  readonly tactics: readonly string[];
  readonly tacticsV18: readonly string[];
  /** "T1110" of "T1110.001"; null for a technique of the first level. */
  readonly parent: string | null;
}

/** The v18 tactic that v19 split, and its two parts. */
const SPLIT_TACTIC = 'defense-evasion';
const SPLIT_INTO: readonly string[] = ['stealth', 'defense-impairment'];
/** Where a bare defense-evasion tag goes: v19 kept the tactic's id (TA0005) for stealth. */
const SPLIT_DEFAULT = 'stealth';

export interface AttackCatalogue {
  /** Release that ids, names and tactics follow ("19"). */
  readonly version: string;
  readonly tactics: readonly AttackTactic[];
  readonly techniques: readonly AttackTechnique[];
  /** Technique of an id in any case; a revoked id gives its replacement. Undefined when ATT&CK has no such id. */
  technique(id: string): AttackTechnique | undefined;
  /** Column of a tactic in the matrix from 0; of a v18 name too. -1 when unknown. */
  tacticOrder(shortName: string): number;
  /** v19 short name of a tactic named by either release; `technique` decides which half of a split tactic. */
  toV19(shortName: string, technique?: string): string;
  /** v18 short name of a tactic named by either release. */
  toV18(shortName: string): string;
  /** What the `attack.*` tags of one rule say, in v19 names: its first technique, and the tactic that goes with it. */
  refOfTags(tags: readonly string[]): AttackRef | null;
  /** All tactics (v19, matrix order) and techniques (current ids) that a rule's tags name. */
  namesOfTags(tags: readonly string[]): {
    readonly tactics: readonly string[];
    readonly techniques: readonly string[];
  };
}

function parentOf(id: string): string | null {
  const dot = id.indexOf('.');
  return dot === -1 ? null : id.slice(0, dot);
}

const TECHNIQUE_TAG = /^attack\.(t\d{4}(?:\.\d{3})?)$/i;
/** Tactics are written with dashes since specification 2.0 and with underscores before. */
const TACTIC_TAG = /^attack\.([a-z]+(?:[-_][a-z]+)*)$/i;

function toV18(shortName: string): string {
  return SPLIT_INTO.includes(shortName) ? SPLIT_TACTIC : shortName;
}

/** Builds the look-ups over checked facts. Pure. */
export function createAttackCatalogue(facts: AttackFacts): AttackCatalogue {
  const techniques = facts.techniques.map((row): AttackTechnique => ({ ...row, parent: parentOf(row.id) }));
  const byId = new Map(techniques.map((row) => [row.id, row]));
  const order = new Map(facts.tactics.map((tactic, index) => [tactic.shortName, index]));
  const replaced = new Map(Object.entries(facts.replaced));

  const technique = (id: string): AttackTechnique | undefined => {
    const upper = id.toUpperCase();
    return byId.get(replaced.get(upper) ?? upper);
  };
  const toV19 = (shortName: string, techniqueId?: string): string => {
    if (shortName !== SPLIT_TACTIC) return shortName;
    const tactics = techniqueId === undefined ? undefined : technique(techniqueId)?.tactics;
    return tactics?.find((tactic) => SPLIT_INTO.includes(tactic)) ?? SPLIT_DEFAULT;
  };
  const tacticOrder = (shortName: string): number => order.get(toV19(shortName)) ?? -1;

  const namesOfTags: AttackCatalogue['namesOfTags'] = (tags) => {
    const ids = tags.flatMap((tag) => TECHNIQUE_TAG.exec(tag)?.[1] ?? []);
    const found = ids.map((id) => technique(id)?.id ?? id.toUpperCase());
    // A bare defense-evasion tag means whichever halves the rule's techniques belong to.
    const halves = found
      .flatMap((id) => technique(id)?.tactics ?? [])
      .filter((name) => SPLIT_INTO.includes(name));
    const named = tags.flatMap((tag) => {
      const name = TACTIC_TAG.exec(tag)?.[1]?.toLowerCase().replaceAll('_', '-');
      if (name === SPLIT_TACTIC && halves.length > 0) return halves;
      return name === undefined || tacticOrder(name) === -1 ? [] : [toV19(name)];
    });
    const tactics = [...new Set(named)].sort((left, right) => tacticOrder(left) - tacticOrder(right));
    return { tactics, techniques: [...new Set(found)] };
  };

  const refOfTags = (tags: readonly string[]): AttackRef | null => {
    const names = namesOfTags(tags);
    const first = names.techniques[0] ?? null;
    const own = first === null ? [] : (technique(first)?.tactics ?? []);
    const tactic = names.tactics.find((name) => own.includes(name)) ?? names.tactics[0] ?? own[0] ?? null;
    return tactic === null && first === null ? null : { tactic, technique: first };
  };

  return {
    version: facts.versions.v19,
    tactics: facts.tactics,
    techniques,
    technique,
    tacticOrder,
    toV19,
    toV18,
    refOfTags,
    namesOfTags,
  };
}
