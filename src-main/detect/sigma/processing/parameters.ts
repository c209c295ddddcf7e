import type { YamlPath } from '../../../platform/yaml.ts';
import { isMap, type YamlMap } from '../document/attributes.ts';
import { RuleRejected } from '../document/rule.ts';

/**
 * Reads the parameters of one transformation or condition. What is missing, of the wrong kind or unknown throws
 * `RuleRejected` with its place in the pipeline: half a transformation would change rules in ways nobody wrote.
 */
export class Parameters {
  readonly type: string;
  readonly path: YamlPath;
  readonly #map: YamlMap;
  readonly #read = new Set<string>(['type']);

  /** @param known keys that somebody else reads. */
  constructor(type: string, map: YamlMap, path: YamlPath, known: readonly string[] = []) {
    this.type = type;
    this.path = path;
    this.#map = map;
    for (const key of known) this.#read.add(key);
  }

  pathOf(key: string): YamlPath {
    return [...this.path, key];
  }

  /** Whatever stands under `key`; undefined when nothing does. */
  value(key: string): unknown {
    this.#read.add(key);
    return this.#map[key];
  }

  text(key: string): string {
    const value = this.value(key);
    if (typeof value === 'string') return value;
    throw this.#wrong(key, value, 'text');
  }

  optionalText(key: string): string | null {
    const value = this.value(key);
    return value === undefined || value === null ? null : this.text(key);
  }

  flag(key: string): boolean {
    const value = this.value(key);
    if (value === undefined || value === null) return false;
    if (typeof value === 'boolean') return value;
    throw this.#wrong(key, value, 'true or false');
  }

  scalar(key: string): string | number | boolean | null {
    const value = this.value(key);
    if (isScalar(value)) return value;
    throw this.#wrong(key, value, 'text, a number, true, false or null');
  }

  /** One of `choices`; the first when nothing is given. */
  choice<Choice extends string>(key: string, choices: readonly [Choice, ...Choice[]]): Choice {
    const value = this.value(key);
    if (value === undefined || value === null) return choices[0];
    const chosen = choices.find((choice) => choice === value);
    if (chosen !== undefined) return chosen;
    throw this.#wrong(key, value, `one of ${choices.join(', ')}`);
  }

  /** A text or a list of texts, as a list. */
  texts(key: string): readonly string[] {
    const texts = textsIn(this.value(key));
    if (texts !== null) return texts;
    throw this.#wrong(key, this.value(key), 'text or a list of texts');
  }

  optionalTexts(key: string): readonly string[] | null {
    const value = this.value(key);
    return value === undefined || value === null ? null : this.texts(key);
  }

  map(key: string): YamlMap {
    const value = this.value(key);
    if (isMap(value)) return value;
    throw this.#wrong(key, value, 'a map');
  }

  /** A map from text to one or several texts. */
  mapping(key: string): ReadonlyMap<string, readonly string[]> {
    return new Map(
      Object.entries(this.map(key)).map(([from, to]) => {
        const texts = textsIn(to);
        if (texts !== null) return [from, texts];
        const message = `"${key}" of ${this.type} maps "${from}" to something that is no text.`;
        throw new RuleRejected([...this.pathOf(key), from], message, 'Give a text or a list of texts.');
      }),
    );
  }

  /** Throws for the first key that nobody read: a misspelt one must not be ignored. */
  finish(): void {
    const stray = Object.keys(this.#map).find((key) => !this.#read.has(key));
    if (stray === undefined) return;
    const known = [...this.#read].filter((key) => key !== 'type').join(', ');
    const hint = known === '' ? 'It takes none.' : `It takes: ${known}.`;
    throw new RuleRejected(this.pathOf(stray), `${this.type} has no parameter "${stray}".`, hint);
  }

  #wrong(key: string, value: unknown, wanted: string): RuleRejected {
    if (value === undefined) {
      return new RuleRejected(this.path, `${this.type} needs "${key}".`, `Add "${key}:" with ${wanted}.`);
    }
    return new RuleRejected(this.pathOf(key), `"${key}" of ${this.type} must be ${wanted}.`, 'Correct it.');
  }
}

function textsIn(value: unknown): readonly string[] | null {
  if (typeof value === 'string') return [value];
  if (!Array.isArray(value)) return null;
  const members: readonly unknown[] = value;
  return members.every((member) => typeof member === 'string') ? members : null;
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
