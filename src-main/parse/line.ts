import type { ParseOutcome, ReaderOptions } from '../pipeline/parsing.ts';
import { jsonFormat } from './json/json-format.ts';
import { parseSyslog } from './syslog/syslog-format.ts';

const OPENING_BRACE = 0x7b;
const SPACE = 0x20;
const TAB = 0x09;

/**
 * One line of a followed file, whose format may change from line to line (containers mix JSON and text): a line
 * that begins with a brace and is one JSON object is that record, every other line is syslog or plain text.
 */
export function parseLine(bytes: Uint8Array, options: ReaderOptions): ParseOutcome {
  if (startsWithBrace(bytes)) {
    const reader = jsonFormat.open(options);
    const outcomes = [...reader.push(bytes), ...reader.end()];
    const [only] = outcomes;
    if (outcomes.length === 1 && only?.ok === true) return only;
  }
  return parseSyslog(bytes, options);
}

function startsWithBrace(bytes: Uint8Array): boolean {
  let at = 0;
  while (bytes[at] === SPACE || bytes[at] === TAB) at += 1;
  return bytes[at] === OPENING_BRACE;
}
