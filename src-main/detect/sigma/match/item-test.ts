import type { ItemPlan, ItemValue } from '../compile/compile-item.ts';
import type { Scalar } from './event-view.ts';
import { LiteralIndex, type Literal } from './index/literal-index.ts';
import { numericLiteral } from '../compile/number-text.ts';
import { foldedPattern, literalForm, patternTest } from '../compile/pattern.ts';
import { anyScalar, cellTest, type CellTest, type ScalarTest } from './cell-test.ts';

/** Literals in one item from which on they are searched together instead of one after the other. */
const MANY_LITERALS = 12;

/** The test of an item: any of its values, or all of them, and the opposite if it is negated. */
export function itemTest(plan: ItemPlan): CellTest {
  const test = plan.all ? allOf(plan.values) : anyOf(plan.values);
  return plan.negated ? (cell, view) => !test(cell, view) : test;
}

function allOf(values: readonly ItemValue[]): CellTest {
  return conjunction(values.map(({ test }) => cellTest(test)));
}

function anyOf(values: readonly ItemValue[]): CellTest {
  const literals: Literal[] = [];
  const others: CellTest[] = [];
  for (const { test } of values) {
    const literal = test.kind === 'pattern' && !test.cased ? literalForm(foldedPattern(test.pattern)) : null;
    // Whole values that are numbers, and empty ones, have rules of their own: the plain test knows them.
    const isPlain = literal !== null && literal.text !== '' && Number.isNaN(numericLiteral(literal.text));
    if (isPlain) literals.push(literal);
    else others.push(cellTest(test));
  }
  if (literals.length >= MANY_LITERALS) others.push(anyScalar(manyLiterals(literals)));
  else others.push(...literals.map((literal) => anyScalar(oneLiteral(literal))));
  return disjunction(others);
}

/** One reading of the text finds which of many literals may be in it; only those are compared in full. */
function manyLiterals(literals: readonly Literal[]): ScalarTest {
  const tests = literals.map(oneLiteral);
  // Most long lists are never asked, because nothing in the data wakes their rule: build on first use.
  let index: LiteralIndex | null = null;
  return (scalar) => {
    index ??= new LiteralIndex(literals.map((literal, position) => [literal, position]));
    return index.search(scalar.text, (positions) =>
      positions.some((position) => tests[position]?.(scalar) === true),
    );
  };
}

function oneLiteral({ mode, text }: Literal): ScalarTest {
  const many = { kind: 'many' } as const;
  const before = mode === 'contains' || mode === 'endswith' ? [many] : [];
  const behind = mode === 'contains' || mode === 'startswith' ? [many] : [];
  const fits = patternTest([...before, { kind: 'text', text }, ...behind]);
  return (scalar: Scalar) => fits(scalar.folded);
}

function conjunction(tests: readonly CellTest[]): CellTest {
  return (cell, view) => tests.every((test) => test(cell, view));
}

function disjunction(tests: readonly CellTest[]): CellTest {
  const [only] = tests;
  if (only !== undefined && tests.length === 1) return only;
  return (cell, view) => tests.some((test) => test(cell, view));
}
