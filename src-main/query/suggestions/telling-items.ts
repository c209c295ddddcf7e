import type { Fields, FieldValue } from '#shared/model/event.ts';

/** One line of a selection that fits all confirmed events. Text is compared without regard to case, as Sigma does. */
export interface TellingItem {
  readonly field: string;
  readonly modifier: 'startswith' | 'endswith' | null;
  /** Any of these; more than one only without a modifier. */
  readonly values: readonly (string | number | boolean)[];
}

/** Fields that say when or which one, never what: a rule made of them would only find the same event again. */
const CIRCUMSTANCE =
  /time|date|guid|uuid|(?:process|thread|record|logon|session|activity|event_?record|sequence)_?(?:id|number)$|^(?:pid|ppid|uid|ts|id|hash(?:es)?|md5|sha1|sha256|imphash|keywords|version|task|opcode|message)$/i;

/** Fields that say where and who: they tell one network from another, not an attack from ordinary work. */
const SURROUNDINGS =
  /^(?:computer(?:name)?|host(?:name)?|workstation(?:name)?|domain|.*(?:user|account|domain)(?:name|sid)?|.*(?:ip|address|addr|port)|sid|cwd|currentdirectory)$/i;

/** A list longer than this is a coincidence of the sample, not a description. */
const MAX_VALUES = 5;
/** Shorter ends ("exe", "C:\\") are shared by almost everything. */
const MIN_AFFIX_CHARS = 6;
/** Longer values are whole scripts: too exact to be found again, too long to read. */
const MAX_VALUE_CHARS = 200;
/** An item that this share of ordinary events fits says too little. */
const MAX_BACKGROUND_SHARE = 0.5;
/** Lines of a draft: a person has to be able to judge it. */
const MAX_ITEMS = 4;
const MAX_DEPTH = 4;

/**
 * What sets `confirmed` records apart from `background`: of all items that every confirmed record fits, the rarest in
 * the background first, each further one only if it excludes more of the background. Empty when they share nothing.
 */
export function tellingItems(
  confirmed: readonly Fields[],
  background: readonly Fields[],
): readonly TellingItem[] {
  const records = confirmed.map(flatten);
  let rest = background.map(flatten);
  const ranked = candidates(records)
    .map((item) => ({ item, share: shareOf(item, rest) }))
    .filter(({ share }) => share <= MAX_BACKGROUND_SHARE)
    .sort((left, right) => left.share - right.share || (left.item.field < right.item.field ? -1 : 1));
  const chosen: TellingItem[] = [];
  for (const { item } of ranked) {
    if (chosen.length === MAX_ITEMS) break;
    const left = rest.filter((record) => fits(item, record));
    // With nothing of the background left, a second line still guards against what the sample does not show.
    if (left.length === rest.length && chosen.length > 1) continue;
    chosen.push(item);
    rest = left;
  }
  return chosen;
}

/** True when the record has what the item asks for. */
export function fits({ field, modifier, values }: TellingItem, record: FlatRecord): boolean {
  const value = record.get(field);
  if (value === undefined) return false;
  const text = String(value).toLowerCase();
  return values.some((wanted) => {
    const pattern = String(wanted).toLowerCase();
    if (modifier === 'startswith') return text.startsWith(pattern);
    return modifier === 'endswith' ? text.endsWith(pattern) : text === pattern;
  });
}

type Plain = string | number | boolean;
type FlatRecord = ReadonlyMap<string, Plain>;

/** Plain values under the names that rules use for them: nested objects by dots; arrays are left out. */
export function flatten(fields: Fields): FlatRecord {
  const flat = new Map<string, Plain>();
  const visit = (name: string, value: FieldValue, depth: number): void => {
    if (value === null || depth > MAX_DEPTH) return;
    if (typeof value !== 'object') flat.set(name, value);
    else if (!Array.isArray(value)) {
      for (const [key, member] of Object.entries(value)) visit(`${name}.${key}`, member, depth + 1);
    }
  };
  for (const [name, value] of Object.entries(fields)) visit(name, value, 0);
  return flat;
}

function candidates(records: readonly FlatRecord[]): TellingItem[] {
  const [first, ...others] = records;
  if (first === undefined) return [];
  return [...first.keys()]
    .filter((field) => isTelling(field) && others.every((record) => record.has(field)))
    .flatMap((field) =>
      itemOf(
        field,
        records.map((record) => record.get(field) ?? ''),
      ),
    );
}

function isTelling(field: string): boolean {
  const last = field.slice(field.lastIndexOf('.') + 1);
  return !CIRCUMSTANCE.test(last) && !SURROUNDINGS.test(last);
}

function itemOf(field: string, values: readonly Plain[]): TellingItem[] {
  const byText = new Map(values.map((value) => [String(value).toLowerCase(), value]));
  const texts = [...byText.keys()];
  if (texts.some((text) => text.trim() === '')) return [];
  const isShort = texts.every(({ length }) => length <= MAX_VALUE_CHARS);
  // A few values that come again and again describe; as many values as events only list.
  const describes = texts.length === 1 || texts.length * 2 <= values.length;
  if (isShort && describes && texts.length <= MAX_VALUES)
    return [{ field, modifier: null, values: [...byText.values()] }];
  const end = commonEnd(texts);
  const start = commonStart(texts);
  if (end.length < MIN_AFFIX_CHARS && start.length < MIN_AFFIX_CHARS) return [];
  return end.length >= start.length
    ? [{ field, modifier: 'endswith', values: [end] }]
    : [{ field, modifier: 'startswith', values: [start] }];
}

/** Longest common beginning, cut back to a boundary between words or path parts. */
function commonStart(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let length = first.length;
  for (const text of others) while (!text.startsWith(first.slice(0, length))) length--;
  const start = first.slice(0, Math.min(length, MAX_VALUE_CHARS));
  return start.slice(0, start.search(/[\\/\s:.,;=-][^\\/\s:.,;=-]*$/) + 1);
}

function commonEnd(texts: readonly string[]): string {
  const [first = '', ...others] = texts;
  let from = 0;
  for (const text of others) while (!text.endsWith(first.slice(from))) from++;
  const end = first.slice(Math.max(from, first.length - MAX_VALUE_CHARS));
  const boundary = end.search(/[\\/\s:.,;=-]/);
  return boundary === -1 ? '' : end.slice(boundary);
}

function shareOf(item: TellingItem, records: readonly FlatRecord[]): number {
  return records.length === 0 ? 0 : records.filter((record) => fits(item, record)).length / records.length;
}
