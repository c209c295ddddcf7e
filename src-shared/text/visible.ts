/** A stretch of log text, or one character that would mislead the reader, spelled out. */
export interface TextSegment {
  readonly kind: 'text' | 'escape';
  readonly text: string;
}

/**
 * Log text is hostile: control characters drive terminals, bidi marks and zero-width characters deceive readers
 * (reliability T2; Unicode TR36; Trojan Source, CVE-2021-42574).
 */
const DECEPTIVE = new RegExp(
  [
    '[\\u0000-\\u001f\\u007f-\\u009f', // controls: C0, DEL, C1
    '\\u00ad\\u061c\\u115f\\u180e\\u200b-\\u200f\\u2060-\\u206f\\u3164\\ufeff', // invisible and zero-width
    '\\u2028-\\u202e', // line separators and bidi marks; the isolates are among the invisible above
    '\\ufff9-\\ufffb', // interlinear annotation
    '\\u{e0000}-\\u{e007f}', // tag characters
    '\\ud800-\\udfff]', // halves of a pair without the other half
  ].join(''),
  'gu',
);

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\u0000': '\\0',
  '\u001b': '\\e',
};

/** Cuts `text` so that nothing in it can hide, reorder or break out; the characters of `kept` stay as they are. */
export function visibleSegments(text: string, kept: string): TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(DECEPTIVE)) {
    const char = match[0];
    if (kept.includes(char)) continue;
    if (match.index > from) segments.push({ kind: 'text', text: text.slice(from, match.index) });
    segments.push({ kind: 'escape', text: spelled(char) });
    from = match.index + char.length;
  }
  if (from < text.length) segments.push({ kind: 'text', text: text.slice(from) });
  return segments;
}

/**
 * `text` with every deceptive character shown as an escape: `\n`, `\e`, `\u202e`. Safe for terminals and reports.
 * Tab is the one control character that logs use honestly, and stays.
 */
export function visible(text: string): string {
  return text.replace(DECEPTIVE, (char) => (char === '\t' ? char : spelled(char)));
}

function spelled(char: string): string {
  const named = NAMED[char];
  if (named !== undefined) return named;
  const hex = (char.codePointAt(0) ?? 0).toString(16);
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
