import { RuleRejected, type DetectionItem } from '../document/rule.ts';
import { planItem, type ItemContext } from './compile-item.ts';
import { joinRequirements, type EngineItem, type Requirement } from './requirement.ts';

/**
 * All distinct items of all rules. The same question to the same field is one item, so an event answers it
 * once however many rules ask.
 */
export class ItemPool {
  readonly items: EngineItem[] = [];
  readonly #context: ItemContext;
  readonly #byKey = new Map<string, EngineItem>();
  #values = 0;

  constructor(context: ItemContext) {
    this.#context = context;
  }

  /** Values of all items: what the rules written so far take in memory. */
  get values(): number {
    return this.#values;
  }

  /** The item that asks what `source` asks. Throws `RuleRejected` when it asks nothing sensible. */
  itemOf(source: DetectionItem): EngineItem {
    const key = JSON.stringify([source.field, source.modifiers, source.values]);
    const known = this.#byKey.get(key);
    if (known !== undefined) return known;
    const plan = planItem(source, this.#context);
    const item: EngineItem = { index: this.items.length, plan };
    this.items.push(item);
    this.#values += plan.values.length;
    this.#byKey.set(key, item);
    return item;
  }
}

/**
 * Each comparison as a requirement, with those that may hold in its place. Throws `RuleRejected` at the first for
 * which the pool holds more than `maxValues` already.
 */
export function compileItems(
  sources: readonly DetectionItem[],
  pool: ItemPool,
  maxValues: number,
): readonly Requirement[] {
  return sources.map((source) => {
    if (pool.values > maxValues) {
      const message = 'Placeholders and modifiers make too many values of the rule.';
      throw new RuleRejected(source.path, message, 'Use shorter lists, or split the rule.');
    }
    const members = [source, ...(source.orElse ?? [])];
    return joinRequirements(
      'or',
      members.map((member): Requirement => ({ kind: 'item', item: pool.itemOf(member) })),
    );
  });
}
