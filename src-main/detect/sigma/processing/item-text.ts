import { parsePattern, type Pattern } from '../compile/pattern.ts';
import type { DetectionItem } from '../document/rule.ts';

/** Modifiers that leave the values of an item texts with wildcards. */
const TEXT_MODIFIERS: ReadonlySet<string> = new Set([
  ...['contains', 'startswith', 'endswith'],
  ...['all', 'neq', 'cased', 'expand', 'windash'],
]);

/**
 * `item` with contains, startswith and endswith written as wildcards, which is how pySigma's conditions and
 * transformations see values; null when its values are something else than texts (expressions, networks,
 * field names, encoded texts).
 */
export function withWildcards(item: DetectionItem): DetectionItem | null {
  const { modifiers } = item;
  if (!modifiers.every((name) => TEXT_MODIFIERS.has(name))) return null;
  const isInside = modifiers.includes('contains');
  const before = isInside || modifiers.includes('endswith');
  const behind = isInside || modifiers.includes('startswith');
  if (!before && !behind) return item;
  return {
    ...item,
    modifiers: modifiers.filter((name) => !['contains', 'startswith', 'endswith'].includes(name)),
    values: item.values.map((value) => {
      if (value === null || typeof value === 'boolean') return value;
      const text = String(value);
      return `${before ? '*' : ''}${behind ? `${beforeSpecial(text)}*` : text}`;
    }),
  };
}

/** `text` with its last backslashes doubled where needed, so that they do not escape what comes behind. */
export function beforeSpecial(text: string): string {
  const backslashes = /\\*$/.exec(text)?.[0].length ?? 0;
  return backslashes % 2 === 0 ? text : `${text}\\`;
}

/** A value as pySigma prints it: single backslashes, literal wildcards escaped. */
export function plainText(value: string): string {
  return parsePattern(value)
    .map((part) => {
      if (part.kind === 'many') return '*';
      if (part.kind === 'one') return '?';
      return part.kind === 'text' ? part.text.replaceAll(/[*?]/g, '\\$&') : part.characters;
    })
    .join('');
}

/** The value that `plainText` prints as `text`. */
export function fromPlainText(text: string): string {
  return text.replaceAll(/\\(?![*?])/g, '\\\\');
}

/** The value that stands for exactly `text`, wildcards and all. */
export function literalValue(text: string): string {
  return text.replaceAll(/[\\*?]/g, '\\$&');
}

/** True for texts in which something may stand for something else. */
export function hasWildcard(pattern: Pattern): boolean {
  return pattern.some(({ kind }) => kind === 'many' || kind === 'one');
}
