import { RE2JS, RE2JSException } from 're2js';
import type { YamlPath } from '../../../platform/yaml.ts';
import { RuleRejected } from '../document/rule.ts';

/** Longest pattern of a stranger (reliability T6); SigmaHQ's longest has 517 characters. */
const MAX_PATTERN_CHARS = 1000;

/** A regular expression whose running time is linear in the text, whatever pattern and text say. */
export interface LinearRegex {
  readonly source: string;
  readonly flags: string;
  test(text: string): boolean;
}

const FLAG_BITS: Readonly<Record<string, number>> = {
  i: RE2JS.CASE_INSENSITIVE,
  m: RE2JS.MULTILINE,
  s: RE2JS.DOTALL,
};

/**
 * Compiles a pattern with RE2's automata. Throws `RuleRejected` for what an automaton cannot do
 * (look-around, back-references) and for patterns that are wrong or too long.
 *
 * @param flags any of i, m, s.
 */
export function compileRegex(source: string, flags: string, path: YamlPath): LinearRegex {
  if (source.length > MAX_PATTERN_CHARS) {
    const message = `The regular expression is longer than ${MAX_PATTERN_CHARS} characters.`;
    throw new RuleRejected(path, message, 'Split it into several values.');
  }
  const bits = flags.split('').reduce((sum, flag) => sum | (FLAG_BITS[flag] ?? 0), 0);
  try {
    const compiled = RE2JS.compile(source, bits);
    return { source, flags, test: (text) => compiled.test(text) };
  } catch (error) {
    if (!(error instanceof RE2JSException)) throw error;
    throw refusal(source, error, path);
  }
}

function refusal(source: string, error: Error, path: YamlPath): RuleRejected {
  const hint = 'Rewrite it without, or split the rule into two selections joined by "and not".';
  if (/\(\?(?:=|!|<=|<!)/.test(source)) {
    return new RuleRejected(path, 'Look-around is not allowed: it cannot be run in linear time.', hint);
  }
  if (/\\[1-9]|\\k</.test(source)) {
    return new RuleRejected(
      path,
      'Back-references are not allowed: they cannot be run in linear time.',
      hint,
    );
  }
  const reason = error.message.replace(/^error parsing regexp: /, '');
  return new RuleRejected(path, `The regular expression is not valid: ${reason}.`, 'Correct the pattern.');
}
