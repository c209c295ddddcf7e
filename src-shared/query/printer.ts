import { assertNever } from '../errors/assert-never.ts';
import type { QueryNode, QueryValue, TextPattern } from './ast.ts';

/** Words that can stand without quotes. Narrow on purpose: what is in doubt gets quotes. */
const BARE_WORD = /^[\w.*?@-][\w.*?\\@-]*$/;
const BARE_FIELD = /^[A-Za-z_@][\w.@-]*$/;
const KEYWORD = /^(and|or|not|in)$/i;
const NUMBER_OR_RANGE = /^-?\d+(\.\d+)?$|\.\./;

/** Text of a query. Parsing it gives the same tree again, positions aside; brackets show how AND and OR mix. */
export function printQuery(node: QueryNode | null): string {
  return node === null ? '' : print(node);
}

/** Text of a value as it stands behind `field:`. */
export function printValue(value: QueryValue): string {
  switch (value.kind) {
    case 'pattern':
      return printPattern(value.pattern, NUMBER_OR_RANGE);
    case 'number':
      return value.text;
    case 'list':
      return `(${value.values.map(printValue).join(', ')})`;
    case 'range':
      return `[${value.from ?? '*'} TO ${value.to ?? '*'}]`;
    case 'cidr':
      return `${value.network}/${value.bits}`;
    case 'regex':
      return `/${escapeSlashes(value.source)}/${value.caseSensitive ? 'c' : ''}`;
    case 'exists':
      return '*';
    default:
      return assertNever(value);
  }
}

function print(node: QueryNode): string {
  switch (node.kind) {
    case 'and':
      return members(node).map(bracketed).join(' ');
    case 'or':
      return members(node).map(bracketed).join(' OR ');
    case 'not':
      return `NOT ${bracketed(node.node)}`;
    case 'text':
      return printPattern(node.pattern, null);
    case 'compare':
      return `${printField(node.field)}${node.op === '=' ? ':' : node.op}${printValue(node.value)}`;
    default:
      return assertNever(node);
  }
}

/** Members of a group; a group of the same kind inside it counts as its members, as the parser builds it. */
function members(group: Extract<QueryNode, { kind: 'and' | 'or' }>): readonly QueryNode[] {
  return group.nodes.flatMap((node) => (node.kind === group.kind ? members(node) : [node]));
}

function bracketed(node: QueryNode): string {
  return node.kind === 'and' || node.kind === 'or' ? `(${print(node)})` : print(node);
}

function printField(field: string): string {
  return BARE_FIELD.test(field) && !KEYWORD.test(field) ? field : quote(field, '"');
}

/** `reserved` matches bare words that would read as something other than text in this place. */
function printPattern(pattern: TextPattern, reserved: RegExp | null): string {
  const { text, literal } = pattern;
  if (literal) return quote(text, "'");
  const isBare =
    BARE_WORD.test(text) &&
    !KEYWORD.test(text) &&
    !(reserved !== null && (text === '*' || reserved.test(text)));
  return isBare ? text : quote(text, '"');
}

function quote(text: string, mark: '"' | "'"): string {
  return mark + text.replaceAll(mark, mark + mark) + mark;
}

/** `/` inside a regex is written `\/`; one that has its backslash already stays. */
function escapeSlashes(source: string): string {
  return source.replace(/\\[^]|\//g, (found) => (found === '/' ? '\\/' : found));
}
