import type {
  ConditionNode,
  ExplainedItem,
  ExplainedSelection,
  NeededChange,
} from '../../../pipeline/rule-questions.ts';

/**
 * Fewest items that would have to turn out otherwise for the condition to become `wanted`. Parts are counted one by
 * one, so an item that two parts share counts twice: the answer is a hint for a person, not a proof.
 */
export function changesFor(
  node: ConditionNode,
  wanted: boolean,
  selections: ReadonlyMap<string, ExplainedSelection>,
): readonly NeededChange[] {
  if (node.holds === wanted) return [];
  if (node.kind === 'selection') {
    const selection = selections.get(node.selection ?? '');
    if (selection === undefined) return [];
    return wanted ? toFulfil(selection) : toBreak(selection);
  }
  const { operands } = node;
  if (node.kind === 'not') return operands.flatMap((operand) => changesFor(operand, !wanted, selections));
  const wrong = operands.filter(({ holds }) => holds !== wanted);
  const each = wrong.map((operand) => changesFor(operand, wanted, selections));
  // An `and` that must hold needs all of its parts, and so does an `or` that must not.
  return (node.kind === 'and') === wanted ? each.flat() : shortest(each);
}

/** The items that fail in the alternative that comes closest. */
function toFulfil({ name, alternatives }: ExplainedSelection): readonly NeededChange[] {
  return shortest(
    alternatives.map(({ items }) =>
      items.filter(({ holds }) => !holds).map((item) => changeOf(name, item, true)),
    ),
  );
}

/** One item of each alternative that holds: without it the alternative fails. */
function toBreak({ name, alternatives }: ExplainedSelection): readonly NeededChange[] {
  return alternatives
    .filter(({ holds }) => holds)
    .flatMap(({ items }) => items.slice(0, 1).map((item) => changeOf(name, item, false)));
}

function changeOf(selection: string, item: ExplainedItem, mustHold: boolean): NeededChange {
  const { field, sentence, line, column } = item;
  return { selection, field, mustHold, sentence, line, column };
}

function shortest(lists: readonly (readonly NeededChange[])[]): readonly NeededChange[] {
  return lists.reduce<readonly NeededChange[]>(
    (best, list) => (best.length === 0 || list.length < best.length ? list : best),
    [],
  );
}
