import { aggregationHint } from '../document/aggregation-hint.ts';
import { matchesGlob } from './pattern.ts';

/** A condition as written: which selections must be true. */
export type Condition =
  | { readonly kind: 'selection'; readonly name: string }
  | { readonly kind: 'not'; readonly operand: Condition }
  | { readonly kind: 'and' | 'or'; readonly operands: readonly Condition[] };

export type ConditionOutcome =
  | { readonly ok: true; readonly condition: Condition }
  /** `at` is an offset into the condition's text. */
  | { readonly ok: false; readonly message: string; readonly hint: string; readonly at: number };

/** Nesting that a condition may have (reliability T6); SigmaHQ uses 2. */
const MAX_NESTING = 64;

/**
 * Selections that a condition may name, those that patterns stand for included: a line of "1 of a*" repeated
 * would otherwise ask for 10^9 of them. SigmaHQ's longest condition names 31.
 */
const MAX_TERMS = 10_000;

/** Selections that a hint lists. */
const LISTED = 20;

const TOKEN = /\s+|[()|]|[^\s()|]+(?:\|[A-Za-z0-9_]+)*/gy;
const HINT_FORM = 'Use selection names with and, or, not, brackets, "1 of x*" and "all of x*".';

interface Token {
  readonly text: string;
  readonly at: number;
}

class ConditionError extends Error {
  readonly at: number;
  readonly hint: string;

  constructor(message: string, at: number, hint = HINT_FORM) {
    super(message);
    this.at = at;
    this.hint = hint;
  }
}

/**
 * Parses a condition (Sigma specification 2.1, "condition"). Precedence, low to high: or, and, not, x-of,
 * brackets. Quantifiers are resolved against `selections`, so the result names only what exists.
 */
export function parseCondition(text: string, selections: readonly string[]): ConditionOutcome {
  try {
    return { ok: true, condition: new Parser(text, selections).parse() };
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error;
    return { ok: false, message: error.message, hint: error.hint, at: error.at };
  }
}

/**
 * `condition` as if the selections `dropped` had not been written, `not` before them included; null when nothing
 * is left of it.
 */
export function withoutSelections(condition: Condition, dropped: ReadonlySet<string>): Condition | null {
  if (dropped.size === 0) return condition;
  if (condition.kind === 'selection') return dropped.has(condition.name) ? null : condition;
  if (condition.kind === 'not') {
    const operand = withoutSelections(condition.operand, dropped);
    return operand === null ? null : { kind: 'not', operand };
  }
  const operands = condition.operands.flatMap((operand) => withoutSelections(operand, dropped) ?? []);
  return operands.length === 0 ? null : joined(condition.kind, operands);
}

class Parser {
  readonly #selections: readonly string[];
  readonly #tokens: readonly Token[];
  readonly #end: number;
  readonly #names: ReadonlySet<string>;
  #next = 0;
  #depth = 0;
  #terms = 0;

  constructor(text: string, selections: readonly string[]) {
    this.#selections = selections;
    this.#names = new Set(selections);
    this.#tokens = tokenize(text);
    this.#end = text.length;
  }

  parse(): Condition {
    const condition = this.#or();
    const rest = this.#tokens[this.#next];
    if (rest !== undefined) throw new ConditionError(`Unexpected "${rest.text}" in the condition.`, rest.at);
    return condition;
  }

  #or(): Condition {
    return this.#chain('or', () => this.#and());
  }

  #and(): Condition {
    return this.#chain('and', () => this.#not());
  }

  #chain(kind: 'and' | 'or', operand: () => Condition): Condition {
    const operands = [operand()];
    while (this.#takes(kind)) operands.push(operand());
    return joined(kind, operands);
  }

  #not(): Condition {
    // A chain of nots is nesting too: it must not exhaust the stack.
    if (++this.#depth > MAX_NESTING) {
      throw new ConditionError(`The condition nests deeper than ${MAX_NESTING}.`, this.#position());
    }
    const result: Condition = this.#takes('not') ? { kind: 'not', operand: this.#not() } : this.#primary();
    this.#depth--;
    return result;
  }

  #primary(): Condition {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new ConditionError('The condition ends too early.', this.#end);
    this.#next++;
    if (token.text === '(') {
      const inner = this.#or();
      if (!this.#takes(')')) throw new ConditionError('A bracket is not closed.', token.at, 'Add ")".');
      return inner;
    }
    if (this.#peek() === 'of') return this.#quantifier(token);
    if (this.#names.has(token.text)) {
      this.#countTerms(1, token);
      return { kind: 'selection', name: token.text };
    }
    throw this.#unknown(token);
  }

  #quantifier(count: Token): Condition {
    const word = count.text.toLowerCase();
    if (word !== '1' && word !== 'any' && word !== 'all') {
      const hint = 'Sigma knows "1 of", "any of" and "all of".';
      throw new ConditionError(`"${count.text} of" is not a quantifier of Sigma.`, count.at, hint);
    }
    this.#next++;
    const target = this.#tokens[this.#next++];
    if (target === undefined) throw new ConditionError('"of" is followed by nothing.', this.#end);
    const names = this.#matching(target.text);
    if (names.length === 0) {
      throw new ConditionError(`No selection matches "${target.text}".`, target.at, this.#listed());
    }
    this.#countTerms(names.length, target);
    const operands = names.map((name): Condition => ({ kind: 'selection', name }));
    return joined(word === 'all' ? 'and' : 'or', operands);
  }

  /** Selections that a quantifier's target means. Names starting with `_` are never meant by a pattern. */
  #matching(target: string): readonly string[] {
    const visible = this.#selections.filter((name) => !name.startsWith('_'));
    if (target.toLowerCase() === 'them') return visible;
    if (!target.includes('*')) return this.#selections.filter((name) => name === target);
    return visible.filter((name) => matchesGlob(target, name));
  }

  #unknown(token: Token): ConditionError {
    if (token.text === '|') {
      const hint = aggregationHint(this.#tokens.map(({ text }) => text).join(' '), null);
      return new ConditionError('Pipes in conditions are not part of Sigma any more.', token.at, hint);
    }
    return new ConditionError(`There is no selection "${token.text}".`, token.at, this.#listed());
  }

  #listed(): string {
    const names = this.#selections.slice(0, LISTED).join(', ');
    const more = this.#selections.length - LISTED;
    return `The selections are: ${names}${more > 0 ? ` and ${more} more` : ''}.`;
  }

  #countTerms(count: number, { at }: Token): void {
    this.#terms += count;
    if (this.#terms <= MAX_TERMS) return;
    const hint = 'Name fewer selections, or split the rule.';
    throw new ConditionError(`The condition names more than ${MAX_TERMS} selections.`, at, hint);
  }

  /** Takes the keyword if it comes next; a selection of that very name wins only where an operand may stand. */
  #takes(word: string): boolean {
    if (this.#peek() !== word) return false;
    this.#next++;
    return true;
  }

  #peek(): string | undefined {
    return this.#tokens[this.#next]?.text.toLowerCase();
  }

  #position(): number {
    return this.#tokens[this.#next]?.at ?? this.#end;
  }
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  for (const match of text.matchAll(TOKEN)) {
    if (match[0].trim() !== '') tokens.push({ text: match[0], at: match.index });
  }
  return tokens;
}

function joined(kind: 'and' | 'or', operands: readonly Condition[]): Condition {
  const [only] = operands;
  return only !== undefined && operands.length === 1 ? only : { kind, operands };
}
