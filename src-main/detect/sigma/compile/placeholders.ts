import type { YamlPath } from '../../../platform/yaml.ts';
import { RuleRejected } from '../document/rule.ts';

/** Values that stand for `%name%` in rules with the modifier `expand`. */
export type Placeholders = ReadonlyMap<string, readonly string[]>;

/** Text as it is, escaped signs, and placeholders, whose name is the group. */
export const PLACEHOLDER_PIECES = /\\\\|\\%|%([^%\s]+)%|[^\\%]+|[\\%]/g;

/** Names that `value` refers to when its item has the modifier `expand`. */
export function placeholderNames(value: string): readonly string[] {
  return [...value.matchAll(PLACEHOLDER_PIECES)].flatMap(([, name]) => name ?? []);
}

/** Combinations that one value may expand to, so that three long lists in a row cannot fill the memory. */
const MAX_EXPANSIONS = 10_000;

/**
 * Every text that `value` stands for when its placeholders are replaced. `\%` is a literal percent sign,
 * and `\\%name%` a backslash before a placeholder, as a backslash before a wildcard is written.
 * Throws `RuleRejected` for a name without values: a rule that a tool cannot resolve must not run
 * (specification, "expand").
 */
export function expandPlaceholders(
  value: string,
  placeholders: Placeholders,
  path: YamlPath,
): readonly string[] {
  let texts = [''];
  for (const match of value.matchAll(PLACEHOLDER_PIECES)) {
    const name = match[1];
    const choices = name === undefined ? [match[0] === '\\%' ? '%' : match[0]] : placeholders.get(name);
    if (choices === undefined || choices.length === 0) {
      const hint = `Give it values: PUT /api/v1/sigma/placeholders/${name}, a file of placeholder_paths, or --placeholders.`;
      throw new RuleRejected(path, `The placeholder %${name}% has no values.`, hint);
    }
    if (texts.length * choices.length > MAX_EXPANSIONS) {
      throw new RuleRejected(
        path,
        `The value expands to more than ${MAX_EXPANSIONS}.`,
        'Use fewer placeholders.',
      );
    }
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts;
}
