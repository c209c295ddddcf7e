/** Phrases that a draft asks for together. */
const MAX_PHRASES = 3;
/** "user", "from": shorter phrases are in every log. */
const MIN_PHRASE_CHARS = 8;
const WORDS = /[\p{L}\p{N}_]+(?:[^\p{L}\p{N}_]+|$)/gu;

/**
 * Phrases that all `confirmed` messages contain and not every `background` message does, longest first: what is left
 * to go by when records have no fields. A phrase is a run of words of the first message, as they stand there.
 */
export function sharedPhrases(
  confirmed: readonly string[],
  background: readonly string[],
): readonly string[] {
  const [first = '', ...others] = confirmed;
  const lower = others.map((message) => message.toLowerCase());
  const isShared = (text: string): boolean => lower.every((message) => message.includes(text.toLowerCase()));
  const phrases: string[] = [];
  let run = '';
  for (const [word] of first.matchAll(WORDS)) {
    if (isShared(run + word.trimEnd())) run += word;
    else {
      phrases.push(run.trim());
      run = isShared(word.trimEnd()) ? word : '';
    }
  }
  phrases.push(run.trim());
  const chosen = phrases
    .filter(({ length }) => length >= MIN_PHRASE_CHARS)
    .sort((left, right) => right.length - left.length)
    .slice(0, MAX_PHRASES);
  const ordinary = background.map((message) => message.toLowerCase());
  const fitsAll = (message: string): boolean => chosen.every((one) => message.includes(one.toLowerCase()));
  return ordinary.length > 0 && ordinary.every(fitsAll) ? [] : chosen;
}
