import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import { acceptsLogsource } from '#shared/model/logsource.ts';
import type { DetectionItem, ParsedRule, SigmaValue } from '../../document/rule.ts';
import { evaluateCondition } from './condition.ts';
import { expandedTexts } from './encodings.ts';
import { fieldOf, plainMembers, wholeRecord, type Plain } from './fields.ts';
import { foldCase, fitsGlob } from './glob.ts';
import { fitsExpression } from './expression.ts';
import { datePart, isInSubnet, numberOf } from './readings.ts';

export interface OracleOptions {
  readonly anyLogsource?: boolean;
  readonly placeholders?: ReadonlyMap<string, readonly string[]>;
}

/**
 * A second, simple and slow evaluator of the whole rule language: it walks the rule for every event and shares
 * nothing with the compiler and the matcher, so that a mistake of theirs is not its own. Tests hold the
 * engine's matches against it. It takes rules that the compiler accepts; of others it says nothing.
 */
export function oracleMatches(rule: ParsedRule, event: LogEvent, options: OracleOptions = {}): boolean {
  if (options.anyLogsource !== true && !acceptsLogsource(rule.logsource, event.logsource)) return false;
  const known = new Map<string, boolean>();
  const holds = (name: string): boolean => {
    const answer = known.get(name) ?? selectionHolds(rule, name, { event, options });
    known.set(name, answer);
    return answer;
  };
  const names = rule.selections.map(({ name }) => name);
  return rule.conditions.some(({ text }) => evaluateCondition(text, names, holds));
}

interface Context {
  readonly event: LogEvent;
  readonly options: OracleOptions;
}

function selectionHolds(rule: ParsedRule, name: string, context: Context): boolean {
  const selection = rule.selections.find((one) => one.name === name);
  if (selection === undefined) throw new Error(`There is no selection ${name}.`);
  return selection.alternatives.some((items) => items.every((item) => itemHolds(item, context)));
}

function itemHolds(item: DetectionItem, context: Context): boolean {
  const value = item.field === null ? wholeRecord(context.event) : fieldOf(context.event, item.field);
  const wanted = item.modifiers.includes('expand')
    ? item.values.flatMap((one) => expandedTexts(String(one), context.options.placeholders ?? new Map()))
    : item.values;
  const test = (one: SigmaValue) => valueHolds(one, value, item, context.event);
  const result = item.modifiers.includes('all') ? wanted.every(test) : wanted.some(test);
  return item.modifiers.includes('neq') ? !result : result;
}

function valueHolds(
  wanted: SigmaValue,
  value: FieldValue | undefined,
  item: DetectionItem,
  event: LogEvent,
): boolean {
  if (item.modifiers.includes('exists')) return (value !== undefined) === wanted;
  const members = plainMembers(value);
  if (wanted === null) return value === undefined || value === null || members.includes(null);
  const present = members.filter((member) => member !== null);
  if (!item.modifiers.includes('fieldref')) return present.some((one) => scalarHolds(wanted, one, item));
  const others = plainMembers(fieldOf(event, String(wanted))).filter((member) => member !== null);
  return present.some((left) => others.some((right) => fieldsFit(left, right, item)));
}

const COMPARISONS: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  lt: (left, right) => left < right,
  lte: (left, right) => left <= right,
  gt: (left, right) => left > right,
  gte: (left, right) => left >= right,
};
const TIME_PARTS = ['minute', 'hour', 'day', 'week', 'month', 'year'];
/** Modifiers after which a number of the rule is a text. */
const TEXTUAL = /^(?:contains|startswith|endswith|base64|base64offset|wide|utf16|utf16le|utf16be|expand)$/;

function scalarHolds(wanted: string | number | boolean, member: Plain, item: DetectionItem): boolean {
  const { modifiers } = item;
  const compare = COMPARISONS[modifiers.find((name) => name in COMPARISONS) ?? ''];
  const part = TIME_PARTS.find((name) => modifiers.includes(name));
  if (part !== undefined) {
    const number = datePart(String(member), part);
    return compare === undefined ? number === Number(wanted) : compare(number, Number(wanted));
  }
  if (compare !== undefined) return compare(numberOf(member), Number(wanted));
  if (modifiers.includes('re')) return fitsExpression(String(wanted), modifiers, String(member));
  if (modifiers.includes('cidr')) return isInSubnet(String(member), String(wanted));
  if (item.field !== null && !modifiers.some((name) => TEXTUAL.test(name))) {
    if (typeof wanted === 'number') return numberOf(member) === wanted;
  }
  if (equalByValue(String(wanted), member, item)) return true;
  return fitsGlob(String(wanted), String(member), item);
}

/** A text of the rule that states a number is equal to that number in a record. */
function equalByValue(wanted: string, member: Plain, { field, modifiers }: DetectionItem): boolean {
  const isWhole = modifiers.every((name) => /^(?:all|neq|expand|windash)$/.test(name));
  const isExact = /^[+-]?\d{1,15}(\.\d{1,15})?$/.test(wanted) || /^0x[\da-f]{1,13}$/i.test(wanted);
  return field !== null && isWhole && isExact && typeof member === 'number' && member === Number(wanted);
}

function fieldsFit(left: Plain, right: Plain, { modifiers }: DetectionItem): boolean {
  const [a = '', b = ''] = [String(left), String(right)].map((text) =>
    modifiers.includes('cased') ? text : foldCase(text),
  );
  if (modifiers.includes('contains')) return a.includes(b);
  if (modifiers.includes('startswith')) return a.startsWith(b);
  if (modifiers.includes('endswith')) return a.endsWith(b);
  const isNumeric = typeof left === 'number' || typeof right === 'number';
  return a === b || (isNumeric && numberOf(left) === numberOf(right));
}
