import type { FieldValue } from '#shared/model/event.ts';
import { append, put } from '../fields.ts';

export interface StructuredData {
  /** Parameters by element id; a parameter that occurs twice is a list. */
  readonly elements: Record<string, FieldValue>;
  /** Index behind the last element. */
  readonly end: number;
}

/** `SD-NAME` of RFC 5424 section 6: printable ASCII but `=`, space, `]` and `"`. Longer names are tolerated. */
const NAME = /[!#-<>-\\^-~]+/y;

/**
 * STRUCTURED-DATA of RFC 5424 section 6.3 at `at`: `-` or elements. Null when it is malformed, so the caller can
 * keep the text as it is.
 */
export function structuredData(text: string, at: number): StructuredData | null {
  const elements: Record<string, FieldValue> = {};
  if (text[at] === '-') return { elements, end: at + 1 };
  let next = at;
  while (text[next] === '[') {
    const id = nameAt(text, next + 1);
    if (id === null) return null;
    const params: Record<string, FieldValue> = {};
    const end = parameters(text, next + 1 + id.length, params);
    if (end === null) return null;
    put(elements, id, params);
    next = end;
  }
  return next === at ? null : { elements, end: next };
}

/** Reads ` name="value"` pairs and the closing bracket; returns the index behind it. */
function parameters(text: string, from: number, params: Record<string, FieldValue>): number | null {
  let at = from;
  for (;;) {
    while (text[at] === ' ') at += 1;
    if (text[at] === ']') return at + 1;
    const name = nameAt(text, at);
    if (name === null) return null;
    at += name.length;
    if (text[at] !== '=' || text[at + 1] !== '"') return null;
    const end = valueEnd(text, at + 2);
    if (end === null) return null;
    // Only these three are escapes; a backslash before anything else stands for itself (section 6.3.3).
    append(params, name, text.slice(at + 2, end).replace(/\\(["\\\]])/g, '$1'));
    at = end + 1;
  }
}

function nameAt(text: string, at: number): string | null {
  NAME.lastIndex = at;
  return NAME.exec(text)?.[0] ?? null;
}

/** Index of the quote that ends the value at `from`; null when there is none. */
function valueEnd(text: string, from: number): number | null {
  for (let at = from; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1;
    else if (text[at] === '"') return at;
  }
  return null;
}
