/** Longer than any expression that a person would read, and short enough to parse in no time. */
const MAX_LENGTH = 200;

/** Parentheses and signs inside one another: bounds the recursion of parser and evaluation. */
const MAX_DEPTH = 20;

/** Value of a parsed expression for one cell; null where there is none (a division by zero). */
export type Score = (valueOf: (letter: string) => number) => number | null;

export type ParsedExpression =
  | { readonly ok: true; readonly score: Score; readonly letters: readonly string[] }
  | { readonly ok: false; readonly reason: string };

interface Token {
  readonly text: string;
  /** 1-based, for messages. */
  readonly position: number;
}

/** Raised inside the parser only; `parseExpression` makes a value of it. */
class ExpressionError extends Error {}

/**
 * Reads what the Navigator calls a score expression: letters of layers, numbers, `+ - * /`, parentheses, and
 * `min(...)` and `max(...)`. Nothing is ever evaluated as code.
 */
export function parseExpression(text: string): ParsedExpression {
  if (text.length > MAX_LENGTH) return { ok: false, reason: `it is longer than ${MAX_LENGTH} characters` };
  try {
    const parser = new ExpressionParser(tokensOf(text));
    const score = parser.whole();
    return { ok: true, score, letters: [...parser.letters].sort() };
  } catch (error) {
    if (error instanceof ExpressionError) return { ok: false, reason: error.message };
    throw error;
  }
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  const pattern = /\s*(?:(\d{1,9}(?:\.\d{1,9})?|[a-z]+|[-+*/(),])|(\S))/giy;
  for (const match of text.matchAll(pattern)) {
    const [whole, known, stranger] = match;
    const position = match.index + whole.length - (known ?? stranger ?? '').length + 1;
    if (known === undefined)
      throw new ExpressionError(`"${stranger ?? ''}" at character ${position} is not known`);
    tokens.push({ text: known.toLowerCase(), position });
  }
  return tokens;
}

/** Recursive descent over three levels: sums, products, factors. */
class ExpressionParser {
  readonly letters = new Set<string>();
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
  }

  whole(): Score {
    const score = this.#sum();
    const left = this.#tokens[this.#next];
    if (left !== undefined)
      throw new ExpressionError(`"${left.text}" at character ${left.position} is too much`);
    return score;
  }

  #sum(): Score {
    return this.#chain(() => this.#product(), {
      '+': (left, right) => left + right,
      '-': (left, right) => left - right,
    });
  }

  #product(): Score {
    return this.#chain(() => this.#factor(), {
      '*': (left, right) => left * right,
      '/': (left, right) => left / right,
    });
  }

  #chain(
    operand: () => Score,
    operators: Readonly<Record<string, (left: number, right: number) => number>>,
  ): Score {
    const operands = [operand()];
    const applied: ((left: number, right: number) => number)[] = [];
    for (;;) {
      const operator = operators[this.#tokens[this.#next]?.text ?? ''];
      if (operator === undefined) break;
      this.#next += 1;
      applied.push(operator);
      operands.push(operand());
    }
    return combined(operands, (values) =>
      values.reduce((sum, value, index) => applied[index - 1]?.(sum, value) ?? value),
    );
  }

  #factor(): Score {
    this.#depth += 1;
    if (this.#depth > MAX_DEPTH) throw new ExpressionError(`it is nested deeper than ${MAX_DEPTH} levels`);
    const score = this.#unbounded();
    this.#depth -= 1;
    return score;
  }

  #unbounded(): Score {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new ExpressionError('it ends where a layer or a number is missing');
    this.#next += 1;
    if (token.text === '-') return combined([this.#factor()], ([value = 0]) => -value);
    if (token.text === '(') {
      const inner = this.#sum();
      this.#expect(')');
      return inner;
    }
    if (/^\d/.test(token.text)) return () => Number(token.text);
    if (token.text === 'min') return combined(this.#list(), (values) => Math.min(...values));
    if (token.text === 'max') return combined(this.#list(), (values) => Math.max(...values));
    if (!/^[a-z]$/.test(token.text))
      throw new ExpressionError(`"${token.text}" at character ${token.position} is no layer`);
    this.letters.add(token.text);
    return (valueOf) => valueOf(token.text);
  }

  #list(): Score[] {
    this.#expect('(');
    const scores = [this.#sum()];
    while (this.#tokens[this.#next]?.text === ',') {
      this.#next += 1;
      scores.push(this.#sum());
    }
    this.#expect(')');
    return scores;
  }

  #expect(text: string): void {
    const token = this.#tokens[this.#next];
    if (token?.text !== text) {
      const place = token === undefined ? 'at the end' : `at character ${token.position}`;
      throw new ExpressionError(`"${text}" is missing ${place}`);
    }
    this.#next += 1;
  }
}

/** Without a value in one part there is none in the whole; neither is what is no finite number. */
function combined(parts: readonly Score[], combine: (values: readonly number[]) => number): Score {
  return (valueOf) => {
    const values = parts.map((part) => part(valueOf));
    if (values.includes(null)) return null;
    const result = combine(values.filter((value) => value !== null));
    return Number.isFinite(result) ? result : null;
  };
}
