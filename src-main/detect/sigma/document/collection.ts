import { isMap, type YamlMap } from './attributes.ts';
import { RuleRejected, type Finding, type RuleSource } from './rule.ts';

/** One document of a file with what it takes over from others. */
export interface CollectedDocument extends Pick<RuleSource, 'documentIndex' | 'inheritedFrom'> {
  readonly value: unknown;
}

export interface Collection {
  readonly documents: readonly CollectedDocument[];
  readonly findings: readonly { readonly documentIndex: number; readonly finding: Finding }[];
}

/**
 * Keys that merging may copy in one file. A file of the permitted size could otherwise ask for 10^9 of them:
 * one large `global` document above 50,000 small ones. Real collections copy fewer than a hundred.
 */
const MAX_MERGED_KEYS = 1_000_000;

const HINT = 'Use global, reset or repeat.';

/**
 * Applies the collection actions of one file: `global` gives its parts to the rules below it, `reset` ends
 * that, `repeat` is the rule above it with changes. A rule's own parts win over global ones. Correlations and
 * filters take part in none of it.
 */
export function collect(values: readonly unknown[]): Collection {
  const collector = new Collector();
  const findings: Collection['findings'][number][] = [];
  for (const [documentIndex, value] of values.entries()) {
    try {
      collector.add(value, documentIndex);
    } catch (error) {
      if (!(error instanceof RuleRejected)) throw error;
      findings.push({ documentIndex, finding: error.finding });
    }
  }
  return { documents: collector.documents, findings: [...findings, ...collector.unused()] };
}

class Collector {
  readonly documents: CollectedDocument[] = [];
  #global: YamlMap = {};
  /** Indexes of the documents that made up `#global`, and whether any rule took their parts. */
  #globals: number[] = [];
  readonly #idle = new Set<number>();
  #previous: CollectedDocument | null = null;
  #mergedKeys = 0;

  add(value: unknown, documentIndex: number): void {
    const { action, ...rest } = isMap(value) ? value : {};
    if (action === undefined) {
      this.#addPlain(value, documentIndex);
      return;
    }
    switch (action) {
      case 'global':
        this.#global = this.#merged(this.#global, rest);
        this.#globals = [documentIndex, ...this.#globals];
        this.#idle.add(documentIndex);
        return;
      case 'reset':
        this.#global = {};
        this.#globals = [];
        return;
      case 'repeat':
        this.#repeat(rest, documentIndex);
        return;
      default: {
        const given = typeof action === 'string' ? `"${action}"` : 'What is given';
        throw new RuleRejected(['action'], `${given} is not an action of a collection.`, HINT);
      }
    }
  }

  /** A `global` that changed nothing is most likely in the wrong place. */
  unused(): Collection['findings'] {
    const message = 'No rule below takes over what this document sets.';
    const hint = 'Move it above the rules, or remove it.';
    return [...this.#idle].map((documentIndex) => ({
      documentIndex,
      finding: { path: ['action'], message, hint, severity: 'warning' },
    }));
  }

  #addPlain(value: unknown, documentIndex: number): void {
    const plain: CollectedDocument = { value, documentIndex, inheritedFrom: [] };
    if (!isMap(value) || value.correlation !== undefined || value.filter !== undefined) {
      this.documents.push(plain);
      return;
    }
    this.#previous = plain;
    this.documents.push(this.#withGlobal(value, plain));
  }

  #repeat(changes: YamlMap, documentIndex: number): void {
    const previous = this.#previous;
    if (previous === null || !isMap(previous.value)) {
      const hint = 'Put the rule that it repeats above it.';
      throw new RuleRejected(['action'], 'There is no rule to repeat.', hint);
    }
    const value = this.#merged(previous.value, changes);
    const inheritedFrom = [previous.documentIndex, ...previous.inheritedFrom];
    this.#previous = { value, documentIndex, inheritedFrom };
    this.documents.push(this.#withGlobal(value, this.#previous));
  }

  #withGlobal(value: YamlMap, document: CollectedDocument): CollectedDocument {
    if (this.#globals.length === 0) return document;
    for (const index of this.#globals) this.#idle.delete(index);
    const inheritedFrom = [...document.inheritedFrom, ...this.#globals];
    return { ...document, value: this.#merged(this.#global, value), inheritedFrom };
  }

  /** `base` with `changes` laid over it; maps are merged, everything else is replaced. */
  #merged(base: YamlMap, changes: YamlMap): YamlMap {
    // Once over the limit nothing is counted any more: counting is what takes long.
    if (this.#mergedKeys <= MAX_MERGED_KEYS) {
      this.#mergedKeys += Object.keys(base).length + Object.keys(changes).length;
    }
    if (this.#mergedKeys > MAX_MERGED_KEYS) {
      const message = `The file's collections copy more than ${MAX_MERGED_KEYS} keys.`;
      throw new RuleRejected([], message, 'Write the rules out, or split the file.');
    }
    const result: Record<string, unknown> = { ...base };
    for (const [key, value] of Object.entries(changes)) {
      const below = Object.hasOwn(base, key) ? base[key] : undefined;
      result[key] = isMap(below) && isMap(value) ? this.#merged(below, value) : value;
    }
    return result;
  }
}
