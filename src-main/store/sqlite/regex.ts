import { RE2JS, RE2JSException } from 're2js';
import { AppError } from '#shared/errors/app-error.ts';
import type { TextMatcher } from '#shared/query/pattern.ts';

/** Longest regex of a query. RE2's automaton grows with it (`(a{100}){100}` is refused by the engine itself). */
const MAX_SOURCE_LENGTH = 1000;

/**
 * Matcher of a regex somebody typed, by an engine that takes linear time: JavaScript's own can take minutes on
 * one hostile line. Throws `bad_request` for what RE2 does not know (look-around, back-references).
 */
export function compileRegex(source: string, caseSensitive: boolean): TextMatcher {
  if (source.length > MAX_SOURCE_LENGTH)
    throw new AppError('bad_request', {
      reason: `the regular expression is longer than ${String(MAX_SOURCE_LENGTH)} characters`,
    });
  try {
    const compiled = RE2JS.compile(source, caseSensitive ? 0 : RE2JS.CASE_INSENSITIVE);
    return (text) => compiled.test(text);
  } catch (cause) {
    if (!(cause instanceof RE2JSException)) throw cause;
    throw new AppError(
      'bad_request',
      { reason: `/${source}/ is not understood: ${cause.message}` },
      { cause },
    );
  }
}
