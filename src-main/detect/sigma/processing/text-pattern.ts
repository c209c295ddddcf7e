import { RE2JS } from 're2js';
import type { YamlPath } from '../../../platform/yaml.ts';
import { compileRegex } from '../compile/regex.ts';
import { RuleRejected } from '../document/rule.ts';

/** Longest text that a replacement may produce: replacements that double a value would otherwise never end. */
const MAX_RESULT_CHARS = 65_536;

/** A regular expression of a pipeline, written for Python's `re`, run in linear time. */
export interface TextPattern {
  /** True when the text begins with a match, as Python's `re.match`. */
  matchesStart(text: string): boolean;
  /** `text` with every match replaced, as Python's `re.sub`. */
  replaceAll(text: string): string;
}

/**
 * Compiles an expression, and the replacement for its matches in Python's syntax: `\1`, `\g<1>`, `\g<name>`.
 * Throws `RuleRejected` for what cannot be run in linear time and for groups that do not exist.
 */
export function compileTextPattern(source: string, path: YamlPath, replacement = ''): TextPattern {
  // Refuses what rules may not use either, with the same words.
  compileRegex(source, '', path);
  const start = RE2JS.compile(`\\A(?:${source})`);
  const everywhere = RE2JS.compile(source);
  const parts = parseReplacement(replacement, everywhere, path);
  return {
    matchesStart: (text) => start.test(text),
    replaceAll(text) {
      let produced = text.length;
      return everywhere.matcher(text).replaceAll((match: string, ...rest: unknown[]) => {
        const filled = parts
          .map((part) => (typeof part === 'string' ? part : part === 0 ? match : groupText(rest[part - 1])))
          .join('');
        produced += filled.length;
        if (produced <= MAX_RESULT_CHARS) return filled;
        const message = `Replacing makes a value longer than ${MAX_RESULT_CHARS} characters.`;
        throw new RuleRejected(path, message, 'Replace less.');
      });
    },
  };
}

/** Texts, and numbers of groups that stand between them. */
function parseReplacement(text: string, regex: RE2JS, path: YamlPath): readonly (string | number)[] {
  const named = regex.namedGroups();
  return [...text.matchAll(/\\g<([^>]*)>|\\(\d{1,2})|\\(.)|([^\\]+|\\)/gs)].map((match) => {
    const [whole, name, digits, escaped] = match;
    if (escaped !== undefined) return ESCAPES[escaped] ?? (/\w/.test(escaped) ? whole : escaped);
    const group = name ?? digits;
    if (group === undefined) return whole;
    const number = /^\d+$/.test(group) ? Number(group) : named[group];
    if (number !== undefined && number <= regex.groupCount()) return number;
    const hint = 'Number groups from 1, or name them with (?P<name>...).';
    throw new RuleRejected(path, `The expression has no group "${group}".`, hint);
  });
}

/** Escapes that Python's replacement templates know besides groups. */
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', '\\': '\\' };

function groupText(group: unknown): string {
  return typeof group === 'string' ? group : '';
}
