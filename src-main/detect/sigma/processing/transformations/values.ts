import { parsePattern } from '../../compile/pattern.ts';
import { numberIn } from '../../compile/number-text.ts';
import { RuleRejected, type DetectionItem, type SigmaValue } from '../../document/rule.ts';
import { fromPlainText, literalValue, plainText, withWildcards } from '../item-text.ts';
import type { Parameters } from '../parameters.ts';
import { compileTextPattern } from '../text-pattern.ts';
import { changedCase } from './field-names.ts';
import type { Transformation, TransformationFactory } from './transformation.ts';

/** Transformations of values, by their names in pySigma. */
export const VALUE_TRANSFORMATIONS: Readonly<Record<string, TransformationFactory>> = {
  replace_string: replaceString,
  map_string(parameters) {
    const mapping = parameters.mapping('mapping');
    return mappingValues((value) =>
      typeof value === 'string' ? (mapping.get(plainText(value)) ?? null) : null,
    );
  },
  case(parameters) {
    const name = parameters.choice('method', ['lower', 'upper', 'snake_case']);
    return mappingValues((value) => (typeof value === 'string' ? [withCase(value, name)] : null));
  },
  set_value(parameters) {
    const value = forcedType(parameters);
    return replacing((item) => ({
      ...item,
      // What the modifiers asked of the old values is not asked of the new one.
      modifiers: item.modifiers.filter((name) => name === 'neq'),
      values: [value],
    }));
  },
  convert_type(parameters) {
    const isText = parameters.choice('target_type', ['str', 'num']) === 'str';
    return mappingValues((value, path) => {
      if (value === null) return null;
      if (isText) return [String(value)];
      const number = typeof value === 'string' ? numberIn(value) : Number(value);
      if (!Number.isNaN(number)) return [number];
      throw new RuleRejected(path, `The pipeline cannot make a number of "${String(value)}".`, 'Exclude it.');
    });
  },
  regex(parameters) {
    const methods = ['ignore_case_brackets', 'ignore_case_flag', 'plain'] as const;
    // Texts are compared without case here, so that only the method that minds it changes anything.
    const mindsCase = parameters.choice('method', methods) === 'plain';
    return replacing((item) => {
      const text = mindsCase && !item.modifiers.includes('cased') ? withWildcards(item) : null;
      return text === null ? null : { ...text, modifiers: [...text.modifiers, 'cased'] };
    });
  },
};

function replaceString(parameters: Parameters): Transformation {
  const pattern = compileTextPattern(
    parameters.text('regex'),
    parameters.pathOf('regex'),
    parameters.text('replacement'),
  );
  const isPartwise = parameters.flag('skip_special');
  const interprets = parameters.flag('interpret_special');
  return mappingValues((value) => {
    if (value === null || typeof value === 'boolean') return null;
    const text = String(value);
    if (!isPartwise) return [fromPlainText(pattern.replaceAll(plainText(text)))];
    const parts = parsePattern(text).map((part) => {
      if (part.kind === 'many') return '*';
      if (part.kind !== 'text') return '?';
      const replaced = pattern.replaceAll(part.text);
      return interprets ? fromPlainText(replaced) : literalValue(replaced);
    });
    return [parts.join('')];
  });
}

/** Placeholders keep their case: their names are looked up as written. */
function withCase(value: string, name: 'lower' | 'upper' | 'snake_case'): string {
  return value.replaceAll(/%[^%\s]+%|[^%]+|%/g, (part) =>
    /^%.+%$/.test(part) ? part : changedCase(part, name),
  );
}

function forcedType(parameters: Parameters): SigmaValue {
  const value = parameters.scalar('value');
  const type = parameters.choice('force_type', ['none', 'str', 'num']);
  if (type === 'none') return value;
  if (type === 'str' && value !== null) return String(value);
  const number = typeof value === 'string' ? numberIn(value) : Number(value ?? Number.NaN);
  if (type === 'num' && !Number.isNaN(number)) return number;
  const message = `set_value cannot make ${type} of ${JSON.stringify(value)}.`;
  throw new RuleRejected(parameters.pathOf('value'), message, 'Correct value or force_type.');
}

/** Replaces whole comparisons; null leaves one. */
function replacing(replace: (item: DetectionItem) => DetectionItem | null): Transformation {
  return (draft, scope) =>
    draft.replaceItems(scope.id, (item) => {
      const next = scope.acceptsItem(item) ? replace(item) : null;
      return next === null ? null : [next];
    });
}

/** Replaces each value that is a text or of a simple type by others; null leaves one. */
function mappingValues(
  map: (value: SigmaValue, path: DetectionItem['path']) => readonly SigmaValue[] | null,
): Transformation {
  return replacing((item) => {
    const text = withWildcards(item);
    if (text === null) return null;
    const mapped = text.values.map((value) => map(value, item.path));
    if (mapped.every((values) => values === null)) return null;
    const values = text.values.flatMap((value, index) => mapped[index] ?? [value]);
    if (values.length > 0) return { ...text, values, isList: true };
    throw new RuleRejected(item.path, 'The pipeline leaves the comparison no value.', 'Map it to a value.');
  });
}
