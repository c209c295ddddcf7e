import type { ParsedCorrelation } from '../document/correlation.ts';
import { fieldFor } from './aliases.ts';
import type { BaseRulePlan, InputPlan, InputSource } from './plan.ts';
import type { Referent, ResolvedCorrelation } from './resolved.ts';

/** Field names that somebody above needs, in the order in which their values travel. */
class NameList {
  readonly names: string[] = [];

  placeOf(name: string): number {
    const known = this.names.indexOf(name);
    return known >= 0 ? known : this.names.push(name) - 1;
  }
}

/**
 * Settles which fields are read from the events of which rule, so that a match carries exactly those: through
 * every alias, and through chains of correlations down to the rules below them.
 */
export class FieldPlaces {
  readonly #baseRules = new Map<string, { number: number; fields: NameList }>();
  readonly #correlations = new Map<string, { number: number; fields: NameList }>();
  readonly #inputs = new Map<ParsedCorrelation, readonly InputPlan[]>();

  /** `resolved` has what is referenced before what refers to it. */
  constructor(resolved: readonly ResolvedCorrelation[]) {
    for (const [number, { rule }] of resolved.entries()) {
      this.#correlations.set(rule.id, { number, fields: new NameList() });
    }
    // From the outside in: a correlation must know what those above it need before it asks those below.
    for (const one of [...resolved].reverse()) this.#inputs.set(one.rule, this.#plan(one));
  }

  get baseRules(): readonly BaseRulePlan[] {
    return [...this.#baseRules].map(([ruleId, { fields }]) => ({ ruleId, fields: fields.names }));
  }

  inputsOf({ rule }: ResolvedCorrelation): readonly InputPlan[] {
    return this.#inputs.get(rule) ?? [];
  }

  #plan({ rule, referents }: ResolvedCorrelation): readonly InputPlan[] {
    const neededAbove = this.#correlations.get(rule.id)?.fields.names ?? [];
    return referents.map((referent, index) => {
      const { source, fields } = this.#sourceOf(referent);
      const placeOf = (name: string): number => fields.placeOf(fieldFor(rule, name, index, referent));
      return {
        source,
        groupBy: rule.groupBy.map(({ name }) => placeOf(name)),
        measured: rule.valueFields.map(({ name }) => placeOf(name)),
        carried: neededAbove.map(placeOf),
      };
    });
  }

  #sourceOf({ kind, rule }: Referent): { source: InputSource; fields: NameList } {
    const table = kind === 'rule' ? this.#baseRules : this.#correlations;
    const known = table.get(rule.id) ?? { number: table.size, fields: new NameList() };
    table.set(rule.id, known);
    return { source: { kind, number: known.number }, fields: known.fields };
  }
}
