import type { ConditionNode, ExplainedCondition } from '../../../pipeline/rule-questions.ts';
import { parseCondition, withoutSelections, type Condition } from '../compile/condition.ts';
import type { Searches } from '../document/rule.ts';

/** A rule's conditions as trees. `holds` answers for a selection by its name. */
export function explainConditions(
  searches: Searches,
  holds: (selection: string) => boolean,
): readonly ExplainedCondition[] {
  return parsedConditions(searches).map(({ text, condition }) => ({ text, root: nodeOf(condition, holds) }));
}

interface ParsedCondition {
  readonly text: string;
  readonly condition: Condition;
}

/**
 * The conditions of a rule that has been compiled; the compiler refused those that cannot be read. Selections that
 * processing pipelines emptied do not count, as for the compiler.
 */
export function parsedConditions({ conditions, selections }: Searches): readonly ParsedCondition[] {
  const names = selections.map(({ name }) => name);
  const dropped = selections.filter(({ alternatives }) => alternatives.length === 0);
  return conditions.flatMap(({ text }) => {
    const outcome = parseCondition(text, names);
    const condition = outcome.ok
      ? withoutSelections(outcome.condition, new Set(dropped.map(({ name }) => name)))
      : null;
    return condition === null ? [] : [{ text, condition }];
  });
}

function nodeOf(condition: Condition, holds: (selection: string) => boolean): ConditionNode {
  if (condition.kind === 'selection') {
    const { name } = condition;
    return { kind: 'selection', holds: holds(name), selection: name, operands: [] };
  }
  const inner = condition.kind === 'not' ? [condition.operand] : condition.operands;
  const operands = inner.map((operand) => nodeOf(operand, holds));
  return { kind: condition.kind, holds: outcomeOf(condition.kind, operands), selection: null, operands };
}

function outcomeOf(kind: 'and' | 'or' | 'not', operands: readonly ConditionNode[]): boolean {
  if (kind === 'and') return operands.every(({ holds }) => holds);
  const any = operands.some(({ holds }) => holds);
  return kind === 'or' ? any : !any;
}
