import { assertNever } from '../errors/assert-never.ts';
import type { FieldValue } from '../model/event.ts';
import { resolveField } from './aliases.ts';
import type { CompareOp, QueryNode, QueryValue } from './ast.ts';
import { isInNetwork } from './cidr.ts';
import { textOf } from './field-value.ts';
import { matchPart, matchWhole, type TextMatcher } from './pattern.ts';
import { parseTime } from './time.ts';

/** What evaluation needs from outside: the time that relative times count from, and a safe regex engine. */
export interface EvaluationContext {
  /** UTC epoch milliseconds. */
  readonly nowMs: number;
  /** Matcher of any part of a text. Must take linear time: the texts are hostile. Throws on a bad pattern. */
  readonly regex: (source: string, caseSensitive: boolean) => TextMatcher;
}

/** Tests all present values of one field. */
export type ValuesTest = (values: readonly FieldValue[]) => boolean;

export type CompareNode = Extract<QueryNode, { kind: 'compare' }>;

/** Test of one comparison. `!=` is the exact opposite of `=`, so it is true where the field is missing. */
export function compileCompare(node: CompareNode, context: EvaluationContext): ValuesTest {
  const target = resolveField(node.field);
  const isTime = target.kind === 'column' && (target.column === 'ts' || target.column === 'observed_ts');
  const isMessage = target.kind === 'column' && target.column === 'message';
  if (node.op === '=' || node.op === '!=') {
    const test = equality(node.value, { ...context, isTime, isMessage });
    return node.op === '=' ? (values) => values.some(test) : (values) => !values.some(test);
  }
  const test = ordering(node.op, node.value, context.nowMs);
  return (values) => values.some(test);
}

interface EqualityContext extends EvaluationContext {
  readonly isTime: boolean;
  readonly isMessage: boolean;
}

type ValueTest = (value: FieldValue) => boolean;

function equality(value: QueryValue, context: EqualityContext): ValueTest {
  switch (value.kind) {
    case 'exists':
      return () => true;
    case 'pattern':
      return patternTest(value.pattern, context);
    case 'number': {
      const matches = patternTest({ text: value.text, literal: true }, context);
      return (found) => numberOf(found) === value.value || matches(found);
    }
    case 'list': {
      const tests = value.values.map((inner) => equality(inner, context));
      return (found) => tests.some((test) => test(found));
    }
    case 'range':
      return rangeTest(value.from, value.to, context.nowMs);
    case 'cidr':
      return (found) =>
        typeof found === 'string' && isInNetwork(found, { address: value.network, bits: value.bits });
    case 'regex': {
      const matches = context.regex(value.source, value.caseSensitive);
      return (found) => matches(textOf(found));
    }
    default:
      return assertNever(value);
  }
}

function patternTest(pattern: { text: string; literal: boolean }, context: EqualityContext): ValueTest {
  const ms = context.isTime ? parseTime(pattern.text, context.nowMs) : null;
  if (ms !== null) return (found) => found === ms;
  const matches = context.isMessage ? matchPart(pattern) : matchWhole(pattern);
  return (found) => matches(textOf(found));
}

function ordering(op: Exclude<CompareOp, '=' | '!='>, value: QueryValue, nowMs: number): ValueTest {
  const bound = value.kind === 'number' ? value.value : boundOf(printableText(value), nowMs);
  return (found) => {
    const number = comparable(found);
    if (number === null || bound === null) return false;
    switch (op) {
      case '>':
        return number > bound;
      case '>=':
        return number >= bound;
      case '<':
        return number < bound;
      case '<=':
        return number <= bound;
    }
  };
}

function rangeTest(from: string | null, to: string | null, nowMs: number): ValueTest {
  const low = from === null ? -Infinity : boundOf(from, nowMs);
  const high = to === null ? Infinity : boundOf(to, nowMs);
  return (found) => {
    const number = comparable(found);
    return number !== null && low !== null && high !== null && number >= low && number <= high;
  };
}

function printableText(value: QueryValue): string {
  return value.kind === 'pattern' ? value.pattern.text : '';
}

/** A bound as a number: itself, or a time in epoch milliseconds. */
export function boundOf(text: string, nowMs: number): number | null {
  return numberOf(text) ?? parseTime(text, nowMs);
}

/** A value as a number to compare: a number, or text that is one or is an ISO time. */
function comparable(value: FieldValue): number | null {
  return numberOf(value) ?? (typeof value === 'string' ? isoTime(value) : null);
}

function isoTime(text: string): number | null {
  return /^\d{4}-/.test(text) ? parseTime(text, 0) : null;
}

function numberOf(value: FieldValue): number | null {
  if (typeof value === 'number') return value;
  return typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value) ? Number(value) : null;
}
