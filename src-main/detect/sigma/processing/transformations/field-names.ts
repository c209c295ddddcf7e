import { RuleRejected, type DetectionItem, type SigmaValue } from '../../document/rule.ts';
import type { Draft, Rename } from '../draft.ts';
import type { Parameters } from '../parameters.ts';
import type { Scope, Transformation, TransformationFactory } from './transformation.ts';

/** How YAML writes a mapping of keywords, which have no field. */
const KEYWORDS = 'null';

/** Transformations of field names, by their names in pySigma. */
export const FIELD_NAME_TRANSFORMATIONS: Readonly<Record<string, TransformationFactory>> = {
  field_name_mapping(parameters) {
    const mapping = parameters.mapping('mapping');
    return renaming((field) => mapping.get(field ?? KEYWORDS) ?? null);
  },
  field_name_prefix_mapping(parameters) {
    const mapping = [...parameters.mapping('mapping')];
    return renaming((field) => {
      const found = mapping.find(([prefix]) => field?.startsWith(prefix) === true);
      if (field === null || found === undefined) return null;
      const [prefix, replacements] = found;
      return replacements.map((replacement) => replacement + field.slice(prefix.length));
    });
  },
  field_name_prefix(parameters) {
    const prefix = parameters.text('prefix');
    return renaming((field) => (field === null ? null : [prefix + field]));
  },
  field_name_suffix(parameters) {
    const suffix = parameters.text('suffix');
    return renaming((field) => (field === null ? null : [field + suffix]));
  },
  field_name_transform: functionRenaming,
  strict_field_mapping_failure: strictMapping,
};

/** pySigma takes any Python function; a pipeline in YAML can only name one. */
function functionRenaming(parameters: Parameters): Transformation {
  const name = parameters.choice('transform_func', ['lower', 'upper', 'snake_case']);
  const isMapped = (parameters.value('mapping') ?? null) !== null;
  const mapping = isMapped ? parameters.mapping('mapping') : new Map<string, readonly string[]>();
  return renaming((field) => (field === null ? null : (mapping.get(field) ?? [changedCase(field, name)])));
}

/** `text` in the case called `name`; snake case starts a word at each capital behind a small letter or digit. */
export function changedCase(text: string, name: 'lower' | 'upper' | 'snake_case'): string {
  if (name === 'upper') return text.toUpperCase();
  const separated = name === 'lower' ? text : text.replaceAll(/(?<=[a-z0-9])(?=[A-Z])/g, '_');
  return separated.toLowerCase();
}

/** Renames the fields of comparisons, the fields that they refer to, those to display, and those of correlations. */
function renaming(rename: Rename): Transformation {
  return (draft, scope) => {
    const within: Rename = (field) => {
      const names = scope.acceptsField(field) ? rename(field) : null;
      for (const name of names ?? []) draft.noteField(name, scope.id);
      return names;
    };
    draft.replaceItems(scope.id, (item) => (scope.acceptsItem(item) ? renamedItem(item, within) : null));
    const displayFields = draft.facts.displayFields.flatMap((field) => within(field) ?? [field]);
    draft.facts = { ...draft.facts, displayFields };
    draft.renameFields?.(within);
  };
}

function renamedItem(item: DetectionItem, rename: Rename): readonly DetectionItem[] | null {
  const values = item.modifiers.includes('fieldref')
    ? item.values.flatMap((value): readonly SigmaValue[] =>
        typeof value === 'string' ? (rename(value) ?? [value]) : [value],
      )
    : item.values;
  const isReferring = values.some((value, index) => value !== item.values[index]);
  const names = rename(item.field);
  if (names === null) return isReferring ? [{ ...item, values, isList: true }] : null;
  // A keyword is searched anywhere; what it becomes has to be found anywhere in the field.
  const isTied = item.field !== null || item.modifiers.some((name) => name === 're' || name === 'contains');
  const modifiers = isTied ? item.modifiers : ['contains', ...item.modifiers];
  return names.map((field) => ({ ...item, field, values, modifiers, isList: item.isList || isReferring }));
}

function strictMapping(): Transformation {
  return (draft: Draft, scope: Scope) => {
    const stray = draft
      .items()
      .find(({ field }) => field !== null && scope.acceptsField(field) && !draft.appliedToField.has(field));
    if (stray === undefined) return;
    const hint = 'Add the field to a mapping of the pipeline, or leave the rule out.';
    throw new RuleRejected(stray.path, `No pipeline maps the field "${stray.field ?? ''}".`, hint);
  };
}
