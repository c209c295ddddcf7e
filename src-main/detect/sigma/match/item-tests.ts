import type { EngineItem } from '../compile/requirement.ts';
import { cellTest, type CellTest } from './cell-test.ts';
import { itemTest } from './item-test.ts';

/** The tests of items, each made when it is first asked, which most items of a large rule set never are. */
export class ItemTests {
  readonly #tests: (CellTest | undefined)[];
  readonly #valueTests = new Map<number, readonly CellTest[]>();

  constructor(items: number) {
    this.#tests = new Array<CellTest | undefined>(items).fill(undefined);
  }

  /** The test of a whole item. */
  of(item: EngineItem): CellTest {
    return (this.#tests[item.index] ??= itemTest(item.plan));
  }

  /** The tests of an item's values one by one; made when an explanation first asks. */
  ofValues(item: EngineItem): readonly CellTest[] {
    const known = this.#valueTests.get(item.index);
    if (known !== undefined) return known;
    const tests = item.plan.values.map(({ test }) => cellTest(test));
    this.#valueTests.set(item.index, tests);
    return tests;
  }
}
