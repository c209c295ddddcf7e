import { isUtf8 } from 'node:buffer';

/** Text of `bytes` and whether they were valid UTF-8; what is not valid reads as U+FFFD. */
export interface DecodedText {
  readonly text: string;
  readonly valid: boolean;
}

/** Decodes UTF-8 of `bytes[from, to)`. The costly check runs only when a replacement character shows up, which may also be honest. */
export function decodeUtf8(bytes: Buffer, from = 0, to = bytes.length): DecodedText {
  const text = bytes.toString('utf8', from, to);
  return { text, valid: !text.includes('\ufffd') || isUtf8(bytes.subarray(from, to)) };
}

/** Longest one-line text made from a structured record: what a table row or a notification can show. */
const MAX_SUMMARY_CHARS = 1024;

const LINE_BREAKS = /[\t ]*[\r\n][\r\n\t ]*/g;

/** `text` on one line and without NUL (SQLite's LIKE and length stop there: reliability L10). */
export function oneLine(text: string): string {
  let line = text;
  if (line.includes('\n') || line.includes('\r')) line = line.replace(LINE_BREAKS, ' ').trim();
  return withoutNul(line);
}

/** NUL shown as the symbol for it. */
export function withoutNul(text: string): string {
  return text.includes('\0') ? text.replaceAll('\0', '\u2400') : text;
}

/** `text` cut to what a summary may hold, with an ellipsis where it was cut. */
export function shortened(text: string): string {
  return text.length <= MAX_SUMMARY_CHARS ? text : `${text.slice(0, MAX_SUMMARY_CHARS - 1)}\u2026`;
}
