/** A stretch of log text, or one character that would mislead the reader, spelled out. */
export interface TextSegment {
  readonly kind: 'text' | 'escape';
  readonly text: string;
}

/**
 * Characters that change how the text around them looks: C0, DEL and C1 controls, bidirectional overrides and
 * isolates (Trojan Source, CVE-2021-42574), zero-width and other invisible characters, line and paragraph
 * separators, tag characters, lone surrogates.
 */
const MISLEADING =
  // eslint-disable-next-line no-control-regex -- controls are what this looks for
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udfff]/gu;

const NAMED: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '\0': '\\0' };

/**
 * Splits log text so that nothing in it can hide, reorder or break out. `block` keeps line feeds and tabs as
 * they are, for text shown over several lines.
 */
export function hostileSegments(text: string, layout: 'line' | 'block' = 'line'): TextSegment[] {
  const segments: TextSegment[] = [];
  let from = 0;
  for (const match of text.matchAll(MISLEADING)) {
    const char = match[0];
    if (layout === 'block' && (char === '\n' || char === '\t')) continue;
    if (match.index > from) segments.push({ kind: 'text', text: text.slice(from, match.index) });
    segments.push({ kind: 'escape', text: spell(char) });
    from = match.index + char.length;
  }
  if (from < text.length) segments.push({ kind: 'text', text: text.slice(from) });
  return segments;
}

/** The same as one string, for titles, labels and canvases. */
export function hostileText(text: string, layout: 'line' | 'block' = 'line'): string {
  return hostileSegments(text, layout)
    .map((segment) => segment.text)
    .join('');
}

function spell(char: string): string {
  const named = NAMED[char];
  if (named !== undefined) return named;
  const hex = (char.codePointAt(0) ?? 0).toString(16).toUpperCase();
  return hex.length <= 4 ? `\\u${hex.padStart(4, '0')}` : `\\u{${hex}}`;
}
