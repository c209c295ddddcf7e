/** True when an expression of RE2's syntax is found in `text`, asked of the language's own expressions. */
export function fitsExpression(source: string, modifiers: readonly string[], text: string): boolean {
  const key = JSON.stringify([source, modifiers]);
  const known = EXPRESSIONS.get(key) ?? translated(source, modifiers);
  EXPRESSIONS.set(key, known);
  return known.test(text);
}

const EXPRESSIONS = new Map<string, RegExp>();

function translated(source: string, modifiers: readonly string[]): RegExp {
  const has = (...names: string[]) => names.some((name) => modifiers.includes(name));
  const [, leading = '', body = ''] = /^(?:\(\?([ims]+)\))?(.*)$/s.exec(source) ?? [];
  const flags = [
    leading.includes('i') || has('i', 'ignorecase') ? 'i' : '',
    leading.includes('m') || has('m', 'multiline') ? 'm' : '',
  ].join('');
  const isDotAll = leading.includes('s') || has('s', 'dotall');
  const placed = placedBody(asNative(body, isDotAll), modifiers);
  try {
    return new RegExp(placed, `${flags}u`);
  } catch {
    // With the flag u, needless escapes such as \- are errors; the few rules that have them do without it.
    return new RegExp(placed, flags);
  }
}

function placedBody(body: string, modifiers: readonly string[]): string {
  if (modifiers.includes('startswith')) return `(?<![\\s\\S])(?:${body})`;
  return modifiers.includes('endswith') ? `(?:${body})(?![\\s\\S])` : body;
}

/** Where the two dialects differ: a dot is all but a newline, white space is that of ASCII. */
function asNative(body: string, isDotAll: boolean): string {
  let isInClass = false;
  return body.replaceAll(/\\.|[[\].]/gsu, (piece) => {
    if (piece === '[' || piece === ']') isInClass = piece === '[';
    if (piece === '\\s') return isInClass ? '\\t\\n\\f\\r ' : '[\\t\\n\\f\\r ]';
    if (piece === '\\S' && !isInClass) return '[^\\t\\n\\f\\r ]';
    return piece === '.' && !isInClass ? (isDotAll ? '[\\s\\S]' : '[^\\n]') : piece;
  });
}
