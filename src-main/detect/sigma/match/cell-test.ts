import { assertNever } from '#shared/errors/assert-never.ts';
import { isInNetwork } from '../compile/cidr.ts';
import type { Comparison } from '../compile/modifier-chain.ts';
import { numericLiteral } from '../compile/number-text.ts';
import { foldedPattern, literalForm, patternTest, type Pattern } from '../compile/pattern.ts';
import type { LinearRegex } from '../compile/regex.ts';
import type { ValueTest } from '../compile/value-test.ts';
import type { Cell, EventView, Scalar } from './event-view.ts';
import { requiredLiterals } from './index/regex-literals.ts';
import { timePartOf } from './time-part.ts';

export type ScalarTest = (scalar: Scalar) => boolean;
export type CellTest = (cell: Cell, view: EventView) => boolean;

/** The test of a whole field: of its plain values any must fit. */
export function cellTest(test: ValueTest): CellTest {
  switch (test.kind) {
    case 'null':
      return (cell) => cell.isNull;
    case 'exists':
      return (cell) => cell.exists === test.expected;
    case 'fieldref':
      return fieldrefTest(test);
    default:
      return anyScalar(scalarTest(test));
  }
}

export function anyScalar(test: ScalarTest): CellTest {
  return ({ scalars }) => {
    for (let index = 0; index < scalars.length; index++) {
      const scalar = scalars[index];
      if (scalar !== undefined && test(scalar)) return true;
    }
    return false;
  };
}

type ScalarValueTest = Exclude<ValueTest, { kind: 'null' | 'exists' | 'fieldref' }>;

function scalarTest(test: ScalarValueTest): ScalarTest {
  switch (test.kind) {
    case 'pattern':
      return test.cased ? casedTest(test.pattern) : foldedTest(test.pattern);
    case 'forms': {
      const tests = test.patterns.map(test.cased ? casedTest : foldedTest);
      return (scalar) => tests.some((fits) => fits(scalar));
    }
    case 'equalsNumber':
      return (scalar) => scalar.number === test.value;
    case 'number':
      return (scalar) => compares(scalar.number, test.comparison, test.value);
    case 'time':
      return (scalar) => compares(timePartOf(scalar.text, test.part), test.comparison, test.value);
    case 'regex':
      return regexTest(test.regex);
    case 'cidr':
      return (scalar) => isInNetwork(scalar.text, test.network);
    default:
      return assertNever(test);
  }
}

/** Literals looked for before an expression is run; more of them would cost as much as the expression. */
const MAX_PREFILTER_LITERALS = 8;

/** An expression costs microseconds and a look for what it cannot match without a tenth of one. */
function regexTest(regex: LinearRegex): ScalarTest {
  const literals = requiredLiterals(regex.source);
  if (literals === null || literals.length > MAX_PREFILTER_LITERALS) return ({ text }) => regex.test(text);
  return ({ text, folded }) => literals.some((literal) => folded.includes(literal)) && regex.test(text);
}

function casedTest(pattern: Pattern): ScalarTest {
  const fits = patternTest(pattern);
  return (scalar) => fits(scalar.text);
}

function foldedTest(pattern: Pattern): ScalarTest {
  const folded = foldedPattern(pattern);
  const fits = patternTest(folded);
  const literal = literalForm(folded);
  if (literal?.mode !== 'equals') return (scalar) => fits(scalar.folded);
  const number = numericLiteral(literal.text);
  if (Number.isNaN(number)) return (scalar) => fits(scalar.folded);
  // A numeric text and a number are equal by value: "4688" fits 4688. Two texts are compared as texts.
  return (scalar) => fits(scalar.folded) || (typeof scalar.value === 'number' && scalar.value === number);
}

function fieldrefTest(test: Extract<ValueTest, { kind: 'fieldref' }>): CellTest {
  const form = (scalar: Scalar) => (test.cased ? scalar.text : scalar.folded);
  const fits = (left: Scalar, right: Scalar): boolean => {
    switch (test.placement) {
      case null:
        return form(left) === form(right) || areEqualNumbers(left, right);
      case 'contains':
        return form(left).includes(form(right));
      case 'startswith':
        return form(left).startsWith(form(right));
      case 'endswith':
        return form(left).endsWith(form(right));
    }
  };
  return (cell, view) => {
    const others = view.cell(test.slot).scalars;
    return cell.scalars.some((scalar) => others.some((other) => fits(scalar, other)));
  };
}

/** A number and a text that states it are equal by value; two texts are compared as texts. */
function areEqualNumbers(left: Scalar, right: Scalar): boolean {
  const isNumber = typeof left.value === 'number' || typeof right.value === 'number';
  return isNumber && left.number === right.number;
}

/** False when `left` is not a number. */
export function compares(left: number, comparison: Comparison, right: number): boolean {
  switch (comparison) {
    case 'eq':
      return left === right;
    case 'lt':
      return left < right;
    case 'lte':
      return left <= right;
    case 'gt':
      return left > right;
    case 'gte':
      return left >= right;
  }
}
