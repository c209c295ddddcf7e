const DECIMAL = /^[+-]?\d{1,17}(?:\.\d{1,17})?$/;
const HEXADECIMAL = /^0x[0-9a-f]{1,13}$/i;

/** The number that a text states, in decimal or as 0x hexadecimal; NaN when it states none. */
export function numberIn(text: string): number {
  return DECIMAL.test(text) || HEXADECIMAL.test(text) ? Number(text) : Number.NaN;
}

/** The number that a rule's text states exactly; NaN when it states none, or more digits than a number keeps. */
export function numericLiteral(text: string): number {
  const isExact = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/.test(text) || HEXADECIMAL.test(text);
  return isExact ? Number(text) : Number.NaN;
}
