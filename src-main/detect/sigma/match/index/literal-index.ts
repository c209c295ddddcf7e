import { fold, type LiteralMode } from '../../compile/pattern.ts';
import { AffixTrie } from './affix-trie.ts';
import { LiteralAutomaton, type OnHit, type ScanResult } from './literal-automaton.ts';
import { ASCII, Endings, LiteralTree } from './literal-tree.ts';
import { SkipScanner } from './skip-scanner.ts';

/** A text to look for; folded. */
export interface Literal {
  readonly mode: LiteralMode;
  readonly text: string;
}

/**
 * Characters of a literal that are indexed; whoever needs the whole literal checks it after the hit. Sixteen
 * tell nearly all literals of SigmaHQ apart, and keep its lists of 64-character hashes at a quarter of the size.
 */
const NEEDLE_CHARS = 16;

/** Literals up to which, and length from which on, skipping beats the automaton; measured on OTRF records. */
const MAX_SKIPPED = 64;
const MIN_SKIPPED_CHARS = 4;

/**
 * Finds, in one reading of a text, candidates among many literals, each of which stands for a payload. It
 * never misses a literal that is there, and may report one of which only the indexed part is there.
 */
export class LiteralIndex {
  readonly #contained: LiteralAutomaton | SkipScanner | null;
  readonly #begins: AffixTrie | null;
  readonly #ends: AffixTrie | null;
  readonly #byCodePoint: ReadonlyMap<number, readonly number[]>;
  /** Payloads of literals that cannot be looked for: reported for every text. */
  readonly #always: readonly number[];

  constructor(entries: readonly (readonly [Literal, number])[]) {
    const parts = sortedOut(entries);
    const { contains, begins, ends } = parts;
    this.#contained = containedIn(contains);
    this.#begins = affixTrie(begins, false);
    this.#ends = affixTrie(ends, true);
    this.#byCodePoint = parts.byCodePoint;
    this.#always = parts.always;
  }

  get sizeBytes(): number {
    return [this.#contained, this.#begins, this.#ends].reduce((sum, part) => sum + (part?.sizeBytes ?? 0), 0);
  }

  /** Reports payloads until `onHit` returns true, some perhaps more than once. True when it was stopped. */
  search(text: string, onHit: OnHit): boolean {
    if (this.#always.length > 0 && onHit(this.#always)) return true;
    const result = this.#scan(text, false, onHit);
    if (result !== 'not_ascii') return result === 'stopped';
    const folded = fold(text);
    return this.#scan(folded, true, onHit) === 'stopped' || this.#searchCodePoints(folded, onHit);
  }

  #scan(text: string, isFolded: boolean, onHit: OnHit): ScanResult {
    const begins = this.#begins?.scan(text, isFolded, onHit) ?? 'done';
    if (begins !== 'done') return begins;
    const ends = this.#ends?.scan(text, isFolded, onHit) ?? 'done';
    if (ends !== 'done') return ends;
    const contained = this.#contained?.scan(text, isFolded, onHit) ?? 'done';
    if (contained !== 'done') return contained;
    // All of them may have stopped before a character beyond ASCII that some literal waits for.
    return !isFolded && this.#byCodePoint.size > 0 && !isAscii(text) ? 'not_ascii' : 'done';
  }

  #searchCodePoints(folded: string, onHit: OnHit): boolean {
    if (this.#byCodePoint.size === 0) return false;
    for (const character of folded) {
      const code = character.codePointAt(0) ?? 0;
      const payloads = code < ASCII ? undefined : this.#byCodePoint.get(code);
      if (payloads !== undefined && onHit(payloads)) return true;
    }
    return false;
  }
}

class AffixDraft {
  readonly tree = new LiteralTree();
  readonly endings = { partial: new Endings(), whole: new Endings() };
}

interface Draft {
  /** Payloads by needle. */
  readonly contains: Map<string, number[]>;
  readonly begins: AffixDraft;
  readonly ends: AffixDraft;
  readonly byCodePoint: Map<number, number[]>;
  readonly always: number[];
}

/** Puts each literal where it can be found: by position if it is ASCII, else by its first other code point. */
function sortedOut(entries: readonly (readonly [Literal, number])[]): Draft {
  const draft: Draft = {
    contains: new Map(),
    begins: new AffixDraft(),
    ends: new AffixDraft(),
    byCodePoint: new Map(),
    always: [],
  };
  for (const [literal, payload] of entries) {
    if (isAscii(literal.text)) addAscii(draft, literal, payload);
    // A lone surrogate may be half of a pair in the text, so its code point says nothing.
    else if (!literal.text.isWellFormed()) draft.always.push(payload);
    else addByCodePoint(draft, literal.text, payload);
  }
  return draft;
}

function addAscii(draft: Draft, { mode, text }: Literal, payload: number): void {
  const { contains, begins, ends } = draft;
  const head = text.slice(0, NEEDLE_CHARS);
  const tail = text.slice(-NEEDLE_CHARS);
  switch (mode) {
    case 'contains':
      addTo(contains, tail, payload);
      break;
    case 'endswith':
      ends.endings.partial.add(ends.tree.nodeOf(tail, true), payload);
      break;
    case 'startswith':
      begins.endings.partial.add(begins.tree.nodeOf(head, false), payload);
      break;
    case 'equals': {
      // By its end: paths begin alike (two thirds of the rules woken in vain were) and end in different names.
      const { partial, whole } = ends.endings;
      (tail.length < text.length ? partial : whole).add(ends.tree.nodeOf(tail, true), payload);
      break;
    }
  }
}

function containedIn(needles: ReadonlyMap<string, number[]>): LiteralAutomaton | SkipScanner | null {
  if (needles.size === 0) return null;
  const shortest = Math.min(...Array.from(needles.keys(), ({ length }) => length));
  if (needles.size <= MAX_SKIPPED && shortest >= MIN_SKIPPED_CHARS) return new SkipScanner(needles);
  const tree = new LiteralTree();
  const endings = new Endings();
  for (const [needle, payloads] of needles) {
    const node = tree.nodeOf(needle, false);
    for (const payload of payloads) endings.add(node, payload);
  }
  return new LiteralAutomaton(tree, endings);
}

function addByCodePoint(draft: Draft, text: string, payload: number): void {
  const code =
    Array.from(text, (character) => character.codePointAt(0) ?? 0).find((one) => one >= ASCII) ?? 0;
  addTo(draft.byCodePoint, code, payload);
}

function addTo<Key>(lists: Map<Key, number[]>, key: Key, payload: number): void {
  const payloads = lists.get(key);
  if (payloads === undefined) lists.set(key, [payload]);
  else if (payloads.at(-1) !== payload) payloads.push(payload);
}

function affixTrie({ tree, endings }: AffixDraft, isBackwards: boolean): AffixTrie | null {
  if (endings.partial.size + endings.whole.size === 0) return null;
  return new AffixTrie(tree, endings, isBackwards);
}

function isAscii(text: string): boolean {
  return !/[^\0-\x7f]/.test(text);
}
