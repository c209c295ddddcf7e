import type { FieldValue } from '../model/event.ts';
import type { QueryNode, QueryValue } from './ast.ts';
import { textOf } from './field-value.ts';
import { join, parseQuery } from './parser.ts';
import { printQuery } from './printer.ts';

/** One removable part of a query as the UI shows it: the terms that AND joins at the top. */
export interface Chip {
  readonly text: string;
  readonly negated: boolean;
}

/** The chips of a query, in order. None while the text has an error. */
export function chipsOf(text: string): readonly Chip[] {
  return (terms(text) ?? []).map((node) => ({
    text: printQuery(node.kind === 'not' ? node.node : node),
    negated: node.kind === 'not',
  }));
}

/**
 * The query narrowed to events whose `field` is `value`, or is not (`negate`). The opposite filter, if present,
 * is replaced; the same filter is not added twice. Null stands for "has no such field". The result always
 * parses; a text with an error is returned as it is.
 */
export function addFilter(text: string, field: string, value: FieldValue, negate: boolean): string {
  const existing = terms(text);
  if (existing === null) return text;
  const positive: QueryNode = {
    kind: 'compare',
    field,
    op: '=',
    value: value === null ? { kind: 'exists' } : exactly(value),
    position: 0,
  };
  const isNegated = negate !== (value === null);
  const added: QueryNode = isNegated ? { kind: 'not', node: positive } : positive;
  const opposite = printQuery(isNegated ? positive : { kind: 'not', node: positive });
  const same = printQuery(added);
  const kept = existing.filter((node) => ![same, opposite].includes(printQuery(node)));
  return printQuery(join('and', [...kept, added]));
}

/** The query without its chip at `index`. */
export function removeAt(text: string, index: number): string {
  return replaceAt(text, index, () => []);
}

/** The query with its chip at `index` turned into its opposite. */
export function negateAt(text: string, index: number): string {
  return replaceAt(text, index, (node) => [node.kind === 'not' ? node.node : { kind: 'not', node }]);
}

function replaceAt(text: string, index: number, change: (node: QueryNode) => readonly QueryNode[]): string {
  const existing = terms(text);
  if (existing === null) return text;
  const changed = existing.flatMap((node, at) => (at === index ? change(node) : [node]));
  return changed.length === 0 ? '' : printQuery(join('and', changed));
}

function terms(text: string): readonly QueryNode[] | null {
  const parsed = parseQuery(text);
  if (!parsed.ok) return null;
  if (parsed.node === null) return [];
  return parsed.node.kind === 'and' ? parsed.node.nodes : [parsed.node];
}

/** The query value that matches exactly this. Quoted literally only where it holds wildcards. */
function exactly(value: FieldValue): QueryValue {
  if (Array.isArray(value) && value.length > 0)
    return { kind: 'list', values: (value as readonly FieldValue[]).map(exactly) };
  const text = textOf(value);
  if (/^-?\d+(\.\d+)?$/.test(text)) return { kind: 'number', value: Number(text), text };
  return { kind: 'pattern', pattern: { text, literal: /[*?]/.test(text) } };
}
