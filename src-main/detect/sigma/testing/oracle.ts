import type { FieldValue, LogEvent } from '#shared/model/event.ts';
import { parseCondition, type Condition } from '../compile/condition.ts';
import { acceptsLogsource } from '#shared/model/logsource.ts';
import type { DetectionItem, ParsedRule, SigmaValue } from '../document/rule.ts';

/**
 * A second, simple and slow evaluator: it walks the rule's tree for every event, knows no index, and shares
 * with the engine only the parsers. Tests hold the engine's matches against it. It leaves out what the corpus
 * does not use: encodings other than those below, time parts and placeholders.
 */
export function oracleMatches(rule: ParsedRule, event: LogEvent, anyLogsource = false): boolean {
  if (!anyLogsource && !acceptsLogsource(rule.logsource, event.logsource)) return false;
  const names = rule.selections.map(({ name }) => name);
  return rule.conditions.some(({ text }) => {
    const outcome = parseCondition(text, names);
    if (!outcome.ok) throw new Error(outcome.message);
    return holds(outcome.condition, rule, event);
  });
}

function holds(condition: Condition, rule: ParsedRule, event: LogEvent): boolean {
  switch (condition.kind) {
    case 'not':
      return !holds(condition.operand, rule, event);
    case 'and':
      return condition.operands.every((operand) => holds(operand, rule, event));
    case 'or':
      return condition.operands.some((operand) => holds(operand, rule, event));
    case 'selection': {
      const selection = rule.selections.find(({ name }) => name === condition.name);
      return selection?.alternatives.some((items) => items.every((item) => itemHolds(item, event))) === true;
    }
  }
}

function itemHolds(item: DetectionItem, event: LogEvent): boolean {
  const value = item.field === null ? wholeRecord(event) : fieldOf(event, item.field);
  const test = (wanted: SigmaValue) => valueHolds(wanted, value, item, event);
  const result = item.modifiers.includes('all') ? item.values.every(test) : item.values.some(test);
  return item.modifiers.includes('neq') ? !result : result;
}

function valueHolds(
  wanted: SigmaValue,
  value: FieldValue | undefined,
  item: DetectionItem,
  event: LogEvent,
): boolean {
  const has = (modifier: string) => item.modifiers.includes(modifier);
  if (has('exists')) return (value !== undefined) === wanted;
  if (wanted === null) return value === undefined || value === null || members(value).includes(null);
  const present = members(value).filter((member) => member !== null);
  if (has('fieldref')) {
    const others = members(fieldOf(event, String(wanted))).filter((member) => member !== null);
    const pairs = present.flatMap((left) => others.map((right) => [String(left), String(right)]));
    return pairs.some(([left = '', right = '']) => placedIn(left.toLowerCase(), right.toLowerCase(), item));
  }
  return present.some((member) => scalarHolds(wanted, member, item));
}

function scalarHolds(wanted: string | number | boolean, member: Plain, item: DetectionItem): boolean {
  const has = (modifier: string) => item.modifiers.includes(modifier);
  const text = String(member);
  const comparison = ['lt', 'lte', 'gt', 'gte'].find(has);
  if (comparison !== undefined) {
    const [left, right] = [Number(member), Number(wanted)];
    if (typeof member !== 'number' && !isNumeral(text)) return false;
    return (
      { lt: left < right, lte: left <= right, gt: left > right, gte: left >= right }[comparison] === true
    );
  }
  if (has('re')) return nativeRegex(String(wanted), item.modifiers).test(text);
  if (has('cidr')) return inNetwork(text, String(wanted));
  const isBare = !['contains', 'startswith', 'endswith', 'base64', 'base64offset', 'wide'].some(has);
  if (isBare && item.field !== null) {
    if (typeof wanted === 'number')
      return isNumeral(text) ? Number(text) === wanted : text === String(wanted);
    if (typeof member === 'number' && /^[+-]?\d+(\.\d+)?$/.test(String(wanted)) && Number(wanted) === member)
      return true;
  }
  return encodedForms(String(wanted), item).some((form) => globTest(form, text, item));
}

type Plain = string | number | boolean;

function members(value: FieldValue | undefined): readonly (Plain | null)[] {
  if (value === undefined) return [];
  if (value === null || typeof value !== 'object') return [value];
  return Array.isArray(value) ? value.flatMap((member: FieldValue) => members(member)) : [];
}

function fieldOf(event: LogEvent, name: string): FieldValue | undefined {
  const mapped = event.mapped?.[name];
  if (mapped !== undefined) return mapped;
  const flat = event.fields[name];
  if (flat !== undefined || !name.includes('.')) return typeof flat === 'function' ? undefined : flat;
  let values: FieldValue[] = [event.fields];
  for (const step of name.split('.')) {
    values = values.flatMap((value) => {
      const owners: readonly FieldValue[] = Array.isArray(value) ? (value as readonly FieldValue[]) : [value];
      return owners.flatMap((owner) => {
        if (typeof owner !== 'object' || owner === null || Array.isArray(owner)) return [];
        const next = (owner as Readonly<Record<string, FieldValue>>)[step];
        return next === undefined ? [] : [next];
      });
    });
  }
  return values.length === 0 ? undefined : values.length === 1 ? values[0] : values;
}

function wholeRecord(event: LogEvent): FieldValue {
  // A record that holds its message has said it: the event's is the same on one line.
  const texts: FieldValue[] = typeof event.fields.Message === 'string' ? [] : [event.message];
  const visit = (value: FieldValue): void => {
    if (value === null || typeof value !== 'object') texts.push(value);
    else Object.values(value).forEach(visit);
  };
  visit(event.fields);
  return texts;
}

function isNumeral(text: string): boolean {
  return /^[+-]?\d{1,17}(\.\d{1,17})?$/.test(text) || /^0x[0-9a-f]{1,13}$/i.test(text);
}

function nativeRegex(source: string, modifiers: readonly string[]): RegExp {
  const insensitive = source.startsWith('(?i)') || modifiers.includes('i');
  const flags = `${insensitive ? 'i' : ''}${modifiers.includes('m') ? 'm' : ''}${modifiers.includes('s') ? 's' : ''}`;
  const body = source.replace(/^\(\?i\)/, '');
  try {
    // A dot is a whole character in RE2, so it must be one here.
    return new RegExp(body, `${flags}u`);
  } catch {
    // With the flag u, needless escapes such as \- are errors; the few rules that have them do without it.
    return new RegExp(body, flags);
  }
}

function placedIn(text: string, wanted: string, item: DetectionItem): boolean {
  if (item.modifiers.includes('contains')) return text.includes(wanted);
  if (item.modifiers.includes('startswith')) return text.startsWith(wanted);
  return item.modifiers.includes('endswith') ? text.endsWith(wanted) : text === wanted;
}

/** Values as they stand in the log, each a list of characters and wildcards. */
function encodedForms(value: string, item: DetectionItem): readonly (readonly string[])[] {
  let forms = [value];
  if (item.modifiers.includes('windash')) {
    const pieces = value.split(/\B[-/–—―]\b/);
    forms = pieces
      .slice(1)
      .reduce<string[]>(
        (heads, piece) =>
          heads.flatMap((head) => ['-', '/', '–', '—', '―'].map((dash) => head + dash + piece)),
        [pieces[0] ?? ''],
      );
  }
  if (!item.modifiers.some((name) => name.startsWith('base64'))) return forms.map(symbols);
  const encoding = item.modifiers.includes('wide') ? 'utf16le' : 'utf8';
  return forms.flatMap((form) => {
    const bytes = Buffer.from(symbols(form).join(''), encoding);
    if (item.modifiers.includes('base64')) return [bytes.toString('base64').split('')];
    return [0, 1, 2].map((offset) => {
      const text = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
      const start = [0, 2, 3][offset] ?? 0;
      return text.slice(start, [undefined, -3, -2][(bytes.length + offset) % 3]).split('');
    });
  });
}

const ANY = '*any*';
const ONE = '*one*';

/** Characters and wildcards of a value, escapes undone. */
function symbols(value: string): readonly string[] {
  const found: string[] = [];
  let escaped = false;
  for (const unit of value.split('')) {
    if (escaped) {
      found.push(...('*?\\'.includes(unit) ? [unit] : ['\\', unit]));
      escaped = false;
    } else if (unit === '\\') escaped = true;
    else found.push(unit === '*' ? ANY : unit === '?' ? ONE : unit);
  }
  return escaped ? [...found, '\\'] : found;
}

function globTest(form: readonly string[], text: string, item: DetectionItem): boolean {
  const has = (modifier: string) => item.modifiers.includes(modifier);
  const anywhere = item.field === null || has('contains');
  const source = form
    .map((symbol) =>
      symbol === ANY ? '.*' : symbol === ONE ? '.' : escaped(has('cased') ? symbol : symbol.toLowerCase()),
    )
    .join('');
  const before = anywhere || has('endswith') ? '' : '^';
  const behind = anywhere || has('startswith') ? '' : '$';
  return regexOf(`${before}${source}${behind}`).test(has('cased') ? text : text.toLowerCase());
}

const compiled = new Map<string, RegExp>();

/** Compiling dominates everything else; the corpus has 46,000 values, asked for thousands of events. */
function regexOf(source: string): RegExp {
  const known = compiled.get(source);
  if (known !== undefined) return known;
  const regex = new RegExp(source, 'su');
  compiled.set(source, regex);
  return regex;
}

function escaped(symbol: string): string {
  return symbol.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&');
}

function inNetwork(text: string, network: string): boolean {
  const [base = '', length] = network.split('/');
  const address = addressBits(text);
  const origin = addressBits(base);
  if (address?.length !== origin?.length || address === null || origin === null) return false;
  const bits = length === undefined ? origin.length : Number(length);
  return address.slice(0, bits) === origin.slice(0, bits);
}

/** An address as a text of zeros and ones. */
function addressBits(text: string): string | null {
  if (/^\d+(\.\d+){3}$/.test(text)) {
    return text
      .split('.')
      .map((part) => Number(part).toString(2).padStart(8, '0'))
      .join('');
  }
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(text)?.[1];
  if (mapped !== undefined) return addressBits(mapped);
  if (!/^[0-9a-f:]+$/i.test(text) || !text.includes(':')) return null;
  const [head = '', tail] = text.split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const fill = new Array<string>(8 - left.length - right.length).fill('0');
  const groups = [...left, ...(tail === undefined ? [] : fill), ...right];
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
