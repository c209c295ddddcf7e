import type { YamlPath } from '../../../platform/yaml.ts';
import { isMap, type YamlMap } from './attributes.ts';
import { aggregationHint } from './aggregation-hint.ts';
import {
  RuleRejected,
  type ConditionText,
  type DetectionItem,
  type Searches,
  type Selection,
  type SigmaValue,
} from './rule.ts';

/** Values that one rule may list (reliability T6 says 2,000; SigmaHQ's vulnerable driver rule has 4,432). */
const MAX_VALUES = 20_000;

/** Types the `detection` section of a rule. Throws `RuleRejected` at the first thing that has no meaning. */
export function parseDetection(detection: unknown): Searches {
  if (isMap(detection)) return parseSearches(detection, ['detection']);
  const hint = 'Add selections and a condition.';
  throw new RuleRejected(['detection'], 'The rule has no detection section.', hint);
}

/**
 * Types the selections and the condition of the section at `path`. Throws `RuleRejected` at the first thing
 * that has no meaning.
 */
export function parseSearches(section: YamlMap, path: YamlPath): Searches {
  const { condition, timeframe, ...named } = section;
  if (timeframe !== undefined) {
    const [text, span] = [condition, timeframe].map((one) => (typeof one === 'string' ? one : null));
    const hint = aggregationHint(text ?? '', span ?? null);
    throw new RuleRejected([...path, 'timeframe'], 'A timeframe is not part of Sigma any more.', hint);
  }
  const selections = Object.entries(named).map(([name, body]) => parseSelection(name, body, [...path, name]));
  if (selections.length === 0) {
    throw new RuleRejected(path, `The ${path.join('.')} has no selection.`, 'Add at least one selection.');
  }
  limitValues(selections);
  return { selections, conditions: parseConditions(condition, [...path, 'condition']) };
}

function parseConditions(condition: unknown, path: YamlPath): readonly ConditionText[] {
  if (typeof condition === 'string') return [{ text: condition, path }];
  const list = Array.isArray(condition) ? (condition as readonly unknown[]) : [];
  const texts = list.map((text, index) => {
    if (typeof text === 'string') return { text, path: [...path, index] };
    throw new RuleRejected([...path, index], 'A condition must be text.', 'Quote the condition.');
  });
  if (texts.length > 0) return texts;
  throw new RuleRejected(path, 'The rule has no condition.', 'Add "condition: selection".');
}

function parseSelection(name: string, body: unknown, path: YamlPath): Selection {
  if (isMap(body)) return { name, alternatives: [parseMap(body, path)] };
  if (!Array.isArray(body)) return { name, alternatives: [[keywords([body], path, false)]] };
  const members: readonly unknown[] = body;
  if (members.length === 0) {
    throw new RuleRejected(path, `Selection "${name}" is empty.`, 'Give it at least one value.');
  }
  if (!members.some(isMap)) return { name, alternatives: [[keywords(members, path, true)]] };
  const alternatives = members.map((member, index) => {
    const place = [...path, index];
    return isMap(member) ? parseMap(member, place) : [keywords([member], place, false)];
  });
  return { name, alternatives };
}

function parseMap(map: Readonly<Record<string, unknown>>, path: YamlPath): readonly DetectionItem[] {
  const items = Object.entries(map).map(([key, value]) => parseItem(key, value, [...path, key]));
  if (items.length > 0) return items;
  throw new RuleRejected(path, 'A selection has no fields.', 'Give it at least one field.');
}

function parseItem(key: string, value: unknown, path: YamlPath): DetectionItem {
  const [name = '', ...modifiers] = key.split('|');
  const field = name.trim() === '' ? null : name.trim();
  const isList = Array.isArray(value);
  const members: readonly unknown[] = isList ? (value as readonly unknown[]) : [value];
  if (members.length === 0) {
    throw new RuleRejected(path, `"${key}" has an empty list of values.`, 'Give it at least one value.');
  }
  return { field, modifiers, values: scalars(members, path, isList), path, isList };
}

function keywords(members: readonly unknown[], path: YamlPath, isList: boolean): DetectionItem {
  return { field: null, modifiers: [], values: scalars(members, path, isList), path, isList };
}

function scalars(members: readonly unknown[], path: YamlPath, isList: boolean): readonly SigmaValue[] {
  return members.map((member, index) => {
    if (isScalar(member)) return member;
    const place = isList ? [...path, index] : path;
    throw new RuleRejected(
      place,
      'A value must be text, a number, true, false or null.',
      'Flatten the value.',
    );
  });
}

function limitValues(selections: readonly Selection[]): void {
  let count = 0;
  for (const item of selections.flatMap(({ alternatives }) => alternatives.flat())) {
    count += item.values.length;
    if (count > MAX_VALUES) {
      throw new RuleRejected(item.path, `The rule has more than ${MAX_VALUES} values.`, 'Split the rule.');
    }
  }
}

function isScalar(value: unknown): value is SigmaValue {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
