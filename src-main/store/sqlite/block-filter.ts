import { assertNever } from '#shared/errors/assert-never.ts';
import { resolveField } from '#shared/query/aliases.ts';
import type { QueryNode, QueryValue, TextPattern } from '#shared/query/ast.ts';
import { fold } from '#shared/query/fold.ts';
import { literalRuns } from '#shared/query/pattern.ts';
import { hasBit, keyBits, textBits } from './block-index.ts';
import type { CompareNode } from '#shared/query/predicate.ts';

/** What a block's bits must show for it to hold a match. Null where the index cannot tell. */
export type BlockFilter =
  | { readonly kind: 'all'; readonly filters: readonly BlockFilter[] }
  | { readonly kind: 'any'; readonly filters: readonly BlockFilter[] }
  | { readonly kind: 'bits'; readonly bits: readonly number[] }
  | null;

/** Above this a JSON number may be written with an exponent, so its digits prove nothing. */
const PLAIN_DIGITS_BELOW = 1e15;

/** What must show in a block for the query to match one of its events. */
export function blockFilter(node: QueryNode | null): BlockFilter {
  if (node === null) return null;
  switch (node.kind) {
    case 'and':
      return all(node.nodes.map(blockFilter));
    case 'or':
      return any(node.nodes.map(blockFilter));
    case 'not':
      return null;
    case 'text':
      return any([plainText(node.pattern), jsonText(node.pattern)]);
    case 'compare':
      return node.op === '!=' ? null : compareFilter(node);
    default:
      return assertNever(node);
  }
}

/** For events that name an entity, by value or UUID. */
export function entityFilter(valueOrUuid: string): BlockFilter {
  return { kind: 'bits', bits: keyBits(fold(valueOrUuid)) };
}

/** Joins filters that must all hold. */
export function all(filters: readonly BlockFilter[]): BlockFilter {
  const known = filters.filter((filter) => filter !== null);
  return known.length === 0 ? null : { kind: 'all', filters: known };
}

/** Whether a block with these bits can hold a match. */
export function admits(filter: BlockFilter, bits: Uint8Array): boolean {
  if (filter === null) return true;
  switch (filter.kind) {
    case 'all':
      return filter.filters.every((inner) => admits(inner, bits));
    case 'any':
      return filter.filters.some((inner) => admits(inner, bits));
    case 'bits':
      return filter.bits.every((bit) => hasBit(bits, bit));
    default:
      return assertNever(filter);
  }
}

/** A group with one open alternative is open as a whole. */
function any(filters: readonly BlockFilter[]): BlockFilter {
  return filters.includes(null) ? null : { kind: 'any', filters };
}

function compareFilter(node: CompareNode): BlockFilter {
  const target = resolveField(node.field);
  const isEquality = node.op === '=';
  if (target.kind === 'fields') {
    const present = any(target.names.map(nameFilter));
    return all([present, isEquality ? valueFilter(node.value, jsonText) : null]);
  }
  if (!isEquality) return null;
  if (target.column === 'message' || target.column === 'host') return valueFilter(node.value, plainText);
  if (target.column === 'entity') return valueFilter(node.value, wholeKey);
  return null;
}

/** A record has the field: its JSON text holds the name, or each part of a dotted path. */
function nameFilter(name: string): BlockFilter {
  const whole = bitsOf(`${JSON.stringify(fold(name))}:`);
  if (!name.includes('.')) return whole;
  return any([whole, all(name.split('.').map((part) => bitsOf(`${JSON.stringify(fold(part))}:`)))]);
}

function valueFilter(value: QueryValue, ofPattern: (pattern: TextPattern) => BlockFilter): BlockFilter {
  switch (value.kind) {
    case 'pattern':
      return ofPattern(value.pattern);
    case 'number':
      return numberFilter(value.value, ofPattern);
    case 'list':
      return any(value.values.map((inner) => valueFilter(inner, ofPattern)));
    case 'range':
    case 'cidr':
    case 'regex':
    case 'exists':
      return null;
    default:
      return assertNever(value);
  }
}

/** Digits before the point stand in every way to write a number, "4625", 4625 and "04625.0" alike. */
function numberFilter(value: number, ofPattern: (pattern: TextPattern) => BlockFilter): BlockFilter {
  const whole = Math.trunc(Math.abs(value));
  if (whole >= PLAIN_DIGITS_BELOW || ofPattern === wholeKey) return null;
  return ofPattern({ text: String(whole), literal: true });
}

function plainText(pattern: TextPattern): BlockFilter {
  return all(literalRuns(pattern).map(bitsOf));
}

/** The literal runs of a pattern as they stand, folded, inside JSON text: `C:\Temp` is `c:\\temp` there. */
export function jsonRuns(pattern: TextPattern): readonly string[] {
  return literalRuns(pattern).map((run) => JSON.stringify(run).slice(1, -1));
}

function jsonText(pattern: TextPattern): BlockFilter {
  return all(jsonRuns(pattern).map(bitsOf));
}

function wholeKey(pattern: TextPattern): BlockFilter {
  if (!pattern.literal && /[*?]/.test(pattern.text)) return null;
  return entityFilter(pattern.text);
}

function bitsOf(text: string): BlockFilter {
  const bits = textBits(text);
  return bits.length === 0 ? null : { kind: 'bits', bits };
}
