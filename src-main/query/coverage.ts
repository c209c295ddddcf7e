import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { RuleFires } from '../store/interface/reader.ts';

/** What the grid needs of a rule. */
export interface MappedRule {
  readonly id: string;
  readonly tags: readonly string[];
  readonly enabled: boolean;
}

/** One technique under one of its tactics. */
export interface GridCell {
  /** Short name: "credential-access". */
  readonly tactic: string;
  readonly technique: string;
  readonly name: string;
  /** Technique that a sub-technique belongs to. */
  readonly parent: string | null;
  readonly rules: number;
  readonly enabled: number;
  readonly fired: number;
  /** UTC epoch milliseconds. */
  readonly lastFired: number | null;
}

interface Tally {
  rules: number;
  enabled: number;
  fired: number;
  lastFired: number | null;
}

export interface CoverageGrid {
  /** Every technique under each of its tactics, in the catalogue's order. */
  readonly cells: readonly GridCell[];
  /** Ids that rules name and this release of ATT&CK does not have. */
  readonly unknown: readonly string[];
}

/** Rules and fires per (tactic, technique). A count of rules mapped, which is not a claim of protection. */
export function coverageGrid(
  catalogue: AttackCatalogue,
  rules: readonly MappedRule[],
  fires: readonly RuleFires[],
): CoverageGrid {
  const firesOf = new Map(fires.map((one) => [one.ruleId, one]));
  const tallies = new Map<string, Tally>();
  const unknown = new Set<string>();
  for (const rule of rules) {
    const named = catalogue.namesOfTags(rule.tags);
    for (const id of named.techniques) if (catalogue.technique(id) === undefined) unknown.add(id);
    for (const key of cellKeys(catalogue, named)) add(tallies, key, { rule, fires: firesOf.get(rule.id) });
  }
  return { cells: cellsOf(catalogue, tallies), unknown: [...unknown].sort() };
}

/** Cells of one rule: each technique under the tactics that the rule names and it serves, else under all it serves. */
function cellKeys(
  catalogue: AttackCatalogue,
  named: ReturnType<AttackCatalogue['namesOfTags']>,
): ReadonlySet<string> {
  const keys = named.techniques.flatMap((id) => {
    const technique = catalogue.technique(id);
    if (technique === undefined) return [];
    const shared = technique.tactics.filter((tactic) => named.tactics.includes(tactic));
    return (shared.length > 0 ? shared : technique.tactics).map((tactic) => cellKey(tactic, technique.id));
  });
  return new Set(keys);
}

function add(
  tallies: Map<string, Tally>,
  key: string,
  { rule, fires }: { readonly rule: MappedRule; readonly fires: RuleFires | undefined },
): void {
  const tally = tallies.get(key) ?? { rules: 0, enabled: 0, fired: 0, lastFired: null };
  tally.rules += 1;
  if (rule.enabled) tally.enabled += 1;
  if (fires !== undefined) {
    tally.fired += fires.count;
    tally.lastFired = Math.max(tally.lastFired ?? fires.lastFired, fires.lastFired);
  }
  tallies.set(key, tally);
}

function cellsOf(catalogue: AttackCatalogue, tallies: ReadonlyMap<string, Tally>): GridCell[] {
  return catalogue.tactics.flatMap(({ shortName: tactic }) =>
    catalogue.techniques
      .filter((technique) => technique.tactics.includes(tactic))
      .map((technique) => {
        const tally = tallies.get(cellKey(tactic, technique.id));
        return {
          tactic,
          technique: technique.id,
          name: technique.name,
          parent: technique.parent,
          rules: tally?.rules ?? 0,
          enabled: tally?.enabled ?? 0,
          fired: tally?.fired ?? 0,
          lastFired: tally?.lastFired ?? null,
        };
      }),
  );
}

function cellKey(tactic: string, technique: string): string {
  return `${tactic} ${technique}`;
}
