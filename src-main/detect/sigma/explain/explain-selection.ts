import type {
  ExplainedAlternative,
  ExplainedItem,
  ExplainedSelection,
} from '../../../pipeline/rule-questions.ts';
import { placeInYaml } from '../../../platform/yaml-places.ts';
import type { ItemPool } from '../compile/item-pool.ts';
import type { DetectionItem, RuleSource, Selection } from '../document/rule.ts';
import type { Evidence } from '../match/explain.ts';
import { itemSentence } from './item-wording.ts';

/** Values of an item that an explanation lists; some rules have thousands. */
const MAX_SHOWN_VALUES = 50;
/** Characters of one value that an explanation quotes; event and rule hold the rest. */
const MAX_QUOTED_CHARS = 2000;

export interface SelectionContext {
  /** The document that the selection stands in. */
  readonly source: RuleSource;
  readonly pool: ItemPool;
  readonly evidence: Evidence;
}

/** A selection with each of its lines, true or not. */
export function explainSelection(
  { name, alternatives }: Selection,
  role: ExplainedSelection['role'],
  context: SelectionContext,
): ExplainedSelection {
  const explained = alternatives.map((items): ExplainedAlternative => {
    const lines = items.map((item) => explainAny(item, context));
    return { holds: lines.every(({ holds }) => holds), items: lines };
  });
  return { name, holds: explained.some(({ holds }) => holds), role, alternatives: explained };
}

/** Of comparisons that may hold in place of one another the one that does, or the first. */
function explainAny(item: DetectionItem, context: SelectionContext): ExplainedItem {
  const first = explainItem(item, context);
  if (first.holds || item.orElse === undefined) return first;
  return item.orElse.map((other) => explainItem(other, context)).find(({ holds }) => holds) ?? first;
}

function explainItem(item: DetectionItem, { source, pool, evidence }: SelectionContext): ExplainedItem {
  const { view, evaluator } = evidence;
  const engineItem = pool.itemOf(item);
  const { plan } = engineItem;
  const cell = view.cell(plan.slot);
  const holds = evaluator.holds(engineItem);
  const isTogether = plan.negated || plan.all;
  const tests = isTogether ? [] : evaluator.valueTests(engineItem);
  const fitting = plan.values[tests.findIndex((test) => test(cell, view))];
  const scalars = plan.field === null ? cell.scalars.slice(0, 1) : cell.scalars;
  const facts = {
    values: item.values.slice(0, MAX_SHOWN_VALUES).map(written),
    valueCount: item.values.length,
    exists: cell.exists,
    found: scalars.slice(0, MAX_SHOWN_VALUES).map(({ text }) => shortened(text)),
    holds,
    fitting: fitting === undefined ? null : written(fitting.written),
  };
  return {
    field: item.field,
    modifiers: item.modifiers,
    ...facts,
    sentence: itemSentence({ plan, ...facts }),
    ...placeInYaml(source.yaml, [source.documentIndex, ...source.inheritedFrom], item.path),
  };
}

function written(value: DetectionItem['values'][number]): string {
  return shortened(value === null ? 'null' : String(value));
}

function shortened(text: string): string {
  return text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
}
