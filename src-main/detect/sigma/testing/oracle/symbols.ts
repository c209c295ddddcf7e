export const ANY = Symbol('*');
export const ONE = Symbol('?');
/** A dash or slash that begins a parameter. */
export const DASH = Symbol('-');
/** Characters of a value, and what is not one: ANY, ONE and DASH. */
export type Symbols = readonly (string | symbol)[];

/** The characters of a value, wildcards told from what is escaped. */
export function symbolsOf(value: string): Symbols {
  const symbols: (string | symbol)[] = [];
  const characters = Array.from(value);
  for (let at = 0; at < characters.length; at++) {
    const [one = '', following = ''] = characters.slice(at, at + 2);
    if (one === '\\' && ['*', '?', '\\'].includes(following)) {
      symbols.push(following);
      at++;
    } else symbols.push(one === '*' ? ANY : one === '?' ? ONE : one);
  }
  return symbols;
}
