/** Where reading a query failed, as the offset in its text, and what to do about it. */
export class QuerySyntaxError extends Error {
  readonly position: number;
  readonly hint: string;

  constructor(message: string, position: number, hint: string) {
    super(message);
    this.name = 'QuerySyntaxError';
    this.position = position;
    this.hint = hint;
  }
}

/** A piece of text as the analyst wrote it. `word` is unquoted, `pattern` came in "...", `literal` in '...'. */
export interface TextToken {
  readonly kind: 'word' | 'pattern' | 'literal';
  readonly text: string;
  readonly position: number;
}

export interface RegexToken {
  readonly kind: 'regex';
  readonly source: string;
  readonly caseSensitive: boolean;
  readonly position: number;
}

const SPACE = /\s/;
const FIELD = /[A-Za-z_@][\w.@-]*/y;
const OPERATOR = /\s*(==|!=|>=|<=|:|=|>|<)/y;

/** Paths (`C:\Temp`), addresses (`http://...`) and IPv6 (`fe80::1`) look like a field and a colon; they are text. */
const NOT_A_FIELD = /(?:[A-Za-z]:\\|[A-Za-z][\w.+-]*:\/\/|[0-9A-Fa-f]{1,4}::)/y;

/**
 * Reads the pieces of a query on demand. What a character means depends on where it stands (a `/` starts a
 * regex only where a value may start), so the parser asks for what it expects.
 */
export class Lexer {
  readonly text: string;
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  skipSpace(): void {
    while (SPACE.test(this.text.charAt(this.position))) this.position += 1;
  }

  atEnd(): boolean {
    this.skipSpace();
    return this.position >= this.text.length;
  }

  peek(): string {
    this.skipSpace();
    return this.text.charAt(this.position);
  }

  /** Takes `symbol` if it comes next. */
  take(symbol: string): boolean {
    this.skipSpace();
    if (!this.text.startsWith(symbol, this.position)) return false;
    this.position += symbol.length;
    return true;
  }

  /** Takes a keyword, in any case, if it comes next as a whole word. */
  takeKeyword(keyword: string): boolean {
    this.skipSpace();
    const end = this.position + keyword.length;
    if (this.text.slice(this.position, end).toUpperCase() !== keyword) return false;
    const next = this.text.charAt(end);
    if (next !== '' && !SPACE.test(next) && next !== '(' && next !== ')') return false;
    this.position = end;
    return true;
  }

  /** The field and operator that come next, or null when what comes next is free text. Takes them if found. */
  takeFieldAndOperator(): { field: string; op: string; position: number } | null {
    this.skipSpace();
    const start = this.position;
    const field = this.#fieldName();
    const afterField = this.position;
    const op = field === null ? null : this.#match(OPERATOR)?.trim();
    if (field !== null && op !== undefined && op !== null) return { field, op, position: start };
    this.position = afterField;
    if (field !== null && SPACE.test(this.text.charAt(afterField)) && this.takeKeyword('IN')) {
      if (this.peek() === '(') return { field, op: ':', position: start };
    }
    this.position = start;
    return null;
  }

  /** A quoted string, a regex or an unquoted word. `stops` end a word besides space, brackets and pipes. */
  readText(stops = ''): TextToken | RegexToken {
    const first = this.peek();
    if (first === '"' || first === "'") return this.#quoted();
    if (first === '/') return this.#regex();
    const position = this.position;
    while (this.position < this.text.length && !this.#endsWord(stops)) this.position += 1;
    const text = this.text.slice(position, this.position);
    if (text === '') throw this.unexpected();
    return { kind: 'word', text, position };
  }

  unexpected(): QuerySyntaxError {
    const character = this.peek();
    if (character === '')
      return new QuerySyntaxError('The query stops too early.', this.position, 'Write a value here.');
    return new QuerySyntaxError(
      `"${character}" is not expected here.`,
      this.position,
      'Put text that contains it in quotes.',
    );
  }

  #fieldName(): string | null {
    NOT_A_FIELD.lastIndex = this.position;
    if (NOT_A_FIELD.test(this.text)) return null;
    const first = this.text.charAt(this.position);
    if (first !== '"' && first !== "'") return this.#match(FIELD);
    // A quoted name is a field only when its operator follows at once: `"Process Name":x`.
    const end = closingQuote(this.text, this.position);
    if (end < 0 || !/[:=<>!]/.test(this.text.charAt(end + 1))) return null;
    const name = this.#quoted().text;
    return name === '' ? null : name;
  }

  #quoted(): TextToken {
    const position = this.position;
    const quote = this.text.charAt(position);
    const end = closingQuote(this.text, position);
    if (end < 0)
      throw new QuerySyntaxError('A quote is not closed.', position, `Write the closing ${quote} as well.`);
    this.position = end + 1;
    const text = this.text.slice(position + 1, end).replaceAll(quote + quote, quote);
    return { kind: quote === '"' ? 'pattern' : 'literal', text, position };
  }

  #regex(): RegexToken {
    const position = this.position;
    let end = position + 1;
    while (end < this.text.length && this.text.charAt(end) !== '/')
      end += this.text.charAt(end) === '\\' ? 2 : 1;
    if (end >= this.text.length)
      throw new QuerySyntaxError(
        'A regular expression is not closed.',
        position,
        'Write the closing /, or put a path in quotes.',
      );
    const source = this.text.slice(position + 1, end);
    if (source === '')
      throw new QuerySyntaxError(
        'The regular expression is empty.',
        position,
        'Write a pattern between the slashes.',
      );
    const caseSensitive = /^c(?![\w])/.test(this.text.slice(end + 1));
    this.position = end + (caseSensitive ? 2 : 1);
    return { kind: 'regex', source, caseSensitive, position };
  }

  #endsWord(stops: string): boolean {
    const character = this.text.charAt(this.position);
    return (
      SPACE.test(character) ||
      character === '(' ||
      character === ')' ||
      character === '|' ||
      stops.includes(character) ||
      this.text.startsWith('&&', this.position)
    );
  }

  #match(pattern: RegExp): string | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text)?.[0] ?? null;
    if (found !== null) this.position += found.length;
    return found;
  }
}

/** Offset of the quote that closes the one at `start`, doubled quotes skipped; -1 when there is none. */
function closingQuote(text: string, start: number): number {
  const quote = text.charAt(start);
  let end = text.indexOf(quote, start + 1);
  while (end >= 0 && text.charAt(end + 1) === quote) end = text.indexOf(quote, end + 2);
  return end;
}
