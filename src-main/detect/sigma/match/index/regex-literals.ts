import { fold } from '../../compile/pattern.ts';

/** Groups within groups that are looked into; what lies deeper counts as anything. */
const MAX_DEPTH = 16;

/** Longest "P<name>" of a group that is looked into. */
const MAX_HEADER_CHARS = 64;

/**
 * Texts of which every match of a regular expression contains at least one, case ignored; null when none can
 * be told. Understands the common part of the syntax and takes everything else for "anything", so it may
 * miss a literal but never demands a wrong one.
 */
export function requiredLiterals(source: string): readonly string[] | null {
  const reader = new Reader(source);
  const literals = reader.alternatives(0);
  return reader.isUnderstood ? literals : null;
}

class Reader {
  readonly #source: string;
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** All was read, and nothing of it was strange. */
  get isUnderstood(): boolean {
    return this.#at === this.#source.length;
  }

  get #isAtEnd(): boolean {
    return this.#at >= this.#source.length;
  }

  /** Reads `a|b|c` up to a closing bracket: one of the alternatives' literals is required. */
  alternatives(depth: number): readonly string[] | null {
    let all: readonly string[] | null = [];
    do {
      const branch = this.#sequence(depth);
      all = all === null || branch === null ? null : [...all, ...branch];
    } while (this.#takes('|'));
    return all;
  }

  /** Reads one alternative: the best of the literals that it requires. */
  #sequence(depth: number): readonly string[] | null {
    let best: readonly string[] | null = null;
    let run = '';
    const endRun = () => {
      if (run !== '') best = better(best, [fold(run)]);
      run = '';
    };
    while (!this.#isAtEnd && !'|)'.includes(this.#peek())) {
      const atom = this.#atom(depth);
      const repeat = this.#repeat();
      if (atom.character !== null && repeat === 'once') {
        run += atom.character;
        continue;
      }
      // A repeated character may end the run that stands before it: "ab+c" requires "ab".
      if (atom.character !== null && repeat === 'some') run += atom.character;
      endRun();
      if (atom.literals !== null && repeat !== 'maybe') best = better(best, atom.literals);
    }
    endRun();
    return best;
  }

  #atom(depth: number): Atom {
    const character = this.#take();
    if (character === '\\') return this.#escape();
    if (character === '[') return this.#class();
    if (character === '(') return this.#group(depth);
    if (character === '.' || character === '^' || character === '$') return ANYTHING;
    // Beyond ASCII, expressions ignore case by tables of their own: such characters are not demanded.
    return character > '\x7f' ? ANYTHING : { character, literals: null };
  }

  #escape(): Atom {
    const character = this.#take();
    // Punctuation stands for itself; letters and digits are classes, assertions and codes.
    if (/^[!-/:-@[-`{-~ ]$/.test(character)) return { character, literals: null };
    if (/^[dDwWsSbBAzntrfv]$/.test(character)) return ANYTHING;
    // \x41, \Q..\E, \p{..}, \101: rare enough to give up on the whole expression.
    return this.#giveUp();
  }

  #class(): Atom {
    this.#takes('^');
    this.#takes(']');
    while (!this.#isAtEnd && this.#peek() !== ']') {
      if (this.#source.startsWith('[:', this.#at)) return this.#giveUp();
      if (this.#take() === '\\') this.#at++;
    }
    this.#at++;
    return ANYTHING;
  }

  #group(depth: number): Atom {
    if (this.#takes('?')) {
      const ahead = this.#source.slice(this.#at, this.#at + MAX_HEADER_CHARS);
      // "(?i)" changes case, which does not matter here; "(?s)" and "(?m)" change no literal either.
      const flags = /^[imsU-]*\)/.exec(ahead);
      if (flags !== null) {
        this.#at += flags[0].length;
        return ANYTHING;
      }
      const header = /^(?:P?<\w+>|[imsU-]*:)/.exec(ahead);
      if (header === null) return this.#giveUp();
      this.#at += header[0].length;
    }
    if (depth >= MAX_DEPTH) return this.#giveUp();
    const literals = this.alternatives(depth + 1);
    this.#takes(')');
    return { character: null, literals };
  }

  /** How often what stands before is there: exactly once, at least once, or perhaps never. */
  #repeat(): 'once' | 'some' | 'maybe' {
    const counted = /^\{(\d+)(?:,\d*)?\}/.exec(this.#source.slice(this.#at, this.#at + 16));
    if (counted !== null) {
      this.#at += counted[0].length;
      this.#takes('?');
      return Number(counted[1]) > 0 ? 'some' : 'maybe';
    }
    const mark = this.#peek();
    if (mark !== '*' && mark !== '+' && mark !== '?') return 'once';
    this.#at++;
    this.#takes('?');
    return mark === '+' ? 'some' : 'maybe';
  }

  /** Leaves the expression, never to be at its end again. */
  #giveUp(): Atom {
    this.#at = Number.POSITIVE_INFINITY;
    return ANYTHING;
  }

  #peek(): string {
    return this.#source.charAt(this.#at);
  }

  #take(): string {
    return this.#source.charAt(this.#at++);
  }

  #takes(character: string): boolean {
    if (this.#peek() !== character || character === '') return false;
    this.#at++;
    return true;
  }
}

interface Atom {
  /** The one character that it is; null for everything that may be several. */
  readonly character: string | null;
  readonly literals: readonly string[] | null;
}

const ANYTHING: Atom = { character: null, literals: null };

/** Of two requirements that both hold, the one that fewer texts fulfil: the longer shortest literal. */
function better(left: readonly string[] | null, right: readonly string[]): readonly string[] {
  if (left === null || left.length === 0) return right;
  return shortest(right) > shortest(left) ? right : left;
}

function shortest(literals: readonly string[]): number {
  return Math.min(...literals.map(({ length }) => length));
}
