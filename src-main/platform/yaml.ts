import {
  constructFromEvents,
  CORE_SCHEMA,
  EVENT_ID,
  getScalarValue,
  mapTag,
  parseEvents,
  YAMLException,
  type Event,
} from 'js-yaml';

/** The default size limit: far above any configuration file (reliability T6). */
const MAX_CHARS = 256 * 1024;

/**
 * Limits of reliability L8. A 478-byte alias bomb with 81 aliases loads in 2 ms and then costs 12 s to
 * print; no rule of the 3,780 in SigmaHQ uses an alias or nests deeper than 6.
 */
const LIMITS = { maxAliases: 10, maxTotalMergeKeys: 1000 } as const;
const MAX_DEPTH = 20;

/** YAML 1.2 core schema: no dates, no merge keys, nothing executable; and no key that could reach a prototype. */
const SCHEMA = CORE_SCHEMA.withTags({
  ...mapTag,
  addPair: (map: Record<string, unknown>, key, value) =>
    key === '__proto__' ? 'the key "__proto__" is not allowed' : mapTag.addPair(map, key, value),
});

/** Place in a text: 1-based line and column. */
export interface TextPlace {
  readonly line: number;
  readonly column: number;
}

/** Keys and indexes from a document's root to a node. */
export type YamlPath = readonly (string | number)[];

export interface YamlFailure extends TextPlace {
  readonly message: string;
}

export type YamlOutcome =
  | { readonly ok: true; readonly documents: readonly unknown[] }
  | { readonly ok: false; readonly failure: YamlFailure };

/**
 * Reads every document of a YAML text written by a stranger. Takes time linear in its length; never throws.
 *
 * @param maxChars longest text accepted.
 */
export function parseYaml(text: string, maxChars = MAX_CHARS): YamlOutcome {
  if (text.length > maxChars) {
    const message = `The text has ${text.length} characters; the limit is ${maxChars}.`;
    return { ok: false, failure: { line: 1, column: 1, message } };
  }
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    return { ok: true, documents: constructFromEvents(events, { source: text, schema: SCHEMA, ...LIMITS }) };
  } catch (error) {
    return { ok: false, failure: failureOf(error) };
  }
}

/**
 * Where a node of an already parsed text stands: the key of a pair, the item of a list, or the nearest
 * ancestor that the text still shows. Reads the text again, because only problems ask for places.
 *
 * @param documents index of the document to look in; of several, the first that shows most of the path answers.
 */
export function placeInYaml(text: string, documents: number | readonly number[], path: YamlPath): TextPlace {
  try {
    const events = parseEvents(text, { maxDepth: MAX_DEPTH });
    const indexes = typeof documents === 'number' ? [documents] : documents;
    let best: FoundNode = { offset: 0, depth: -1 };
    for (const index of indexes) {
      const found = new EventWalk(text, events).find(index, path);
      if (found.depth > best.depth) best = found;
    }
    return placeAt(text, best.offset);
  } catch {
    // Asked about a text that no longer parses: the top is the only honest answer.
    return { line: 1, column: 1 };
  }
}

/** Line and column of an offset into `text`. */
export function placeAt(text: string, offset: number): TextPlace {
  const before = text.slice(0, Math.max(0, offset));
  const lineStart = before.lastIndexOf('\n') + 1;
  return { line: before.split('\n').length, column: before.length - lineStart + 1 };
}

function failureOf(error: unknown): YamlFailure {
  if (error instanceof YAMLException) {
    const { line = 0, column = 0 } = error.mark ?? {};
    return { line: line + 1, column: column + 1, message: error.reason };
  }
  // js-yaml documents that other errors may escape; a stranger's text must not stop its reader.
  return { line: 1, column: 1, message: error instanceof Error ? error.message : String(error) };
}

interface FoundNode {
  readonly offset: number;
  /** Steps of the path that the document has. */
  readonly depth: number;
}

/** A cursor over parser events that follows a path and remembers the last node's offset. */
class EventWalk {
  readonly #text: string;
  readonly #events: readonly Event[];
  #at = 0;

  constructor(text: string, events: readonly Event[]) {
    this.#text = text;
    this.#events = events;
  }

  /** The node at `path`, or the deepest ancestor found. */
  find(documentIndex: number, path: YamlPath): FoundNode {
    for (let skipped = 0; skipped < documentIndex; skipped++) this.#skip();
    this.#at++;
    let offset = this.#offset();
    for (const [depth, step] of path.entries()) {
      const found = this.#step(step);
      if (found === null) return { offset, depth };
      offset = found;
    }
    return { offset, depth: path.length };
  }

  /** Moves onto the child `step` of the collection under the cursor and returns where it stands. */
  #step(step: string | number): number | null {
    const type = this.#events[this.#at]?.type;
    if (type !== EVENT_ID.MAPPING && type !== EVENT_ID.SEQUENCE) return null;
    this.#at++;
    for (let index = 0; this.#inCollection(); index++) {
      const offset = this.#offset();
      if (type === EVENT_ID.SEQUENCE) {
        if (index === step) return offset;
      } else {
        const key = this.#scalar();
        this.#skip();
        if (key === String(step)) return offset;
      }
      this.#skip();
    }
    return null;
  }

  #inCollection(): boolean {
    const event = this.#events[this.#at];
    return event !== undefined && event.type !== EVENT_ID.POP;
  }

  #scalar(): string | null {
    const event = this.#events[this.#at];
    return event?.type === EVENT_ID.SCALAR ? getScalarValue(this.#text, event) : null;
  }

  /** Steps over the node under the cursor, with everything in it. */
  #skip(): void {
    let open = 0;
    do {
      const type = this.#events[this.#at]?.type;
      if (type === undefined) return;
      if (type === EVENT_ID.POP) open--;
      else if (type !== EVENT_ID.SCALAR && type !== EVENT_ID.ALIAS) open++;
      this.#at++;
    } while (open > 0);
  }

  #offset(): number {
    const event = this.#events[this.#at];
    if (event === undefined) return 0;
    if ('valueStart' in event) return event.valueStart;
    if ('start' in event) return event.start;
    return 'anchorStart' in event ? event.anchorStart : 0;
  }
}
