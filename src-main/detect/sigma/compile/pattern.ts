/** One piece of a pattern: fixed text, `*`, `?`, or one character of a set (windash). */
export type PatternPart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'many' }
  | { readonly kind: 'one' }
  | { readonly kind: 'oneOf'; readonly characters: string };

/** What a Sigma string value stands for, wildcards and escapes resolved. Neighbouring texts are joined. */
export type Pattern = readonly PatternPart[];

const MANY: PatternPart = { kind: 'many' };
const ONE: PatternPart = { kind: 'one' };

/** Small letters that lower-casing leaves apart from their kin, and what they fold to (Unicode CaseFolding, C). */
const KIN: ReadonlyMap<string, string> = new Map([
  ['µ', 'μ'],
  ['ſ', 's'],
  ['\u0345', 'ι'],
  ['ς', 'σ'],
  ['ϐ', 'β'],
  ['ϑ', 'θ'],
  ['ϕ', 'φ'],
  ['ϖ', 'π'],
  ['ϰ', 'κ'],
  ['ϱ', 'ρ'],
  ['ϵ', 'ε'],
  ['ᲀ', 'в'],
  ['ᲁ', 'д'],
  ['ᲂ', 'о'],
  ['ᲃ', 'с'],
  ['ᲄ', 'т'],
  ['ᲅ', 'т'],
  ['ᲆ', 'ъ'],
  ['ᲇ', 'ѣ'],
  ['ᲈ', 'ꙋ'],
  ['ẛ', 'ṡ'],
  ['\u1fbe', 'ι'],
] as const);
const KIN_LETTER = /[µſςϐϑϕϖϰϱϵᲀ-ᲈẛ\u1fbe]|\u0345/g;
/** The only letter whose lower case is two characters (i and a combining dot); it folds to nothing but itself. */
const DOTTED_I = 'İ';

/**
 * Folds case one character for one (Unicode's simple folding), as the regular expressions do. So a literal is
 * found inside a text whatever stands around it, and `?` counts characters as they are written.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  const simple = lower.length === text.length ? lower : foldPieces(text);
  return simple.search(KIN_LETTER) < 0
    ? simple
    : simple.replaceAll(KIN_LETTER, (letter) => KIN.get(letter) ?? letter);
}

function foldPieces(text: string): string {
  return text
    .split(DOTTED_I)
    .map((piece) => piece.toLowerCase())
    .join(DOTTED_I);
}

/**
 * Reads wildcards and escapes (specification appendix, "escaping"): a backslash is plain unless a wildcard or
 * another backslash follows; `\*` and `\?` are literal, `\\*` is a backslash and a wildcard.
 */
export function parsePattern(value: string): Pattern {
  if (!/[*?\\]/.test(value)) return literalPattern(value);
  const parts: PatternPart[] = [];
  let text = '';
  const wildcard = (part: PatternPart) => {
    if (text !== '') parts.push({ kind: 'text', text });
    text = '';
    // Two stars mean no more than one.
    if (part !== MANY || parts.at(-1) !== MANY) parts.push(part);
  };
  for (let at = 0; at < value.length; at++) {
    const character = value.charAt(at);
    const next = value.charAt(at + 1);
    if (character === '\\' && (next === '*' || next === '?' || next === '\\')) {
      // `\\\*` is a backslash and a literal star; `\\` alone is the same backslash as `\`.
      text += next;
      at++;
    } else if (character === '*') wildcard(MANY);
    else if (character === '?') wildcard(ONE);
    else text += character;
  }
  if (text !== '') parts.push({ kind: 'text', text });
  return parts;
}

/** The pattern of text that holds no wildcards. */
export function literalPattern(text: string): Pattern {
  return text === '' ? [] : [{ kind: 'text', text }];
}

/** `pattern` with anything allowed before it, behind it, or both. */
export function widened(pattern: Pattern, before: boolean, behind: boolean): Pattern {
  const head = before && pattern[0]?.kind !== 'many' ? [MANY] : [];
  const tail = behind && pattern.at(-1)?.kind !== 'many' ? [MANY] : [];
  const wide = [...head, ...pattern, ...tail];
  return wide.every((part) => part.kind === 'many') ? wide.slice(0, 1) : wide;
}

export type LiteralMode = 'equals' | 'startswith' | 'endswith' | 'contains';

/** A pattern without wildcards inside: the frequent kind, which an index can hold whole. */
export interface LiteralForm {
  readonly mode: LiteralMode;
  readonly text: string;
}

/** The literal that a pattern amounts to; null when it has wildcards in the middle, or is nothing but them. */
export function literalForm(pattern: Pattern): LiteralForm | null {
  const before = pattern[0]?.kind === 'many';
  const behind = pattern.length > 1 && pattern.at(-1)?.kind === 'many';
  const middle = pattern.slice(before ? 1 : 0, behind ? -1 : undefined);
  const [only] = middle;
  if (middle.length === 0) return before ? null : { mode: 'equals', text: '' };
  if (only?.kind !== 'text' || middle.length > 1) return null;
  const mode = before ? (behind ? 'contains' : 'endswith') : behind ? 'startswith' : 'equals';
  return { mode, text: only.text };
}

/** A test of whole texts against `pattern`; both are compared as they are, so fold both or neither. */
export function patternTest(pattern: Pattern): (text: string) => boolean {
  const literal = literalForm(pattern);
  if (literal !== null) return literalTest(literal);
  const segments = splitAtMany(pattern).map((parts) => new Segment(parts));
  if (segments.length === 1) {
    const [whole] = segments;
    return (text) => whole?.endFrom(text, 0) === text.length;
  }
  return (text) => matchesSegments(segments, text);
}

/** True when `name` fits `glob`, in which only `*` is special; case counts. */
export function matchesGlob(glob: string, name: string): boolean {
  const parts = glob
    .split('*')
    .flatMap((text, index) => [...(index > 0 ? [MANY] : []), ...literalPattern(text)]);
  return patternTest(parts.filter((part, index) => part !== MANY || parts[index - 1] !== MANY))(name);
}

function literalTest({ mode, text: literal }: LiteralForm): (text: string) => boolean {
  switch (mode) {
    case 'equals':
      return (text) => text === literal;
    case 'startswith':
      return (text) => text.startsWith(literal);
    case 'endswith':
      return (text) => text.endsWith(literal);
    case 'contains':
      return (text) => text.includes(literal);
  }
}

function splitAtMany(pattern: Pattern): readonly Pattern[] {
  const segments: PatternPart[][] = [[]];
  for (const part of pattern) {
    if (part.kind === 'many') segments.push([]);
    else segments.at(-1)?.push(part);
  }
  return segments;
}

/**
 * First segment at the start, last at the end, the others one behind the other, each as early as it fits.
 * Taking the earliest place is always right, so nothing is ever tried twice: at worst text times pattern.
 */
function matchesSegments(segments: readonly Segment[], text: string): boolean {
  const first = segments[0];
  const last = segments.at(-1);
  if (first === undefined || last === undefined) return true;
  let at = first.endFrom(text, 0);
  const end = last.startFrom(text, text.length);
  if (at < 0 || end < at) return false;
  for (let index = 1; index < segments.length - 1; index++) {
    at = segments[index]?.find(text, at, end) ?? -1;
    if (at < 0) return false;
  }
  return true;
}

/** Parts between two stars: a fixed number of characters, of which those beyond the basic plane have two units. */
class Segment {
  readonly #parts: Pattern;
  readonly #text: string | null;
  /** Code units that it needs at least. */
  readonly #length: number;

  constructor(parts: Pattern) {
    this.#parts = parts;
    this.#length = parts.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 1), 0);
    const [only] = parts;
    this.#text = parts.length === 1 && only?.kind === 'text' ? only.text : null;
  }

  /** Where the segment ends if it starts at `start`; -1 when it does not fit there. */
  endFrom(text: string, start: number): number {
    if (start + this.#length > text.length) return -1;
    let at = start;
    for (const part of this.#parts) {
      if (part.kind === 'text') {
        if (!text.startsWith(part.text, at)) return -1;
        at += part.text.length;
      } else {
        const character = text.codePointAt(at);
        if (character === undefined) return -1;
        if (part.kind === 'oneOf' && !part.characters.includes(text.charAt(at))) return -1;
        at += character > 0xffff ? 2 : 1;
      }
    }
    return at;
  }

  /** Where the segment starts if it ends at `end`; -1 when it does not fit there. */
  startFrom(text: string, end: number): number {
    let at = end;
    for (let index = this.#parts.length - 1; index >= 0; index--) {
      const part = this.#parts[index];
      if (part?.kind === 'text') {
        at -= part.text.length;
        if (at < 0 || !text.startsWith(part.text, at)) return -1;
      } else {
        at -= isInsideCharacter(text, at - 1) ? 2 : 1;
        if (at < 0 || (part?.kind === 'oneOf' && !part.characters.includes(text.charAt(at)))) return -1;
      }
    }
    return at;
  }

  /** Where the first fit at or behind `from` ends, if it ends by `limit`; -1 when there is none. */
  find(text: string, from: number, limit: number): number {
    if (this.#text !== null) {
      const found = text.indexOf(this.#text, from);
      const end = found + this.#text.length;
      return found >= 0 && end <= limit ? end : -1;
    }
    for (let at = from; at + this.#length <= limit; at++) {
      const end = isInsideCharacter(text, at) ? -1 : this.endFrom(text, at);
      if (end >= 0) return end <= limit ? end : -1;
    }
    return -1;
  }
}

/** True when `at` is the second half of a character beyond the basic plane. */
function isInsideCharacter(text: string, at: number): boolean {
  return isBetween(text.charCodeAt(at), 0xdc00, 0xdfff) && isBetween(text.charCodeAt(at - 1), 0xd800, 0xdbff);
}

function isBetween(code: number, first: number, last: number): boolean {
  return code >= first && code <= last;
}

/** The pattern for comparisons without regard to case. */
export function foldedPattern(pattern: Pattern): Pattern {
  return pattern.map((part) => (part.kind === 'text' ? { kind: 'text', text: fold(part.text) } : part));
}
