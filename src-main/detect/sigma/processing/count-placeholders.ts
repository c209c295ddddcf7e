import { placeholderNames } from '../compile/placeholders.ts';
import type { SigmaDocuments } from '../document/documents.ts';

/** How many rules and filters use each placeholder, by its name. */
export function countPlaceholders({ rules, filters }: SigmaDocuments): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { selections } of [...rules, ...filters]) {
    const items = selections.flatMap(({ alternatives }) => alternatives.flat());
    const names = items
      .filter(({ modifiers }) => modifiers.includes('expand'))
      .flatMap(({ values }) => values.flatMap((value) => placeholderNames(String(value))));
    for (const name of new Set(names)) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
