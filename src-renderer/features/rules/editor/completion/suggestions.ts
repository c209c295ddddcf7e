import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import { acceptsLogsource } from '#shared/model/logsource.ts';
import type { RuleOutline } from './rule-outline.ts';
import type { YamlCursor } from './yaml-cursor.ts';

/** One word that may stand at the cursor. */
export interface Suggestion {
  readonly text: string;
  /** Beside it: a count, a name. */
  readonly detail?: string;
  readonly info?: string;
  /** Keys end with a colon, modifiers and values do not. */
  readonly isKey?: boolean;
}

export interface Suggestions {
  /** Place in `cursor.typed` from which the words replace it. */
  readonly from: number;
  readonly words: readonly Suggestion[];
}

const NOTHING: Suggestions = { from: 0, words: [] };

/** What may be written at the cursor. */
export function suggest(
  cursor: YamlCursor,
  outline: RuleOutline,
  vocabulary: RuleVocabularyWire,
): Suggestions {
  const [section = '', ...inside] = cursor.path;
  if (cursor.key !== null || (cursor.inList && section !== 'detection' && section !== 'filter')) {
    return values(cursor, outline, vocabulary);
  }
  if (section === '') return { from: 0, words: keysOf('rule', vocabulary) };
  if (section === 'logsource') return { from: 0, words: keysOf('logsource', vocabulary) };
  if (section === 'correlation' && inside.length === 0) {
    return { from: 0, words: keysOf('correlation', vocabulary) };
  }
  if (section !== 'detection' && section !== 'filter') return NOTHING;
  if (inside.length === 0) return { from: 0, words: keysOf(section, vocabulary) };
  return fieldOrModifier(cursor.typed, outline, vocabulary);
}

function keysOf(
  section: RuleVocabularyWire['keys'][number]['section'],
  { keys }: RuleVocabularyWire,
): readonly Suggestion[] {
  return keys
    .filter((key) => key.section === section)
    .map(({ name, description, required }) => ({
      text: name,
      info: description,
      isKey: true,
      ...(required && { detail: 'required' }),
    }));
}

function values(cursor: YamlCursor, outline: RuleOutline, vocabulary: RuleVocabularyWire): Suggestions {
  const name = cursor.key ?? cursor.path.at(-1);
  const whole = (words: readonly Suggestion[]): Suggestions => ({ from: 0, words });
  switch (name) {
    case 'status':
      return whole(vocabulary.statuses.map(described));
    case 'level':
      return whole(vocabulary.levels.map(described));
    case 'tags':
      return whole(vocabulary.tags.map(described));
    case 'product':
    case 'category':
    case 'service':
      return cursor.path[0] === 'logsource' ? whole(logsourceParts(name, outline, vocabulary)) : NOTHING;
    case 'condition':
      return condition(cursor, outline, vocabulary);
    default:
      return placeholder(cursor, vocabulary);
  }
}

function described({
  name,
  description,
}: {
  readonly name: string;
  readonly description: string;
}): Suggestion {
  return { text: name, info: description };
}

/** Values of one part that go together with the other parts that are written, those with events first. */
function logsourceParts(
  part: 'product' | 'category' | 'service',
  { logsource }: RuleOutline,
  { logsources }: RuleVocabularyWire,
): readonly Suggestion[] {
  const counts = new Map<string, number>();
  for (const { events, ...source } of logsources) {
    const fits = (['product', 'category', 'service'] as const).every(
      (other) => other === part || logsource[other] === null || source[other] === logsource[other],
    );
    const value = source[part];
    if (fits && value !== null) counts.set(value, (counts.get(value) ?? 0) + events);
  }
  return [...counts]
    .toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([text, events]) => ({ text, detail: events === 0 ? 'no events yet' : countText(events, 'event') }));
}

function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** The word under the cursor: operators and quantifiers, then the names that are defined. */
function condition(
  { typed, path }: YamlCursor,
  { selections }: RuleOutline,
  { conditions }: RuleVocabularyWire,
): Suggestions {
  if (path[0] === 'correlation') return NOTHING;
  return {
    from: typed.length - (/[\w*-]*$/.exec(typed)?.[0].length ?? 0),
    words: [...selections.map((text) => ({ text, detail: 'selection' })), ...conditions.map(described)],
  };
}

/** After a pipe the modifiers that are not there yet; before it the fields of the log source. */
function fieldOrModifier(typed: string, outline: RuleOutline, vocabulary: RuleVocabularyWire): Suggestions {
  const pipe = typed.lastIndexOf('|');
  if (pipe < 0) return { from: 0, words: fields(outline, vocabulary) };
  const used = typed.slice(0, pipe).split('|').slice(1);
  return {
    from: pipe + 1,
    words: vocabulary.modifiers
      .filter(({ name }) => !used.includes(name))
      .map(({ name, description, group }) => ({ text: name, info: description, detail: group })),
  };
}

/** Fields that events of the log source have, by how many have them; then those that the taxonomy knows. */
function fields({ logsource }: RuleOutline, { seen, taxonomy }: RuleVocabularyWire): readonly Suggestion[] {
  const found = new Map<string, { count: number; sampled: number }>();
  for (const source of seen.filter((one) => acceptsLogsource(logsource, one))) {
    for (const { name, count } of source.fields) {
      const sum = found.get(name) ?? { count: 0, sampled: 0 };
      found.set(name, { count: sum.count + count, sampled: sum.sampled + source.sampled });
    }
  }
  const known = taxonomy
    .filter((one) => acceptsLogsource(logsource, one))
    .flatMap((one) => one.fields)
    .filter((name) => !found.has(name));
  return [
    ...[...found]
      .toSorted(([, a], [, b]) => b.count - a.count)
      .map(([text, { count, sampled }]) => ({
        text,
        isKey: true,
        detail: `in ${Math.max(1, Math.round((count / Math.max(1, sampled)) * 100))} % of events`,
      })),
    ...[...new Set(known)].sort().map((text) => ({ text, isKey: true, detail: 'not seen yet' })),
  ];
}

/** `%` begins the name of a value list. */
function placeholder({ typed }: YamlCursor, { placeholders }: RuleVocabularyWire): Suggestions {
  const at = typed.lastIndexOf('%');
  if (at < 0) return NOTHING;
  return { from: at, words: placeholders.map((name) => ({ text: `%${name}%`, detail: 'value list' })) };
}
