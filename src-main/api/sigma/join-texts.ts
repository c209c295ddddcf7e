/** A marker that begins the first document of a text, behind nothing but comments and blank lines. */
const FIRST_MARKER = /^((?:[ \t]*(?:#[^\n]*)?\r?\n)*)---[ \t]*\r?\n/;

/** YAML texts as one text, with a marker between their documents and none that would make an empty one. */
export function joinTexts(texts: readonly string[]): string {
  return texts.map((text) => `${text.replace(FIRST_MARKER, '$1').trimEnd()}\n`).join('---\n');
}
