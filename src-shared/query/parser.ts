import type { CompareOp, QueryNode, QueryValue } from './ast.ts';
import { parseNetwork } from './cidr.ts';
import { Lexer, QuerySyntaxError, type RegexToken, type TextToken } from './lexer.ts';
import { isTimeText } from './time.ts';

export type ParsedQuery =
  | { readonly ok: true; readonly node: QueryNode | null }
  | { readonly ok: false; readonly message: string; readonly position: number; readonly hint: string };

/** Longest query, as the API's contract allows. Bounds the size of the tree as well. */
export const MAX_QUERY_LENGTH = 4096;

/** Brackets inside brackets and NOT before NOT. Nobody writes 64 by hand; the parser recurses once per level. */
const MAX_DEPTH = 64;

const NUMBER = /^-?\d+(\.\d+)?$/;

/**
 * Reads the filter part of the hunt language (grammar in README.md). An empty text is the query that everything
 * matches (`node` null). Never throws; a problem comes back with its offset and a hint.
 */
export function parseQuery(text: string): ParsedQuery {
  if (text.length > MAX_QUERY_LENGTH) {
    const hint = `Use at most ${String(MAX_QUERY_LENGTH)} characters.`;
    return { ok: false, message: 'The query is too long.', position: MAX_QUERY_LENGTH, hint };
  }
  try {
    return { ok: true, node: new Parser(text).parse() };
  } catch (error) {
    if (!(error instanceof QuerySyntaxError)) throw error;
    return { ok: false, message: error.message, position: error.position, hint: error.hint };
  }
}

/** Recursive descent, one method per rule of the grammar. */
class Parser {
  readonly #lexer: Lexer;
  #depth = 0;

  constructor(text: string) {
    this.#lexer = new Lexer(text);
  }

  parse(): QueryNode | null {
    if (this.#lexer.atEnd()) return null;
    const node = this.#or();
    // Pipe stages (`| stats count by host`) continue here: the rest of the text is theirs.
    if (this.#lexer.peek() === '|')
      throw new QuerySyntaxError(
        'Only the filter part of a query works here.',
        this.#lexer.position,
        'Leave out the pipe and what follows it.',
      );
    if (!this.#lexer.atEnd()) throw this.#lexer.unexpected();
    return node;
  }

  #or(): QueryNode {
    const nodes = [this.#and()];
    while (this.#lexer.take('||') || this.#lexer.takeKeyword('OR')) nodes.push(this.#and());
    return join('or', nodes);
  }

  #and(): QueryNode {
    const nodes = [this.#not()];
    for (;;) {
      if (this.#lexer.take('&&') || this.#lexer.takeKeyword('AND')) nodes.push(this.#not());
      else if (this.#startsOperand()) nodes.push(this.#not());
      else return join('and', nodes);
    }
  }

  #startsOperand(): boolean {
    const next = this.#lexer.peek();
    if (next === '' || next === ')' || next === '|') return false;
    const before = this.#lexer.position;
    const isOr = this.#lexer.takeKeyword('OR');
    this.#lexer.position = before;
    return !isOr;
  }

  #not(): QueryNode {
    const isBang = this.#lexer.peek() === '!' && !this.#lexer.text.startsWith('!=', this.#lexer.position);
    if ((isBang && this.#lexer.take('!')) || this.#lexer.takeKeyword('NOT'))
      return { kind: 'not', node: this.#deeper(() => this.#not()) };
    return this.#primary();
  }

  #primary(): QueryNode {
    if (this.#lexer.take('(')) {
      const node = this.#deeper(() => this.#or());
      if (!this.#lexer.take(')'))
        throw new QuerySyntaxError('A bracket is not closed.', this.#lexer.position, 'Write the closing ).');
      return node;
    }
    const predicate = this.#lexer.takeFieldAndOperator();
    if (predicate !== null) return this.#predicate(predicate);
    const token = this.#lexer.readText();
    if (token.kind === 'word' && /^(and|or|not)$/i.test(token.text))
      throw new QuerySyntaxError(
        `${token.text} has nothing on one of its sides.`,
        token.position,
        'Put the word in quotes to search for it.',
      );
    if (token.kind !== 'regex') return { kind: 'text', pattern: toPattern(token), position: token.position };
    // A regex on its own searches the message.
    const { position } = token;
    return { kind: 'compare', field: 'message', op: '=', value: regexValue(token), position };
  }

  #predicate(head: { field: string; op: string; position: number }): QueryNode {
    const op = operator(head.op);
    const at = this.#lexer.position;
    const value = this.#value('');
    const isOrdering = op !== '=' && op !== '!=';
    if (isOrdering && !isOrderable(value)) {
      const start = at + (/^\s*/.exec(this.#lexer.text.slice(at))?.[0].length ?? 0);
      const shown = this.#lexer.text.slice(start, this.#lexer.position);
      throw new QuerySyntaxError(
        `${shown} is not a number or a time (field ${head.field}).`,
        start,
        'Compare with a number, an ISO time, or a relative time such as -24h.',
      );
    }
    return { kind: 'compare', field: head.field, op, value, position: head.position };
  }

  #value(stops: string): QueryValue {
    const next = this.#lexer.peek();
    if (next === '(' && stops === '') return this.#list();
    if (next === '[') return this.#range();
    const token = this.#lexer.readText(stops);
    if (token.kind === 'regex') return regexValue(token);
    if (token.kind === 'word') return wordValue(token);
    return { kind: 'pattern', pattern: toPattern(token) };
  }

  #list(): QueryValue {
    this.#lexer.take('(');
    const values: QueryValue[] = [];
    do values.push(this.#value(','));
    while (this.#lexer.take(',') || this.#lexer.take('||') || this.#lexer.takeKeyword('OR'));
    if (!this.#lexer.take(')'))
      throw new QuerySyntaxError(
        'The list is not closed.',
        this.#lexer.position,
        'Separate values by commas and end with ).',
      );
    return { kind: 'list', values };
  }

  #range(): QueryValue {
    this.#lexer.take('[');
    const from = this.#bound();
    if (!this.#lexer.takeKeyword('TO'))
      throw new QuerySyntaxError('The range has no TO.', this.#lexer.position, 'Write it as [1 TO 9].');
    const to = this.#bound();
    if (!this.#lexer.take(']'))
      throw new QuerySyntaxError('The range is not closed.', this.#lexer.position, 'Write the closing ].');
    return { kind: 'range', from, to };
  }

  #bound(): string | null {
    const token = this.#lexer.readText(']');
    if (token.kind === 'word' && token.text === '*') return null;
    if (token.kind !== 'regex' && (NUMBER.test(token.text) || isTimeText(token.text))) return token.text;
    throw new QuerySyntaxError(
      'A bound of a range must be a number or a time.',
      token.position,
      'Use * for no bound.',
    );
  }

  #deeper<T>(read: () => T): T {
    if (this.#depth >= MAX_DEPTH)
      throw new QuerySyntaxError(
        'The query is nested too deeply.',
        this.#lexer.position,
        'Remove some brackets.',
      );
    this.#depth += 1;
    const result = read();
    this.#depth -= 1;
    return result;
  }
}

/** One node for several joined by AND or OR; groups of the same kind become one. */
export function join(kind: 'and' | 'or', nodes: readonly QueryNode[]): QueryNode {
  const flat = nodes.flatMap((node) => (node.kind === kind ? node.nodes : [node]));
  const [only] = flat;
  return flat.length === 1 && only !== undefined ? only : { kind, nodes: flat };
}

function operator(text: string): CompareOp {
  if (text === ':' || text === '==') return '=';
  // The lexer's pattern admits no other operator.
  return text as CompareOp;
}

function wordValue(token: TextToken): QueryValue {
  const { text } = token;
  if (text === '*') return { kind: 'exists' };
  if (NUMBER.test(text)) return { kind: 'number', value: Number(text), text };
  const [from = '', to = '', ...rest] = text.split('..');
  if (rest.length === 0 && NUMBER.test(from) && NUMBER.test(to)) return { kind: 'range', from, to };
  const network = parseNetwork(text);
  if (network !== null) return { kind: 'cidr', network: network.address, bits: network.bits };
  return { kind: 'pattern', pattern: toPattern(token) };
}

function toPattern(token: TextToken): { text: string; literal: boolean } {
  return { text: token.text, literal: token.kind === 'literal' };
}

function regexValue(token: RegexToken): QueryValue {
  return { kind: 'regex', source: token.source, caseSensitive: token.caseSensitive };
}

function isOrderable(value: QueryValue): boolean {
  return value.kind === 'number' || (value.kind === 'pattern' && isTimeText(value.pattern.text));
}
