import { EVENT_ID, getScalarValue, parseEvents, type Event } from 'js-yaml';
import { MAX_DEPTH, type TextPlace, type YamlPath } from './yaml.ts';

/** The text that was asked about last: problems come file by file, and a file may have thousands. */
let latest: { readonly text: string; readonly places: YamlPlaces } | null = null;

/**
 * Where a node of an already parsed text stands: the key of a pair, the item of a list, or the nearest
 * ancestor that the text still shows. Reads the text again, because only problems ask for places.
 *
 * @param documents index of the document to look in; of several, the first that shows most of the path answers.
 */
export function placeInYaml(text: string, documents: number | readonly number[], path: YamlPath): TextPlace {
  if (latest?.text !== text) latest = { text, places: new YamlPlaces(text) };
  return latest.places.find(typeof documents === 'number' ? [documents] : documents, path);
}

/** One text, read once, for any number of places. */
class YamlPlaces {
  readonly #text: string;
  readonly #events: readonly Event[];
  /** Where each document begins among the events. */
  readonly #documents: readonly number[];
  /** Offsets at which lines begin. */
  readonly #lines: readonly number[];

  constructor(text: string) {
    this.#text = text;
    this.#events = eventsOf(text);
    this.#documents = this.#events.flatMap(({ type }, index) => (type === EVENT_ID.DOCUMENT ? [index] : []));
    this.#lines = [0, ...Array.from(text.matchAll(/\n/g), ({ index }) => index + 1)];
  }

  find(documents: readonly number[], path: YamlPath): TextPlace {
    let best: FoundNode = { offset: 0, depth: -1 };
    for (const index of documents) {
      const start = this.#documents[index];
      if (start === undefined) continue;
      const found = new EventWalk(this.#text, this.#events, start).find(path);
      if (found.depth > best.depth) best = found;
    }
    return this.#placeAt(best.offset);
  }

  #placeAt(offset: number): TextPlace {
    let low = 0;
    let high = this.#lines.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if ((this.#lines[middle] ?? 0) <= offset) low = middle;
      else high = middle;
    }
    return { line: low + 1, column: offset - (this.#lines[low] ?? 0) + 1 };
  }
}

/** None for a text that cannot be read: the top is then the only honest answer to every question. */
function eventsOf(text: string): readonly Event[] {
  try {
    return parseEvents(text, { maxDepth: MAX_DEPTH });
  } catch {
    return [];
  }
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
  #at: number;

  /** @param start where the document begins among the events. */
  constructor(text: string, events: readonly Event[], start: number) {
    this.#text = text;
    this.#events = events;
    this.#at = start;
  }

  /** The node at `path`, or the deepest ancestor found. */
  find(path: YamlPath): FoundNode {
    this.#at++;
    let offset = Math.max(0, this.#offset());
    for (const [depth, step] of path.entries()) {
      const found = this.#step(step);
      if (found === null) return { offset, depth };
      // A value that is not written stands nowhere: its parent does.
      if (found >= 0) offset = found;
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
