import { isRecord, textOf, textsOf } from './yaml-values.ts';
import { readYaml } from '../../../lib/yaml.ts';

/** One line of a selection: a field, how it is compared, and with what. */
export interface LogicItem {
  /** Null for keywords, which are looked for in the whole record. */
  readonly field: string | null;
  readonly modifiers: readonly string[];
  readonly values: readonly string[];
}

export interface LogicSelection {
  readonly name: string;
  /** One of these must hold; inside one, every item must. */
  readonly alternatives: readonly (readonly LogicItem[])[];
}

export interface DetectionLogic {
  readonly selections: readonly LogicSelection[];
  /** Several are linked by "or". */
  readonly conditions: readonly string[];
}

export interface CorrelationLogic {
  readonly type: string;
  /** Ids or names, in the order of the rule. */
  readonly rules: readonly string[];
  readonly groupBy: readonly string[];
  readonly timespan: string;
  /** "≥ 10", or the text of a condition over rules. */
  readonly condition: string;
  /** Field that is counted or summed; empty when events are. */
  readonly fields: readonly string[];
  /** Alias, then `rule: field` for each rule that it stands for. */
  readonly aliases: readonly (readonly [string, readonly (readonly [string, string])[]])[];
  readonly generate: boolean;
}

/** What a rule does, read from its text for drawing. */
export type RuleLogic =
  | ({ readonly kind: 'sigma' } & DetectionLogic)
  | ({ readonly kind: 'correlation' } & CorrelationLogic)
  /** `targets` null: every rule of the logsource. */
  | ({ readonly kind: 'filter'; readonly targets: readonly string[] | null } & DetectionLogic);

/** Null when the text holds nothing that can be drawn. Of several documents it is the one with this id. */
export function ruleLogic(yaml: string, id: string): RuleLogic | null {
  const documents = readYaml(yaml).filter(isRecord);
  const document = documents.find((one) => textOf(one.id) === id) ?? documents[0];
  if (document === undefined) return null;
  const { correlation, filter, detection } = document;
  if (isRecord(correlation)) return { kind: 'correlation', ...correlationLogic(correlation, document) };
  if (isRecord(filter)) {
    const targets = textsOf(filter.rules);
    const isAny = targets.length === 0 || (targets.length === 1 && targets[0]?.toLowerCase() === 'any');
    return { kind: 'filter', targets: isAny ? null : targets, ...detectionLogic(filter) };
  }
  return isRecord(detection) ? { kind: 'sigma', ...detectionLogic(detection) } : null;
}

const NOT_SELECTIONS = new Set(['condition', 'timeframe', 'rules']);

function detectionLogic(section: Readonly<Record<string, unknown>>): DetectionLogic {
  return {
    conditions: textsOf(section.condition),
    selections: Object.entries(section)
      .filter(([name]) => !NOT_SELECTIONS.has(name))
      .map(([name, body]) => ({ name, alternatives: alternativesOf(body) })),
  };
}

/** A map is one alternative, a list of maps is several, and plain values are keywords. */
function alternativesOf(body: unknown): LogicSelection['alternatives'] {
  if (isRecord(body)) return [Object.entries(body).map(itemOf)];
  if (!Array.isArray(body)) return [[keywords([body])]];
  const parts: readonly unknown[] = body;
  if (!parts.some(isRecord)) return [[keywords(parts)]];
  return parts.map((part) => (isRecord(part) ? Object.entries(part).map(itemOf) : [keywords([part])]));
}

function itemOf([key, value]: readonly [string, unknown]): LogicItem {
  const [field = '', ...modifiers] = key.split('|');
  return { field: field === '' ? null : field, modifiers, values: textsOf(value) };
}

function keywords(values: readonly unknown[]): LogicItem {
  return { field: null, modifiers: [], values: values.map(textOf) };
}

const OPERATORS = [
  ['gte', '≥'],
  ['gt', '>'],
  ['lte', '≤'],
  ['lt', '<'],
  ['eq', '='],
  ['neq', '≠'],
] as const;

function correlationLogic(
  section: Readonly<Record<string, unknown>>,
  document: Readonly<Record<string, unknown>>,
): CorrelationLogic {
  const { condition, aliases } = section;
  const limits = isRecord(condition) ? condition : {};
  const percentile = limits.percentile === undefined ? '' : `percentile ${textOf(limits.percentile)} `;
  return {
    type: textOf(section.type),
    rules: textsOf(section.rules),
    groupBy: textsOf(section['group-by']),
    timespan: textOf(section.timespan ?? section.timeframe ?? ''),
    condition:
      typeof condition === 'string'
        ? condition
        : percentile +
          OPERATORS.flatMap(([name, sign]) =>
            limits[name] === undefined ? [] : [`${sign} ${textOf(limits[name])}`],
          ).join(' and '),
    fields: textsOf(limits.field),
    aliases: Object.entries(isRecord(aliases) ? aliases : {}).map(([alias, fields]) => [
      alias,
      Object.entries(isRecord(fields) ? fields : {}).map(([rule, field]) => [rule, textOf(field)] as const),
    ]),
    generate: section.generate === true || document.generate === true,
  };
}
