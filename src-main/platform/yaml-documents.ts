import { parseYaml } from './yaml.ts';

/** A line that begins a document: YAML 1.2 allows it nowhere else, not even inside a text (rule c-forbidden). */
const DOCUMENT_START = /^---(?=\s|$)/m;

/** The marker behind which a document needs no marker of its own. No known collection of rules uses it. */
const DOCUMENT_END = /^\.\.\.(?=\s|$)/m;

/** What may stand in front of the first document without being one: blank lines, comments, directives. */
const NO_DOCUMENT = /^(?:[ \t]*(?:#[^\n]*)?\r?\n|%[^\n]*\n)*[ \t]*(?:#[^\n]*)?$/;

/** The text that was cut last: the documents of a file are asked for one after the other. */
let latest: { readonly text: string; readonly parts: readonly string[] } | null = null;

/**
 * The parts of a YAML text, one for each of its documents, in order. A text of one document is returned as it is,
 * and so is one that cannot be cut this way. The parts hold no document markers; joined with `---` lines they mean
 * what the text meant.
 */
export function splitDocuments(text: string): readonly string[] {
  if (latest?.text !== text) latest = { text, parts: cut(text) };
  return latest.parts;
}

function cut(text: string): readonly string[] {
  if (DOCUMENT_END.test(text)) return [text];
  const [head = '', ...rest] = text.split(DOCUMENT_START);
  const parts = (NO_DOCUMENT.test(head) ? rest : [head, ...rest]).map(withoutMarkers);
  if (parts.length <= 1) return [text];
  const whole = parseYaml(text, Infinity);
  return whole.ok && whole.documents.length === parts.length ? parts : [text];
}

/** The documents of `text` at `indexes`, in the order of the text, as a text of their own. */
export function documentsAt(text: string, indexes: readonly number[]): string {
  const parts = splitDocuments(text);
  if (parts.length === 1) return text;
  const wanted = [...indexes].sort((left, right) => left - right);
  return wanted.map((index) => parts[index] ?? '').join('---\n');
}

/** One line end less in front, exactly one behind. */
function withoutMarkers(part: string): string {
  const body = part.replace(/^[ \t]*\r?\n/, '');
  return `${body.trimEnd()}\n`;
}
