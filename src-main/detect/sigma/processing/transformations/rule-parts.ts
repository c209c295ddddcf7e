import type { LogSource } from '#shared/model/event.ts';
import { planItem } from '../../compile/compile-item.ts';
import { FieldSlots } from '../../compile/field-slots.ts';
import { readChain } from '../../compile/modifier-chain.ts';
import { parseSearches } from '../../document/parse-detection.ts';
import { RuleRejected, type DetectionItem, type SigmaValue } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import type { Parameters } from '../parameters.ts';
import { hashesFields } from './hashes.ts';
import type { Transformation, TransformationFactory } from './transformation.ts';

/** Transformations of whole rules and of their comparisons, by their names in pySigma. */
export const RULE_TRANSFORMATIONS: Readonly<Record<string, TransformationFactory>> = {
  add_condition: addCondition,
  hashes_fields: hashesFields,
  drop_detection_item: () => (draft, scope) =>
    draft.replaceItems(scope.id, (item) => (scope.acceptsItem(item) ? [] : null)),
  change_logsource(parameters) {
    const part = (key: string): string | null => parameters.optionalText(key)?.toLowerCase() ?? null;
    const logsource = { category: part('category'), product: part('product'), service: part('service') };
    return (draft) => {
      if (draft.isRule) draft.logsource = logsource;
    };
  },
  set_custom_attribute(parameters) {
    const attribute = parameters.text('attribute');
    const value = parameters.value('value');
    return (draft) => {
      draft.facts = { ...draft.facts, custom: { ...draft.facts.custom, [attribute]: value } };
    };
  },
  set_state(parameters) {
    const key = parameters.text('key');
    const value = parameters.value('val') ?? parameters.value('value');
    return (draft) => void draft.state.set(key, value);
  },
  add_field(parameters) {
    const fields = parameters.texts('field');
    return (draft) => setDisplayFields(draft, [...draft.facts.displayFields, ...fields]);
  },
  remove_field(parameters) {
    const fields = parameters.texts('field');
    return (draft) =>
      setDisplayFields(
        draft,
        draft.facts.displayFields.filter((field) => !fields.includes(field)),
      );
  },
  set_field(parameters) {
    const fields = parameters.texts('fields');
    return (draft) => setDisplayFields(draft, fields);
  },
  rule_failure(parameters) {
    const message = parameters.text('message');
    return () => {
      throw new RuleRejected(
        [],
        `A pipeline refuses the rule: ${message}`,
        'Change the rule or the pipeline.',
      );
    };
  },
  detection_item_failure(parameters) {
    const message = parameters.text('message');
    return (draft, scope) => {
      const item = draft.items().find((each) => scope.acceptsItem(each));
      if (item === undefined) return;
      const hint = 'Change the rule or the pipeline.';
      throw new RuleRejected(item.path, `A pipeline refuses this comparison: ${message}`, hint);
    };
  },
};

function setDisplayFields(draft: Draft, displayFields: readonly string[]): void {
  draft.facts = { ...draft.facts, displayFields };
}

/** What may stand in a condition as one word and is no part of its language. */
const SELECTION_NAME = /^(?!(?:and|or|not|of|all|any|them|1)$)[\w-]+$/i;

/** Requires more of each rule: `added and (condition)`. With `template`, `$category` and so on are filled in. */
function addCondition(parameters: Parameters): Transformation {
  const conditions = parameters.map('conditions');
  const isTemplate = parameters.flag('template');
  const isNegated = parameters.flag('negated');
  const wantedName = parameters.optionalText('name');
  if (wantedName !== null && !SELECTION_NAME.test(wantedName)) {
    const hint = 'Use letters, digits, "_" and "-".';
    throw new RuleRejected(parameters.pathOf('name'), `"${wantedName}" cannot name a selection.`, hint);
  }
  const { selections } = parseSearches({ conditions, condition: 'conditions' }, parameters.path);
  const alternatives = selections[0]?.alternatives ?? [];
  for (const item of alternatives.flat()) checkMeaning(item);
  return (draft, scope) => {
    const [rule] = draft.searches;
    if (rule === undefined || !draft.isRule) return;
    const taken = rule.selections.map((selection) => selection.name);
    const name = wantedName ?? freeName(taken);
    if (taken.includes(name)) {
      const message = `A pipeline adds the selection "${name}", which the rule has already.`;
      throw new RuleRejected(['detection', name], message, 'Give one of the two another name.');
    }
    const filled = alternatives.map((items) =>
      items.map((item) => ({
        ...item,
        path: ['detection'],
        values: isTemplate ? item.values.map((value) => fill(value, draft)) : item.values,
      })),
    );
    draft.require({ name, alternatives: filled }, `${isNegated ? 'not ' : ''}${name}`, scope.id);
  };
}

/** Throws for what would reject every rule, while it can still be said where it stands in the pipeline. */
function checkMeaning(item: DetectionItem): void {
  if (item.modifiers.includes('expand')) readChain(item);
  else planItem(item, { slots: new FieldSlots(), placeholders: new Map() });
}

/** A name of its own; the underscore keeps it out of "all of them". */
function freeName(taken: readonly string[]): string {
  for (let number = 1; ; number++) {
    const name = `_condition_${number}`;
    if (!taken.includes(name)) return name;
  }
}

const LOGSOURCE_PART = /\$(?:(category|product|service)\b|\{(category|product|service)\})/g;

/** `value` with the parts of the rule's logsource; with nothing for those that it does not have. */
function fill(value: SigmaValue, { logsource }: Draft): SigmaValue {
  if (typeof value !== 'string') return value;
  return value.replaceAll(LOGSOURCE_PART, (_, bare?: keyof LogSource, braced?: keyof LogSource) => {
    const part = bare ?? braced;
    return part === undefined ? '' : (logsource?.[part] ?? '');
  });
}
