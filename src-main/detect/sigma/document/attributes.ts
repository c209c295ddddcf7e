import { RuleRejected, type Finding } from './rule.ts';

/** Schema, "date": the form, with months and days that exist. */
const DATE = /^\d{4}-(?:0[1-9]|1[012])-(?:0[1-9]|[12]\d|3[01])$/;
/** The form of specification 1.x, still found in old rules. */
const OLD_DATE = /^\d{4}\/\d{2}\/\d{2}$/;

/** A YAML mapping; the loader makes plain objects only. */
export type YamlMap = Readonly<Record<string, unknown>>;

export function isMap(value: unknown): value is YamlMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * Reads the top-level attributes of a document. What has the wrong form but does not change which events match
 * is left out and noted as a warning.
 */
export class Attributes {
  readonly document: YamlMap;
  readonly findings: Finding[];

  constructor(document: YamlMap, findings: Finding[]) {
    this.document = document;
    this.findings = findings;
  }

  warn(path: Finding['path'], message: string, hint: string): void {
    this.findings.push({ path, message, hint, severity: 'warning' });
  }

  /** Text of `key`; empty when there is none. */
  text(key: string, maxChars = Infinity): string {
    const value = this.document[key];
    if (value === undefined || value === null) return '';
    if (typeof value !== 'string') {
      this.warn([key], `"${key}" should be text; it was ignored.`, 'Quote it.');
      return '';
    }
    if (value.length > maxChars) {
      this.warn([key], `"${key}" is longer than ${maxChars} characters.`, 'Shorten it.');
    }
    return value;
  }

  /** Texts of the list `key`, or of a single one; empty when there are none. */
  texts(key: string): readonly string[] {
    const value = this.document[key];
    if (value === undefined || value === null) return [];
    const members: readonly unknown[] = Array.isArray(value) ? value : [value];
    const texts = members.filter((member) => typeof member === 'string');
    if (texts.length < members.length) {
      const message = `"${key}" should be a list of texts; other members were ignored.`;
      this.warn([key], message, 'Quote them.');
    }
    this.#warnOfRepetition(key, members);
    return texts;
  }

  /** A date as YYYY-MM-DD; null when there is none or it is no date. */
  date(key: string): string | null {
    const date = this.text(key);
    if (date === '') return null;
    if (DATE.test(date)) return date;
    if (OLD_DATE.test(date)) {
      this.warn([key], `"${date}" is a date in the form of Sigma 1.`, 'Write it as YYYY-MM-DD.');
      return date.replaceAll('/', '-');
    }
    this.warn([key], `"${date}" is not a date.`, 'Write it as YYYY-MM-DD.');
    return null;
  }

  /** Schema: the members of these lists are unique. */
  #warnOfRepetition(key: string, members: readonly unknown[]): void {
    const seen = new Set<unknown>();
    const twice = members.findIndex((member) => seen.size === seen.add(member).size);
    if (twice >= 0) this.warn([key, twice], `"${key}" names this twice.`, 'Remove one of the two.');
  }
}

/** The map under `key`. Throws `RuleRejected` when it is missing or something else. */
export function sectionOf(document: YamlMap, key: string): YamlMap {
  const section = document[key];
  if (isMap(section)) return section;
  throw new RuleRejected([key], `"${key}" must be a map.`, `Write the parts of "${key}" below it.`);
}
