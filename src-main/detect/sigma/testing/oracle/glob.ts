import type { DetectionItem } from '../../document/rule.ts';
import { writtenForms } from './encodings.ts';
import { ANY, DASH, ONE } from './symbols.ts';

/** True when `text` is what `value` with the item's modifiers describes. */
export function fitsGlob(value: string, text: string, item: DetectionItem): boolean {
  const isCased = item.modifiers.includes('cased');
  const compared = isCased ? text : foldCase(text);
  return sourcesOf(value, item, isCased).some((source) => expressionOf(source).test(compared));
}

/** Expressions that stand for a value: as many as its modifiers make of it. Kept, for the corpus asks often. */
function sourcesOf(value: string, item: DetectionItem, isCased: boolean): readonly string[] {
  const key = JSON.stringify([value, item.field === null, item.modifiers]);
  const known = SOURCES.get(key);
  if (known !== undefined) return known;
  const anywhere = item.field === null || item.modifiers.includes('contains');
  const head = anywhere || item.modifiers.includes('endswith') ? '' : '^';
  const tail = anywhere || item.modifiers.includes('startswith') ? '' : '$';
  const sources = writtenForms(value, item.modifiers).map((form) => {
    const body = form.map((one) => {
      if (one === ANY) return '.*';
      if (one === DASH) return '[-/–—―]';
      return one === ONE ? '.' : escaped(isCased ? String(one) : foldCase(String(one)));
    });
    return head + body.join('') + tail;
  });
  SOURCES.set(key, sources);
  return sources;
}

const SOURCES = new Map<string, readonly string[]>();
const EXPRESSIONS = new Map<string, RegExp>();

function expressionOf(source: string): RegExp {
  const known = EXPRESSIONS.get(source);
  if (known !== undefined) return known;
  const expression = new RegExp(source, 'su');
  EXPRESSIONS.set(source, expression);
  return expression;
}

function escaped(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

/** Case folded character by character: by way of the capital letter, except where that is not one letter. */
export function foldCase(text: string): string {
  const lower = text.toLowerCase();
  return /^[\0-\x7f]*$/.test(lower) ? lower : Array.from(text, foldCharacter).join('');
}

function foldCharacter(character: string): string {
  if (character === 'İ' || character === 'ı') return character;
  const capital = character.toUpperCase();
  const small = (Array.from(capital).length === 1 ? capital : character).toLowerCase();
  return Array.from(small).length === 1 ? small : character;
}
