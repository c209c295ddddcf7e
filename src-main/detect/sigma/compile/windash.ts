import type { YamlPath } from '../../../platform/yaml.ts';
import type { Pattern, PatternPart } from './pattern.ts';
import { RuleRejected } from '../document/rule.ts';

/** Characters that Windows programs take for the start of a parameter: - / and three typographic dashes. */
const PARAMETER_DASHES = '-/–—―';

/** One of them at a parameter's start: nothing word-like before it, something word-like behind it. */
const PARAMETER_START = new RegExp(`\\B[${PARAMETER_DASHES}]\\b`, 'g');

/** Variants that an encoded value may have: five for each of four parameters. */
const MAX_VARIANTS = 625;

/**
 * The pattern with every dash or slash at a parameter's start replaced by any of the five, as pySigma does, but
 * that it reads only - and / in the rule; the specification converts all five. As `sets` in one pattern, which
 * costs no more however many there are; or as separate `variants` where the text has to be encoded next.
 */
export function windashPatterns(
  pattern: Pattern,
  form: 'sets' | 'variants',
  path: YamlPath,
): readonly Pattern[] {
  const parts = pattern.flatMap((part) => (part.kind === 'text' ? split(part.text) : [part]));
  if (form === 'sets') return [parts];
  let variants: PatternPart[][] = [[]];
  for (const part of parts) {
    const choices: readonly PatternPart[] =
      part.kind === 'oneOf' ? part.characters.split('').map((text) => ({ kind: 'text', text })) : [part];
    if (variants.length * choices.length > MAX_VARIANTS) {
      throw new RuleRejected(path, 'The value has too many dashes to encode.', 'Split the value.');
    }
    variants = variants.flatMap((variant) => choices.map((choice) => [...variant, choice]));
  }
  return variants;
}

function split(text: string): readonly PatternPart[] {
  const parts: PatternPart[] = [];
  let from = 0;
  for (const { index } of text.matchAll(PARAMETER_START)) {
    if (index > from) parts.push({ kind: 'text', text: text.slice(from, index) });
    parts.push({ kind: 'oneOf', characters: PARAMETER_DASHES });
    from = index + 1;
  }
  if (from < text.length) parts.push({ kind: 'text', text: text.slice(from) });
  return parts;
}
