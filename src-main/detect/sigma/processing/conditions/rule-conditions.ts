import type { LogSource } from '#shared/model/event.ts';
import { LEVELS } from '#shared/model/severity.ts';
import { RuleRejected } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import { plainText, withWildcards } from '../item-text.ts';
import type { Parameters } from '../parameters.ts';
import type { TestFactory } from './condition-set.ts';
import { appliedId, relates, stateTest, type Relation } from './state-conditions.ts';

type RuleTestFactory = TestFactory<Draft>;

/** Conditions on a whole rule or correlation, by their names in pySigma. */
export const RULE_CONDITIONS: Readonly<Record<string, RuleTestFactory>> = {
  logsource(parameters) {
    const wanted: LogSource = {
      category: parameters.optionalText('category'),
      product: parameters.optionalText('product'),
      service: parameters.optionalText('service'),
    };
    return ({ logsource, referenced }) =>
      (logsource === null ? referenced : [logsource]).some((each) => lies(each, wanted));
  },
  contains_field(parameters) {
    const field = parameters.text('field');
    return (draft) => draft.items().some((item) => item.field === field);
  },
  contains_detection_item(parameters) {
    const field = parameters.text('field');
    const value = parameters.scalar('value');
    return (draft) =>
      draft.items().some((item) => {
        if (item.field !== field) return false;
        const values = withWildcards(item)?.values ?? [];
        return values.some((each) =>
          typeof each === 'string' && typeof value === 'string'
            ? plainText(each) === plainText(value)
            : each === value,
        );
      });
  },
  is_sigma_rule: () => (draft) => draft.isRule,
  is_sigma_correlation_rule: () => (draft) => !draft.isRule,
  tag(parameters) {
    const tag = parameters.text('tag').toLowerCase();
    return ({ facts }) => facts.tags.some((each) => each.toLowerCase() === tag);
  },
  rule_attribute: attributeTest,
  processing_item_applied(parameters) {
    const id = appliedId(parameters);
    return ({ applied }) => applied.has(id);
  },
  processing_state(parameters) {
    const holds = stateTest(parameters);
    return (draft) => holds(draft);
  },
};

/** pySigma compares the parts as they are: wider categories do not include narrower ones here. */
function lies(logsource: LogSource, wanted: LogSource): boolean {
  const parts = ['category', 'product', 'service'] as const;
  return parts.every((part) => wanted[part] === null || logsource[part] === wanted[part].toLowerCase());
}

function attributeTest(parameters: Parameters): ReturnType<RuleTestFactory> {
  const attribute = parameters.text('attribute');
  const value = parameters.scalar('value');
  const operators: [Relation, ...(Relation | 'in' | 'not_in')[]] = ['eq', 'ne', 'gte', 'gt', 'lte', 'lt'];
  const relation = parameters.choice<Relation | 'in' | 'not_in'>('op', [...operators, 'in', 'not_in']);
  if (attribute === 'level' && !LEVELS.some((level) => level === value)) {
    const hint = `Use one of ${LEVELS.join(', ')}.`;
    throw new RuleRejected(parameters.pathOf('value'), `${String(value)} is not a level.`, hint);
  }
  return (draft) => {
    const actual = attributeOf(draft, attribute);
    if (actual === undefined || actual === null) return false;
    if (Array.isArray(actual)) {
      const isMember = (actual as readonly unknown[]).includes(value);
      if (relation === 'in') return isMember;
      return relation === 'not_in' ? !isMember : relation === 'ne';
    }
    if (relation === 'in' || relation === 'not_in') return false;
    if (attribute === 'level') {
      return relates(rank(actual), rank(value), relation);
    }
    return relates(actual, value, relation);
  };
}

function rank(level: unknown): number {
  return LEVELS.findIndex((each) => each === level);
}

/** An attribute by its name in YAML; those that Sigma does not know come last. */
function attributeOf({ facts }: Draft, attribute: string): unknown {
  const standard: Readonly<Record<string, unknown>> = {
    title: facts.title,
    id: facts.id,
    name: facts.name,
    status: facts.status === '' ? null : facts.status,
    level: facts.level,
    description: facts.description,
    author: facts.author,
    license: facts.license,
    taxonomy: facts.taxonomy,
    date: facts.date,
    modified: facts.modified,
    references: facts.references,
    tags: facts.tags,
    fields: facts.displayFields,
    falsepositives: facts.falsePositives,
    scope: facts.scope,
  };
  if (Object.hasOwn(standard, attribute)) return standard[attribute];
  return Object.hasOwn(facts.custom, attribute) ? facts.custom[attribute] : undefined;
}
