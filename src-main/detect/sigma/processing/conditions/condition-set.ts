import type { YamlPath } from '../../../../platform/yaml.ts';
import { parseCondition, type Condition } from '../../compile/condition.ts';
import { isMap, type YamlMap } from '../../document/attributes.ts';
import { RuleRejected } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import { Parameters } from '../parameters.ts';

/** Whether a condition holds for a rule, one of its comparisons or a field name, while a pipeline works on it. */
export type Test<Subject> = (subject: Subject, draft: Draft) => boolean;

/** Makes the test of one kind of condition from its parameters. */
export type TestFactory<Subject> = (parameters: Parameters) => Test<Subject>;

export type ConditionKind = 'rule' | 'detection_item' | 'field_name';

/** Keys of a processing item that belong to its conditions. */
export function conditionKeys(kind: ConditionKind): readonly string[] {
  const parts = ['cond_op', 'cond_not', 'cond_expr', 'condition_linking', 'condition_negation'];
  return [...parts, 'condition_expression', 'conditions'].map((part) => `${kind}_${part}`);
}

/**
 * Reads the conditions of one kind of a processing item: a list or a map, linked by `and` (the default) or `or`,
 * or by an expression over the names of the map, and negated on request. Throws `RuleRejected` where they have
 * no meaning. Without conditions everything is accepted.
 */
export function parseConditionSet<Subject>(
  kind: ConditionKind,
  item: YamlMap,
  path: YamlPath,
  factories: Readonly<Record<string, TestFactory<Subject>>>,
): Test<Subject> {
  const parameters = new Parameters(`${kind}_conditions`, item, path);
  const tests = parseTests(kind, parameters, factories);
  const linking = parseLinking(kind, parameters);
  const isNegated = flagOf(parameters, `${kind}_cond_not`, `${kind}_condition_negation`);
  const [key, expression] = firstGiven(parameters, `${kind}_cond_expr`, `${kind}_condition_expression`);
  if (tests.size === 0) return () => true;
  const all = [...tests.values()];
  const holds =
    expression === undefined
      ? linking === 'or'
        ? (subject: Subject, draft: Draft) => all.some((test) => test(subject, draft))
        : (subject: Subject, draft: Draft) => all.every((test) => test(subject, draft))
      : fromExpression(expression, { tests, linking, path: parameters.pathOf(key) });
  return isNegated ? (subject, draft) => !holds(subject, draft) : holds;
}

function parseTests<Subject>(
  kind: ConditionKind,
  parameters: Parameters,
  factories: Readonly<Record<string, TestFactory<Subject>>>,
): ReadonlyMap<string, Test<Subject>> {
  const key = `${kind}_conditions`;
  const given = parameters.value(key);
  if (given === undefined || given === null) return new Map();
  if (!Array.isArray(given) && !isMap(given)) {
    throw new RuleRejected(
      parameters.pathOf(key),
      `"${key}" must be a list or a map.`,
      'Start with "- type:".',
    );
  }
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(given)
    ? [...(given as readonly unknown[]).entries()]
    : Object.entries(given);
  return new Map(
    entries.map(([name, condition]) => {
      const path = [...parameters.pathOf(key), name];
      return [String(name), parseTest(condition, path, factories)];
    }),
  );
}

function parseTest<Subject>(
  condition: unknown,
  path: YamlPath,
  factories: Readonly<Record<string, TestFactory<Subject>>>,
): Test<Subject> {
  const { type } = isMap(condition) ? condition : {};
  const known = Object.keys(factories).join(', ');
  if (!isMap(condition) || typeof type !== 'string') {
    throw new RuleRejected(path, 'The condition has no type.', `Add "type:" with one of ${known}.`);
  }
  const factory = Object.hasOwn(factories, type) ? factories[type] : undefined;
  if (factory === undefined) {
    throw new RuleRejected(
      [...path, 'type'],
      `There is no condition "${type}" here.`,
      `Use one of ${known}.`,
    );
  }
  const parameters = new Parameters(type, condition, path);
  const test = factory(parameters);
  parameters.finish();
  return test;
}

function parseLinking(kind: ConditionKind, parameters: Parameters): 'and' | 'or' | null {
  const [key, value] = firstGiven(parameters, `${kind}_cond_op`, `${kind}_condition_linking`);
  if (value === undefined) return null;
  if (value === 'and' || value === 'all') return 'and';
  if (value === 'or' || value === 'any') return 'or';
  throw new RuleRejected(parameters.pathOf(key), `"${key}" must be "and" or "or".`, 'Use one of the two.');
}

function fromExpression<Subject>(
  text: unknown,
  at: {
    readonly tests: ReadonlyMap<string, Test<Subject>>;
    readonly linking: 'and' | 'or' | null;
    readonly path: YamlPath;
  },
): Test<Subject> {
  if (at.linking !== null) {
    const hint = 'Keep the expression, or the operator.';
    throw new RuleRejected(at.path, 'An expression and an operator contradict each other.', hint);
  }
  const names = [...at.tests.keys()];
  const outcome = parseCondition(typeof text === 'string' ? text : '', names);
  if (!outcome.ok) {
    const hint = `Join the names with and, or, not and brackets: ${names.join(', ')}.`;
    throw new RuleRejected(at.path, `The expression is not valid: ${outcome.message}`, hint);
  }
  return evaluator(outcome.condition, at.tests);
}

function evaluator<Subject>(condition: Condition, tests: ReadonlyMap<string, Test<Subject>>): Test<Subject> {
  if (condition.kind === 'selection') return tests.get(condition.name) ?? (() => false);
  if (condition.kind === 'not') {
    const operand = evaluator(condition.operand, tests);
    return (subject, draft) => !operand(subject, draft);
  }
  const operands = condition.operands.map((operand) => evaluator(operand, tests));
  return condition.kind === 'and'
    ? (subject, draft) => operands.every((operand) => operand(subject, draft))
    : (subject, draft) => operands.some((operand) => operand(subject, draft));
}

/** pySigma's YAML has one name for each of these, its classes another; pipelines use both. */
function firstGiven(parameters: Parameters, ...keys: readonly [string, string]): readonly [string, unknown] {
  const given = keys.find((key) => (parameters.value(key) ?? null) !== null);
  return given === undefined ? [keys[0], undefined] : [given, parameters.value(given)];
}

function flagOf(parameters: Parameters, ...keys: readonly [string, string]): boolean {
  return keys.some((key) => parameters.flag(key));
}
