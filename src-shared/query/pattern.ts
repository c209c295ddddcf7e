import type { TextPattern } from './ast.ts';
import { fold } from './fold.ts';

/** Tests one text. */
export type TextMatcher = (text: string) => boolean;

/** Matcher of the whole text, case-insensitive; `*` is any run of characters and `?` one, unless literal. */
export function matchWhole(pattern: TextPattern): TextMatcher {
  const folded = fold(pattern.text);
  if (isPlain(pattern)) return (text) => text.length === folded.length && fold(text) === folded;
  return (text) => matchesGlob(folded, fold(text));
}

/** Matcher of any part of the text: what free text and `message:` mean. */
export function matchPart(pattern: TextPattern): TextMatcher {
  const folded = fold(pattern.text);
  if (isPlain(pattern)) return (text) => fold(text).includes(folded);
  return (text) => matchesGlob(`*${folded}*`, fold(text));
}

/** The runs of literal text in a pattern, folded: each occurs in everything the pattern matches. */
export function literalRuns(pattern: TextPattern): readonly string[] {
  const folded = fold(pattern.text);
  return pattern.literal ? [folded] : folded.split(/[*?]+/).filter((run) => run !== '');
}

function isPlain(pattern: TextPattern): boolean {
  return pattern.literal || !/[*?]/.test(pattern.text);
}

/**
 * Greedy two-pointer glob: at a mismatch the last `*` takes one character more. Time is at most pattern times
 * text; a regular expression made from the same pattern can take exponential time on hostile text.
 */
function matchesGlob(glob: string, text: string): boolean {
  let g = 0;
  let t = 0;
  let star = -1;
  let retry = 0;
  while (t < text.length) {
    const wanted = glob.charCodeAt(g);
    if (wanted === STAR) {
      star = g;
      retry = t;
      g += 1;
    } else if (g < glob.length && (wanted === QUESTION || wanted === text.charCodeAt(t))) {
      g += 1;
      t += 1;
    } else if (star >= 0) {
      g = star + 1;
      retry += 1;
      t = retry;
    } else return false;
  }
  while (glob.charCodeAt(g) === STAR) g += 1;
  return g === glob.length;
}

const STAR = 42;
const QUESTION = 63;
