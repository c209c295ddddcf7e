/**
 * Text with letter case folded, one UTF-16 unit at a time: the length never changes and ASCII folds only to
 * ASCII, so a substring of the text is a substring of the folded text. (`toLowerCase` on whole strings breaks
 * both: U+0130 becomes two units and the Kelvin sign becomes "k".) The store's text index folds the same way.
 */
export function fold(text: string): string {
  return isAscii(text) ? text.toLowerCase() : text.replace(/[A-Z]|[\u0080-\uffff]/g, foldUnit);
}

/** Folded form of one UTF-16 unit. */
export function foldUnit(unit: string): string {
  const lower = unit.toLowerCase();
  if (lower.length !== 1) return unit;
  return unit.charCodeAt(0) >= 0x80 && lower.charCodeAt(0) < 0x80 ? unit : lower;
}

function isAscii(text: string): boolean {
  // eslint-disable-next-line no-control-regex -- The whole ASCII range, controls included, is what is meant.
  return /^[\x00-\x7f]*$/.test(text);
}
