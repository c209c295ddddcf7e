import { planItem, type ItemContext } from './compile-item.ts';
import { itemTest } from './item-test.ts';
import type { EngineItem, Requirement } from './requirement.ts';
import type { DetectionItem } from './rule.ts';
import { cellTest, type CellTest } from './value-test.ts';

/**
 * All distinct items of all rules. The same question to the same field is one item, so an event answers it
 * once however many rules ask.
 */
export class ItemPool {
  readonly items: EngineItem[] = [];
  readonly #tests: (CellTest | undefined)[] = [];
  readonly #context: ItemContext;
  readonly #valueTests = new Map<number, readonly CellTest[]>();
  readonly #byKey = new Map<string, EngineItem>();

  constructor(context: ItemContext) {
    this.#context = context;
  }

  /** The item that asks what `source` asks. Throws `RuleRejected` when it asks nothing sensible. */
  itemOf(source: DetectionItem): EngineItem {
    const key = JSON.stringify([source.field, source.modifiers, source.values]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const plan = planItem(source, this.#context);
    const item: EngineItem = { index: this.items.length, plan };
    this.items.push(item);
    this.#tests.push(undefined);
    this.#byKey.set(key, item);
    return item;
  }

  /** The test of an item; made when it is first asked, which most items of a large rule set never are. */
  testOf(item: EngineItem): CellTest {
    return (this.#tests[item.index] ??= itemTest(item.plan));
  }

  /** The tests of an item's values one by one; made when an explanation first asks. */
  valueTests(item: EngineItem): readonly CellTest[] {
    const known = this.#valueTests.get(item.index);
    if (known !== undefined) return known;
    const tests = item.plan.values.map(({ test }) => cellTest(test));
    this.#valueTests.set(item.index, tests);
    return tests;
  }
}

export function compileItems(sources: readonly DetectionItem[], pool: ItemPool): readonly Requirement[] {
  return sources.map((source) => ({ kind: 'item', item: pool.itemOf(source) }));
}
