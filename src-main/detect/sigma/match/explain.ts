import type { MatchedField, MatchedSelection } from '#shared/model/alert.ts';
import { wording } from '../compile/compile-item.ts';
import type { CompiledRule } from '../compile/compile-rule.ts';
import type { Evaluator } from './evaluator.ts';
import type { Cell, EventView } from './event-view.ts';
import type { EngineItem, Requirement } from '../compile/requirement.ts';

/** Characters of an event's value that an explanation quotes; the event itself holds the rest. */
const MAX_QUOTED_CHARS = 2000;

/** How one line of a selection went. */
export interface ItemExplanation {
  readonly field: string;
  /** The event's value; null when the field is missing. */
  readonly value: string | null;
  readonly pattern: string;
  readonly holds: boolean;
}

export interface SelectionExplanation {
  readonly selection: string;
  readonly holds: boolean;
  readonly items: readonly ItemExplanation[];
}

/** Why a rule matches an event, or why not. */
export interface RuleExplanation {
  readonly ruleId: string;
  readonly matched: boolean;
  /** False when the rule does not read events of this logsource. */
  readonly logsourceAccepted: boolean;
  readonly conditions: readonly string[];
  readonly selections: readonly SelectionExplanation[];
}

/** What an explanation looks at: a view turned to the event, and its answers. */
export interface Evidence {
  readonly view: EventView;
  readonly evaluator: Evaluator;
}

/** The selections that made `compiled` match, with the fields and values that made them true. */
export function matchedSelections(compiled: CompiledRule, evidence: Evidence): readonly MatchedSelection[] {
  return compiled.selections
    .filter(({ name }) => compiled.positive.has(name))
    .filter(({ requirement }) => evidence.evaluator.fulfils(requirement))
    .map(({ name, requirement }) => ({
      selection: name,
      fields: decisiveItems(requirement, evidence).map((item) => matchedField(item, evidence)),
    }));
}

/** Each selection of a rule with all of its lines, true or not. */
export function explainSelections(
  compiled: CompiledRule,
  evidence: Evidence,
): readonly SelectionExplanation[] {
  return compiled.selections.map(({ name, requirement }) => ({
    selection: name,
    holds: evidence.evaluator.fulfils(requirement),
    items: itemsOf(requirement).map((item) => {
      const { field, value, pattern } = matchedField(item, evidence);
      const { exists } = evidence.view.cell(item.plan.slot);
      return { field, value: exists ? value : null, pattern, holds: evidence.evaluator.holds(item) };
    }),
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

function itemsOf(requirement: Requirement): readonly EngineItem[] {
  if (requirement.kind === 'item') return [requirement.item];
  if (requirement.kind === 'not') return itemsOf(requirement.part);
  return requirement.parts.flatMap(itemsOf);
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
