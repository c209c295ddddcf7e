import type { YamlPath } from '../../../platform/yaml.ts';
import { isMap, sectionOf, type Attributes, type YamlMap } from './attributes.ts';
import {
  CORRELATION_TYPES,
  isTemporal,
  type CorrelationType,
  type FieldAlias,
  type FieldReference,
  type ParsedCorrelation,
} from './correlation.ts';
import { parseCorrelationCondition } from './parse-correlation-condition.ts';
import { parseMetadata } from './parse-metadata.ts';
import { RuleRejected, type RuleReference, type RuleSource } from './rule.ts';
import { parseTimespan } from './timespan.ts';

const SECTION = 'correlation';
const KEYS = ['type', 'rules', 'group-by', 'timespan', 'condition', 'aliases', 'generate'];

/** A chain or a list longer than this is a mistake; the longest that anybody publishes names six rules. */
const MAX_RULES = 100;
/** Every group stores one value of each. */
const MAX_FIELDS = 20;

/** Words of an expression that are not rules. */
const OPERATORS = new Set(['and', 'or', 'not']);

/** Types a correlation (specification, "Correlation rules"). Throws `RuleRejected` where it has no meaning. */
export function parseCorrelation(attributes: Attributes, source: RuleSource): ParsedCorrelation {
  const section = sectionOf(attributes.document, SECTION);
  refuseUnknownKeys(section);
  const type = parseType(section.type);
  const { condition, valueFields, percentile } = parseCorrelationCondition(
    section.condition,
    type,
    attributes,
  );
  const groupBy = texts(section['group-by'], [SECTION, 'group-by'], MAX_FIELDS).map(toField);
  const aliases = parseAliases(section.aliases);
  warnOfUnusedAliases(attributes, aliases, [...groupBy, ...valueFields]);
  return {
    ...parseMetadata('correlation', attributes, source),
    logsource: { category: null, product: null, service: null },
    type,
    rules: parseRules(section, type),
    groupBy,
    aliases,
    timespanMs: parseTimespan(section.timespan, [SECTION, 'timespan']),
    condition,
    valueFields,
    percentile,
    generate: parseGenerate(attributes.document.generate, section.generate),
  };
}

/** A misspelt "group-by" would correlate what has nothing to do with each other. */
function refuseUnknownKeys(section: YamlMap): void {
  const unknown = Object.keys(section).find((key) => !KEYS.includes(key));
  if (unknown === undefined) return;
  const hint = `Use ${KEYS.join(', ')}.`;
  throw new RuleRejected([SECTION, unknown], `A correlation has no "${unknown}".`, hint);
}

function parseType(type: unknown): CorrelationType {
  const known = CORRELATION_TYPES.find((name) => name === type);
  if (known !== undefined) return known;
  const given = typeof type === 'string' ? `"${type}" is no type` : 'There is no type';
  const hint = `Use one of ${CORRELATION_TYPES.join(', ')}.`;
  throw new RuleRejected([SECTION, 'type'], `${given} of correlation.`, hint);
}

/** A temporal expression names its rules itself; then the list may be left out. */
function parseRules({ rules, condition }: YamlMap, type: CorrelationType): readonly RuleReference[] {
  const path: YamlPath = [SECTION, 'rules'];
  const named =
    rules === undefined && isTemporal(type) && typeof condition === 'string'
      ? rulesIn(condition)
      : texts(rules, path, MAX_RULES);
  if (named.length > 0) return named;
  throw new RuleRejected(path, 'The correlation names no rule.', 'List rules by their id or name.');
}

function rulesIn(condition: string): readonly RuleReference[] {
  const words = condition
    .split(/[\s()]+/)
    .filter((word) => word !== '' && !OPERATORS.has(word.toLowerCase()));
  return [...new Set(words)].map((text) => ({ text, path: [SECTION, 'condition'] }));
}

function parseAliases(aliases: unknown): readonly FieldAlias[] {
  const path: YamlPath = [SECTION, 'aliases'];
  if (aliases === undefined || aliases === null) return [];
  if (!isMap(aliases)) {
    throw new RuleRejected(path, 'Aliases must be a map.', 'Write "alias: {rule: field}".');
  }
  return Object.entries(aliases).map(([name, fields]) => {
    if (!isMap(fields) || Object.keys(fields).length === 0) {
      const message = `The alias "${name}" does not say which field it stands for.`;
      throw new RuleRejected([...path, name], message, 'Write the name of a rule and its field below it.');
    }
    return {
      name,
      fields: Object.entries(fields).map(([rule, field]) => aliasField(rule, field, [...path, name])),
    };
  });
}

function aliasField(rule: string, field: unknown, path: YamlPath): FieldAlias['fields'][number] {
  const place = [...path, rule];
  if (typeof field === 'string' && field !== '') return { rule, field, path: place };
  throw new RuleRejected(place, `The field of "${rule}" must be text.`, 'Quote the name of the field.');
}

function warnOfUnusedAliases(
  attributes: Attributes,
  aliases: readonly FieldAlias[],
  used: readonly FieldReference[],
): void {
  for (const { name } of aliases) {
    if (used.some((field) => field.name === name)) continue;
    const message = `The alias "${name}" is used neither to group nor as a field.`;
    attributes.warn([SECTION, 'aliases', name], message, 'Remove it, or add it to "group-by".');
  }
}

/** The schema puts it beside the correlation, pySigma inside. */
function parseGenerate(outside: unknown, inside: unknown): boolean {
  const given = outside ?? inside ?? false;
  const path = outside === undefined ? [SECTION, 'generate'] : ['generate'];
  if (typeof given !== 'boolean') {
    throw new RuleRejected(path, '"generate" must be true or false.', 'Write it without quotes.');
  }
  if (typeof outside === 'boolean' && typeof inside === 'boolean' && outside !== inside) {
    throw new RuleRejected(
      [SECTION, 'generate'],
      '"generate" is given twice and differs.',
      'Remove one of the two.',
    );
  }
  return given;
}

/** A list of texts, or a single one, each once. */
function texts(value: unknown, path: YamlPath, limit: number): readonly RuleReference[] {
  if (value === undefined || value === null) return [];
  const members: readonly unknown[] = Array.isArray(value) ? value : [value];
  if (members.length > limit) {
    throw new RuleRejected(path, `The list has more than ${limit} entries.`, 'Shorten it.');
  }
  return members.map((member, index) => {
    const place = Array.isArray(value) ? [...path, index] : path;
    if (typeof member !== 'string' || member === '') {
      throw new RuleRejected(place, 'An entry of this list must be text.', 'Quote it.');
    }
    if (members.indexOf(member) < index) {
      throw new RuleRejected(place, `"${member}" is listed twice.`, 'Remove one of the two.');
    }
    return { text: member, path: place };
  });
}

function toField({ text, path }: RuleReference): FieldReference {
  return { name: text, path };
}
