import { COMPARISON_WORDS } from '../../ui/comparison-words.ts';

/** A pattern of "why it fired" taken apart: how the rule compares, and with what. */
export interface RulePattern {
  /** "contains", "ends with", "equals", "contains all of". */
  readonly comparison: string;
  readonly words: readonly string[];
  /** Text to mark in the value. None for regular expressions: the rule's author could hang the page with one. */
  readonly marks: readonly string[];
}

/** Comparisons whose words do not stand in the value as they are written. */
const UNMARKED = new Set(['re', 'cidr', 'exists', 'lt', 'lte', 'gt', 'gte', 'neq', 'fieldref']);
const ENCODED = ['base64', 'base64offset', 'utf16', 'utf16le', 'utf16be', 'wide'];

/**
 * Reads the pattern of a matched field as the engine words it: `endswith \cmd.exe`, `contains|all a, contains|all b`
 * or the bare value.
 */
export function parseRulePattern(text: string): RulePattern {
  const [, modifiers = ''] = /^([a-z0-9]+(?:\|[a-z0-9]+)*) /.exec(text) ?? [];
  const names = modifiers.split('|');
  const known = names.find((name) => COMPARISON_WORDS[name] !== undefined);
  if (known === undefined) return { comparison: 'equals', words: [text], marks: fixedParts(text) };
  const words = text.slice(modifiers.length + 1).split(`, ${modifiers} `);
  const isMarked = !UNMARKED.has(known) && !names.some((name) => ENCODED.includes(name));
  const all = names.includes('all') && words.length > 1 ? ' all of' : '';
  return {
    comparison: `${COMPARISON_WORDS[known] ?? known}${all}`,
    words,
    marks: isMarked ? words.flatMap(fixedParts) : [],
  };
}

/** What stands between the wildcards of a Sigma value. */
function fixedParts(word: string): readonly string[] {
  return word.split(/[*?]+/).filter((part) => part.trim().length > 0);
}
