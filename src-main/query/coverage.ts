import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { LogSource } from '#shared/model/event.ts';
import { acceptsLogsource, logsourceText } from '#shared/model/logsource.ts';
import type { RuleFires } from '../store/interface/reader.ts';
import { groupsOf, totalOf, type GroupTotal, type RuleGroup } from './coverage-groups.ts';
import { rulesByCell, type MappedRule, type RuleMapping } from './rule-mapping.ts';

/** What the grid is made of. Fires are of all time, the last day and the last week. */
export interface CoverageInput {
  readonly rules: readonly MappedRule[];
  readonly fires: readonly RuleFires[];
  readonly firesOfDay: readonly RuleFires[];
  readonly firesOfWeek: readonly RuleFires[];
  /** Log sources of the stored events. */
  readonly logsources: readonly LogSource[];
}

/** One technique under one of its tactics, with the sums over its groups. */
export interface GridCell extends GroupTotal {
  /** Short name: "credential-access". */
  readonly tactic: string;
  readonly technique: string;
  readonly name: string;
  /** Technique that a sub-technique belongs to. */
  readonly parent: string | null;
  readonly groups: readonly RuleGroup[];
}

/** Rules of one technique, each counted once. */
export interface TechniqueTotal {
  readonly technique: string;
  readonly rules: number;
  readonly enabled: number;
}

export interface CoverageGrid {
  /** Every technique under each of its tactics, in the catalogue's order. */
  readonly cells: readonly GridCell[];
  /** Techniques that have a rule, in the catalogue's order. */
  readonly techniques: readonly TechniqueTotal[];
  /** Ids that rules name and this release of ATT&CK does not have. */
  readonly unknown: readonly string[];
}

/** Rules and fires per (tactic, technique). A count of rules mapped, which is not a claim of protection. */
export function coverageGrid(catalogue: AttackCatalogue, input: CoverageInput): CoverageGrid {
  const mapping = rulesByCell(catalogue, input.rules);
  const facts = {
    fires: byRule(input.fires),
    firesOfDay: byRule(input.firesOfDay),
    firesOfWeek: byRule(input.firesOfWeek),
    hasData: dataTest(input.logsources),
  };
  const cells = catalogue.tactics.flatMap(({ shortName: tactic }) =>
    catalogue.techniques
      .filter((technique) => technique.tactics.includes(tactic))
      .map(({ id, name, parent }) => {
        const groups = groupsOf(mapping.rulesOf(tactic, id), facts);
        return { tactic, technique: id, name, parent, groups, ...totalOf(groups) };
      }),
  );
  return { cells, techniques: techniqueTotals(catalogue, mapping), unknown: mapping.unknown };
}

function techniqueTotals(catalogue: AttackCatalogue, mapping: RuleMapping): TechniqueTotal[] {
  return catalogue.techniques.flatMap(({ id, tactics }) => {
    const rules = [...new Set(tactics.flatMap((tactic) => mapping.rulesOf(tactic, id)))];
    if (rules.length === 0) return [];
    return [{ technique: id, rules: rules.length, enabled: rules.filter((rule) => rule.enabled).length }];
  });
}

/** Tells whether events of a rule's log source are stored; rules share few log sources, so each is tested once. */
function dataTest(stored: readonly LogSource[]): (rule: MappedRule) => boolean {
  const known = new Map<string, boolean>();
  return ({ logsource }) => {
    const key = logsourceText(logsource);
    const has = known.get(key) ?? stored.some((one) => acceptsLogsource(logsource, one));
    known.set(key, has);
    return has;
  };
}

function byRule(fires: readonly RuleFires[]): ReadonlyMap<string, RuleFires> {
  return new Map(fires.map((one) => [one.ruleId, one]));
}
