import { fold, literalForm, parsePattern, widened, type LiteralForm } from '../compile/pattern.ts';
import type { DetectionItem, SigmaValue } from '../document/rule.ts';

const PLACEMENTS = ['contains', 'startswith', 'endswith'];
/** Modifiers under which a value is still the text that is compared. */
const TEXT_MODIFIERS: ReadonlySet<string> = new Set([...PLACEMENTS, 'all', 'cased', 'windash']);

/** What a value of an item asks of the field, where that is one literal; null where it is not. */
export function literalOf(item: DetectionItem, value: SigmaValue): LiteralForm | null {
  if (typeof value !== 'string' || !item.modifiers.every((name) => TEXT_MODIFIERS.has(name))) return null;
  const has = (name: string): boolean => item.modifiers.includes(name);
  const anywhere = item.field === null || has('contains');
  const pattern = widened(parsePattern(value), anywhere || has('endswith'), anywhere || has('startswith'));
  const literal = literalForm(pattern);
  if (literal === null) return null;
  return has('cased') ? literal : { ...literal, text: fold(literal.text) };
}

/** True when every text that fits `narrow` fits `wide` too. Both must be folded, or neither. */
export function covers(wide: LiteralForm, narrow: LiteralForm): boolean {
  switch (wide.mode) {
    case 'equals':
      return narrow.mode === 'equals' && narrow.text === wide.text;
    case 'startswith':
      return isTied(narrow, 'startswith') && narrow.text.startsWith(wide.text);
    case 'endswith':
      return isTied(narrow, 'endswith') && narrow.text.endsWith(wide.text);
    case 'contains':
      return narrow.text.includes(wide.text);
  }
}

function isTied({ mode }: LiteralForm, end: 'startswith' | 'endswith'): boolean {
  return mode === 'equals' || mode === end;
}

/** True when an event that fulfils `narrow` always fulfils `wide`. Only says so where it is certain. */
export function itemImplies(narrow: DetectionItem, wide: DetectionItem): boolean {
  if (narrow.field !== wide.field) return false;
  if (isSameQuestion(narrow, wide)) return true;
  if (narrow.modifiers.includes('cased') !== wide.modifiers.includes('cased')) return false;
  const needed = literalsOf(wide);
  const given = literalsOf(narrow);
  if (needed === null || given === null) return false;
  const isGiven = (one: LiteralForm): boolean => needed.some((other) => covers(other, one));
  if (narrow.modifiers.includes('all')) {
    const wants = (other: LiteralForm): boolean => given.some((one) => covers(other, one));
    return wide.modifiers.includes('all') ? needed.every(wants) : needed.some(wants);
  }
  return !wide.modifiers.includes('all') && given.every(isGiven);
}

function isSameQuestion(left: DetectionItem, right: DetectionItem): boolean {
  return JSON.stringify([left.modifiers, left.values]) === JSON.stringify([right.modifiers, right.values]);
}

function literalsOf(item: DetectionItem): readonly LiteralForm[] | null {
  const literals = item.values.map((value) => literalOf(item, value));
  return literals.every((one) => one !== null) ? literals : null;
}
