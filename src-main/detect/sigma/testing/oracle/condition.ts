/**
 * Evaluates a condition from its text, recursing through the precedence of the specification. `holds` says
 * whether the selection of a name is true.
 */
export function evaluateCondition(
  text: string,
  names: readonly string[],
  holds: (name: string) => boolean,
): boolean {
  const words = text.match(/[()]|[^\s()]+/g) ?? [];
  let next = 0;
  const takes = (word: string): boolean => {
    if (words[next]?.toLowerCase() !== word) return false;
    next++;
    return true;
  };
  const or = (): boolean => {
    let result = and();
    while (takes('or')) result = and() || result;
    return result;
  };
  const and = (): boolean => {
    let result = not();
    while (takes('and')) result = not() && result;
    return result;
  };
  const not = (): boolean => (takes('not') ? !not() : operand());
  const operand = (): boolean => {
    if (takes('(')) {
      const result = or();
      if (!takes(')')) throw new Error(`A bracket is open in ${text}`);
      return result;
    }
    const word = words[next++] ?? '';
    if (words[next]?.toLowerCase() !== 'of') return holds(word);
    const meant = meantBy(words[next + 1] ?? '', names);
    next += 2;
    return word.toLowerCase() === 'all' ? meant.every(holds) : meant.some(holds);
  };
  const result = or();
  if (next < words.length) throw new Error(`Words are left over in ${text}`);
  return result;
}

function meantBy(target: string, names: readonly string[]): readonly string[] {
  if (!target.includes('*') && target.toLowerCase() !== 'them') return [target];
  const pieces = target.toLowerCase() === 'them' ? ['', ''] : target.split('*');
  return names.filter((name) => !name.startsWith('_') && fits(pieces, name));
}

/** True when `name` is the pieces with anything between them. */
function fits([head = '', ...rest]: readonly string[], name: string): boolean {
  if (!name.startsWith(head)) return false;
  const left = name.slice(head.length);
  if (rest.length === 0) return left === '';
  return Array.from({ length: left.length + 1 }, (_, skipped) => left.slice(skipped)).some((tail) =>
    fits(rest, tail),
  );
}
