import type { MatchedField, MatchedSelection } from '#shared/model/alert.ts';
import { wording } from '../compile/compile-item.ts';
import type { CompiledRule, CompiledSearches } from '../compile/compile-rule.ts';
import type { Evaluator } from './evaluator.ts';
import type { Cell, EventView } from './event-view.ts';
import type { EngineItem, Requirement } from '../compile/requirement.ts';

/** Characters of an event's value that an explanation quotes; the event itself holds the rest. */
const MAX_QUOTED_CHARS = 2000;

/** What an explanation looks at: a view turned to the event, and its answers. */
export interface Evidence {
  readonly view: EventView;
  readonly evaluator: Evaluator;
}

/**
 * The selections that made `compiled` match, with the fields and values that made them true; those of filters
 * after those of the rule, with the filter's title before their name.
 */
export function matchedSelections(compiled: CompiledRule, evidence: Evidence): readonly MatchedSelection[] {
  return [
    ...holdingSelections(compiled, evidence),
    ...compiled.filters.flatMap((one) =>
      holdingSelections(one, evidence).map(({ selection, fields }) => ({
        selection: `filter ${one.filter.title}: ${selection}`,
        fields,
      })),
    ),
  ];
}

function holdingSelections(searches: CompiledSearches, evidence: Evidence): readonly MatchedSelection[] {
  return searches.selections
    .filter(({ name }) => searches.positive.has(name))
    .filter(({ requirement }) => evidence.evaluator.fulfils(requirement))
    .map(({ name, requirement }) => ({
      selection: name,
      fields: decisiveItems(requirement, evidence).map((item) => matchedField(item, evidence)),
    }));
}

/** Items of the first alternative that holds. */
function decisiveItems(requirement: Requirement, evidence: Evidence): readonly EngineItem[] {
  if (requirement.kind === 'item') return [requirement.item];
  if (requirement.kind === 'not') return [];
  if (requirement.kind === 'and') return requirement.parts.flatMap((part) => decisiveItems(part, evidence));
  const holding = requirement.parts.find((part) => evidence.evaluator.fulfils(part));
  return holding === undefined ? [] : decisiveItems(holding, evidence);
}

/** The first value of the rule that fits, beside the value of the event that it fits. */
function matchedField(item: EngineItem, { view, evaluator }: Evidence): MatchedField {
  const { plan } = item;
  const cell = view.cell(plan.slot);
  const field = plan.field ?? 'keyword';
  const isTogether = plan.negated || plan.all;
  const tests = isTogether ? [] : evaluator.valueTests(item);
  const fitting = tests.findIndex((test) => test(cell, view));
  const test = tests[fitting];
  const value = plan.values[fitting];
  if (test === undefined || value === undefined) {
    const pattern = plan.values.map((each) => wording(plan, each)).join(', ');
    return { field, value: quoted(wholeText(cell, plan.field)), pattern: quoted(pattern) };
  }
  const member = cell.scalars.find((scalar) =>
    test({ exists: true, isNull: false, scalars: [scalar] }, view),
  );
  return {
    field,
    value: quoted(member?.text ?? wholeText(cell, plan.field)),
    pattern: quoted(wording(plan, value)),
  };
}

/** All members of a field; of the whole record only its message, which stands first. */
function wholeText(cell: Cell, field: string | null): string {
  if (field === null) return cell.scalars[0]?.text ?? '';
  return cell.scalars.map(({ text }) => text).join(', ');
}

function quoted(text: string): string {
  return text.length > MAX_QUOTED_CHARS ? `${text.slice(0, MAX_QUOTED_CHARS)}…` : text;
}
