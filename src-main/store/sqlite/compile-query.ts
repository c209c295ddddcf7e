import { assertNever } from '#shared/errors/assert-never.ts';
import type { Fields } from '#shared/model/event.ts';
import { resolveField, type EventColumn } from '#shared/query/aliases.ts';
import type { QueryNode, TextPattern } from '#shared/query/ast.ts';
import { fieldValues, scalarTexts } from '#shared/query/field-value.ts';
import { fold } from '#shared/query/fold.ts';
import { matchPart } from '#shared/query/pattern.ts';
import {
  boundOf,
  compileCompare,
  type CompareNode,
  type EvaluationContext,
  type ValuesTest,
} from '#shared/query/predicate.ts';
import { jsonRuns } from './block-filter.ts';
import { COLUMN_SQL, storedValues } from './columns.ts';

/** A test that SQL calls back for, with the columns of one event as they are stored. */
export type RowTest = (...columns: readonly unknown[]) => boolean;

/** A query as SQL over `events e`. Every value is a parameter; `tests` are called as `hql_test(index, ...)`. */
export interface CompiledQuery {
  readonly sql: string;
  readonly parameters: readonly (string | number)[];
  readonly tests: readonly RowTest[];
}

/** Columns whose plain comparisons SQLite does by itself. They are NULL or empty where the event lacks them. */
const INDEXABLE: ReadonlySet<EventColumn> = new Set([
  'host',
  'source',
  'category',
  'product',
  'service',
  'tactic',
  'technique',
]);

const ORDERED: ReadonlySet<EventColumn> = new Set(['ts', 'observed_ts', 'severity']);

/**
 * Compiles a query. What SQLite does exactly as the language means it becomes SQL; the rest calls back to the
 * language's own tests, so that the two cannot differ. Throws `bad_request` for a regex that is not understood.
 */
export function compileQuery(node: QueryNode | null, context: EvaluationContext): CompiledQuery {
  const compiler = new QueryCompiler(context);
  const sql = node === null ? '1' : compiler.node(node);
  return { sql, parameters: compiler.parameters, tests: compiler.tests };
}

class QueryCompiler {
  readonly parameters: (string | number)[] = [];
  readonly tests: RowTest[] = [];
  readonly #context: EvaluationContext;

  constructor(context: EvaluationContext) {
    this.#context = context;
  }

  node(node: QueryNode): string {
    switch (node.kind) {
      case 'and':
        return `(${node.nodes.map((inner) => this.node(inner)).join(' AND ')})`;
      case 'or':
        return `(${node.nodes.map((inner) => this.node(inner)).join(' OR ')})`;
      case 'not':
        // No part yields NULL, so NOT needs no coalesce.
        return `NOT ${this.node(node.node)}`;
      case 'text':
        return this.#call(textTest(node.pattern), 'e.message, e.host, e.fields');
      case 'compare':
        return this.#plainComparison(node) ?? this.#testedComparison(node);
      default:
        return assertNever(node);
    }
  }

  /** SQL without a callback, where SQLite's meaning is the language's; null elsewhere. */
  #plainComparison(node: CompareNode): string | null {
    const target = resolveField(node.field);
    if (target.kind !== 'column') return null;
    const { column } = target;
    if (ORDERED.has(column) && node.op !== '=' && node.op !== '!=') {
      const text = node.value.kind === 'pattern' ? node.value.pattern.text : '';
      const bound = node.value.kind === 'number' ? node.value.value : boundOf(text, this.#context.nowMs);
      if (bound === null) return '0';
      return this.#bind(`${COLUMN_SQL[column]} ${node.op} ?`, bound);
    }
    if (!INDEXABLE.has(column) || node.value.kind !== 'pattern') return null;
    const { text, literal } = node.value.pattern;
    // NOCASE folds ASCII only, which for an ASCII pattern is what the language does.
    const isPlain = text !== '' && /^[\x20-\x7e]+$/.test(text) && (literal || !/[*?]/.test(text));
    if (!isPlain || (node.op !== '=' && node.op !== '!=')) return null;
    const equal = `${COLUMN_SQL[column]} = ? COLLATE NOCASE`;
    if (column === 'host' || column === 'source')
      return this.#bind(node.op === '=' ? equal : `NOT (${equal})`, text);
    return this.#bind(node.op === '=' ? `coalesce(${equal}, 0)` : `NOT coalesce(${equal}, 0)`, text);
  }

  #testedComparison(node: CompareNode): string {
    const target = resolveField(node.field);
    const test = compileCompare(node, this.#context);
    if (target.kind === 'fields') return this.#call(fieldsTest(target.names, test), 'e.fields, e.mapped');
    const { column } = target;
    return this.#call((stored) => test(storedValues(column, stored)), COLUMN_SQL[column]);
  }

  #bind(sql: string, value: string | number): string {
    this.parameters.push(value);
    return `(${sql})`;
  }

  #call(test: RowTest, columns: string): string {
    this.parameters.push(this.tests.length);
    this.tests.push(test);
    return `hql_test(?, ${columns})`;
  }
}

function textTest(pattern: TextPattern): RowTest {
  const matches = matchPart(pattern);
  const runs = jsonRuns(pattern);
  return (message, host, fields) => {
    if (matches(message as string) || matches(host as string)) return true; // NOT NULL TEXT columns.
    // Looking into the JSON text costs a fourth of parsing it, and most records do not hold the word.
    const json = fold(fields as string);
    if (!runs.every((run) => json.includes(run))) return false;
    for (const text of scalarTexts(parseFields(fields))) if (matches(text)) return true;
    return false;
  };
}

function fieldsTest(names: readonly string[], test: ValuesTest): RowTest {
  const keys = names.map((name) => JSON.stringify(name.includes('.') ? (name.split('.')[0] ?? '') : name));
  const whole = names.map((name) => JSON.stringify(name));
  const isMentioned = (json: string): boolean =>
    keys.some((key) => json.includes(key)) || whole.some((key) => json.includes(key));
  return (fields, mapped) => {
    const json = fields as string; // NOT NULL TEXT column.
    const extra = mapped as string | null;
    // Parsing costs far more than this look; most records lack the field.
    if (!isMentioned(json) && (extra === null || !isMentioned(extra))) return test([]);
    return test(fieldValues(parseFields(json), extra === null ? null : parseFields(extra), names));
  };
}

function parseFields(json: unknown): Fields {
  return JSON.parse(json as string) as Fields; // Written by toColumns.
}
