import type { Selection } from '../document/rule.ts';
import { itemImplies } from './value-cover.ts';

/** True when an event that fulfils `narrow` always fulfils `wide`. Only says so where it is certain. */
export function selectionImplies(narrow: Selection, wide: Selection): boolean {
  return narrow.alternatives.every((given) =>
    wide.alternatives.some((needed) => needed.every((want) => given.some((have) => itemImplies(have, want)))),
  );
}
