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

/**
 * Lower case, and the two letters that lower-casing leaves apart from their kin: final sigma and long s. So
 * a literal is found inside a text whatever stands around it, and as the regular expressions fold it.
 */
export function fold(text: string): string {
  const lower = text.toLowerCase();
  return /[ςſ]/.test(lower) ? lower.replaceAll('ς', 'σ').replaceAll('ſ', 's') : lower;
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
    return (text) => whole?.length === text.length && whole.isAt(text, 0);
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
  const end = text.length - last.length;
  if (first.length > end || !first.isAt(text, 0) || !last.isAt(text, end)) return false;
  let at = first.length;
  for (let index = 1; index < segments.length - 1; index++) {
    const segment = segments[index];
    if (segment === undefined) continue;
    const found = segment.find(text, at, end);
    if (found < 0) return false;
    at = found + segment.length;
  }
  return true;
}

/** Parts of fixed length between two stars. */
class Segment {
  readonly length: number;
  readonly #parts: Pattern;
  readonly #text: string | null;

  constructor(parts: Pattern) {
    this.#parts = parts;
    this.length = parts.reduce((sum, part) => sum + (part.kind === 'text' ? part.text.length : 1), 0);
    const [only] = parts;
    this.#text = parts.length === 1 && only?.kind === 'text' ? only.text : null;
  }

  isAt(text: string, start: number): boolean {
    if (start < 0 || start + this.length > text.length) return false;
    let at = start;
    for (const part of this.#parts) {
      if (part.kind === 'text') {
        if (!text.startsWith(part.text, at)) return false;
        at += part.text.length;
        continue;
      }
      if (part.kind === 'oneOf' && !part.characters.includes(text.charAt(at))) return false;
      at++;
    }
    return true;
  }

  /** First place at or behind `from` where the segment fits before `end`; -1 when there is none. */
  find(text: string, from: number, end: number): number {
    if (this.#text !== null) {
      const found = text.indexOf(this.#text, from);
      return found >= 0 && found + this.length <= end ? found : -1;
    }
    for (let at = from; at + this.length <= end; at++) if (this.isAt(text, at)) return at;
    return -1;
  }
}

/** The pattern for comparisons without regard to case. */
export function foldedPattern(pattern: Pattern): Pattern {
  return pattern.map((part) => (part.kind === 'text' ? { kind: 'text', text: fold(part.text) } : part));
}
