import { constructFromEvents, CORE_SCHEMA, mapTag, parseEvents, YAMLException } from 'js-yaml';

/** The default size limit: far above any configuration file (reliability T6). */
const MAX_CHARS = 256 * 1024;

/**
 * Limits of reliability L8. A 478-byte alias bomb with 81 aliases loads in 2 ms and then costs 12 s to
 * print; no rule of the 3,780 in SigmaHQ uses an alias or nests deeper than 6.
 */
const LIMITS = { maxAliases: 10, maxTotalMergeKeys: 1000 } as const;
export const MAX_DEPTH = 20;

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

function failureOf(error: unknown): YamlFailure {
  if (error instanceof YAMLException) {
    const { line = 0, column = 0 } = error.mark ?? {};
    return { line: line + 1, column: column + 1, message: error.reason };
  }
  // js-yaml documents that other errors may escape; a stranger's text must not stop its reader.
  return { line: 1, column: 1, message: error instanceof Error ? error.message : String(error) };
}
