import type { YamlPath } from '../../../platform/yaml.ts';
import { isMap, type YamlMap } from '../document/attributes.ts';
import { RuleRejected } from '../document/rule.ts';
import { conditionKeys, parseConditionSet } from './conditions/condition-set.ts';
import { FIELD_CONDITIONS } from './conditions/field-conditions.ts';
import { ITEM_CONDITIONS } from './conditions/item-conditions.ts';
import { RULE_CONDITIONS } from './conditions/rule-conditions.ts';
import { Parameters } from './parameters.ts';
import { runItems, type ProcessingItem } from './pipeline.ts';
import { FIELD_NAME_TRANSFORMATIONS } from './transformations/field-names.ts';
import { PLACEHOLDER_TRANSFORMATIONS } from './transformations/placeholders.ts';
import { RULE_TRANSFORMATIONS } from './transformations/rule-parts.ts';
import type { TransformationFactory } from './transformations/transformation.ts';
import { VALUE_TRANSFORMATIONS } from './transformations/values.ts';

/** Processing items of a pipeline; the largest published ones have about 200. */
const MAX_ITEMS = 1_000;

const TRANSFORMATIONS: Readonly<Record<string, TransformationFactory>> = {
  ...FIELD_NAME_TRANSFORMATIONS,
  ...VALUE_TRANSFORMATIONS,
  ...PLACEHOLDER_TRANSFORMATIONS,
  ...RULE_TRANSFORMATIONS,
};

/** What pySigma has besides, and why it cannot be applied here. */
const REFUSED: Readonly<Record<string, string>> = {
  query_expression_placeholders: 'it writes parts of queries, and rules are evaluated here without a query',
  file_placeholders: 'pipelines read no files; write the values as a value list',
  http_placeholders: 'Harrier never calls out; write the values as a value list',
  command_placeholders: 'pipelines run no commands; write the values as a value list',
};

const CONDITION_KEYS = (['rule', 'detection_item', 'field_name'] as const).flatMap(conditionKeys);

/** Reads the processing items of a pipeline or a nest. Throws `RuleRejected` at the first that has no meaning. */
export function parseItems(given: unknown, path: YamlPath): readonly ProcessingItem[] {
  if (given === null) return [];
  if (!Array.isArray(given)) {
    throw new RuleRejected(path, 'Transformations must be a list.', 'Start each with "- id:" or "- type:".');
  }
  const members: readonly unknown[] = given;
  if (members.length > MAX_ITEMS) {
    throw new RuleRejected(path, `There are more than ${MAX_ITEMS} transformations.`, 'Split the pipeline.');
  }
  return members.map((member, index) => {
    const place = [...path, index];
    if (isMap(member)) return parseItem(member, place);
    throw new RuleRejected(place, 'A transformation must be a map.', 'Start it with "type:".');
  });
}

function parseItem(item: YamlMap, path: YamlPath): ProcessingItem {
  const { id, type } = item;
  if (id !== undefined && id !== null && typeof id !== 'string') {
    throw new RuleRejected([...path, 'id'], 'The id of a transformation must be text.', 'Quote it.');
  }
  if (typeof type !== 'string') {
    throw new RuleRejected(path, 'The transformation has no type.', 'Add "type:" with its name.');
  }
  return {
    id: id ?? path.join('.'),
    transformation: transformationOf(type, item, path),
    acceptsRule: parseConditionSet('rule', item, path, RULE_CONDITIONS),
    acceptsItem: parseConditionSet('detection_item', item, path, ITEM_CONDITIONS),
    acceptsField: parseConditionSet('field_name', item, path, FIELD_CONDITIONS),
  };
}

function transformationOf(type: string, item: YamlMap, path: YamlPath): ProcessingItem['transformation'] {
  const parameters = new Parameters(type, item, path, ['id', ...CONDITION_KEYS]);
  if (type === 'nest') return nested(parameters);
  const factory = Object.hasOwn(TRANSFORMATIONS, type) ? TRANSFORMATIONS[type] : undefined;
  if (factory === undefined) throw unknownType(type, path);
  const transformation = factory(parameters);
  parameters.finish();
  return transformation;
}

function nested(parameters: Parameters): ProcessingItem['transformation'] {
  const items = parseItems(parameters.value('items'), parameters.pathOf('items'));
  parameters.finish();
  return (draft) => runItems(items, draft);
}

function unknownType(type: string, path: YamlPath): RuleRejected {
  const place = [...path, 'type'];
  const reason = Object.hasOwn(REFUSED, type) ? REFUSED[type] : undefined;
  if (reason !== undefined) {
    return new RuleRejected(place, `${type} cannot be applied: ${reason}.`, 'Remove it.');
  }
  const known = [...Object.keys(TRANSFORMATIONS), 'nest'].sort().join(', ');
  return new RuleRejected(place, `There is no transformation "${type}".`, `Use one of ${known}.`);
}
