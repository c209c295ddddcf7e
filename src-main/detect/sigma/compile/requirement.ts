import type { Condition } from './condition.ts';
import type { ItemPlan } from './compile-item.ts';

/** An item as the engine holds it: one for all rules that ask the same of the same field. */
export interface EngineItem {
  /** Place in the engine's table of items. */
  readonly index: number;
  readonly plan: ItemPlan;
}

/** What an event must fulfil: a condition with its selections written out. */
export type Requirement =
  | { readonly kind: 'item'; readonly item: EngineItem }
  | { readonly kind: 'and' | 'or'; readonly parts: readonly Requirement[] }
  | { readonly kind: 'not'; readonly part: Requirement };

export interface BoundSelection {
  readonly name: string;
  readonly requirement: Requirement;
}

/** `condition` with each selection's name replaced by what the selection requires. */
export function bindCondition(
  condition: Condition,
  selections: ReadonlyMap<string, Requirement>,
): Requirement {
  switch (condition.kind) {
    case 'selection': {
      const requirement = selections.get(condition.name);
      if (requirement === undefined) throw new Error(`Selection ${condition.name} was not checked.`);
      return requirement;
    }
    case 'not':
      return { kind: 'not', part: bindCondition(condition.operand, selections) };
    case 'and':
    case 'or':
      return joinRequirements(
        condition.kind,
        condition.operands.map((operand) => bindCondition(operand, selections)),
      );
  }
}

export function joinRequirements(kind: 'and' | 'or', parts: readonly Requirement[]): Requirement {
  const [only] = parts;
  return only !== undefined && parts.length === 1 ? only : { kind, parts };
}

/** Names of the selections that can contribute to a match, as opposed to those that only prevent one. */
export function positiveSelections(condition: Condition): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (node: Condition, isPositive: boolean): void => {
    if (node.kind === 'selection') {
      if (isPositive) names.add(node.name);
    } else if (node.kind === 'not') visit(node.operand, !isPositive);
    else for (const operand of node.operands) visit(operand, isPositive);
  };
  visit(condition, true);
  return names;
}
