import type { DetectionItem, ParsedRule } from '../document/rule.ts';

/** Every line of every selection of a rule, in order. */
export function itemsOf({ selections }: Pick<ParsedRule, 'selections'>): readonly DetectionItem[] {
  return selections.flatMap(({ alternatives }) => alternatives.flat());
}

/** The item's field and modifiers as the rule writes them: "CommandLine|contains|all". */
export function keyOf({ field, modifiers }: Pick<DetectionItem, 'field' | 'modifiers'>): string {
  return [field ?? '', ...modifiers].join('|');
}

/** Where the value at `index` stands. */
export function pathOfValue(item: DetectionItem, index: number): DetectionItem['path'] {
  return item.isList ? [...item.path, index] : item.path;
}
