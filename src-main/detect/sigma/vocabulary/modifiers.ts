import type { VocabularyModifier } from '../../../pipeline/rule-questions.ts';

type Group = VocabularyModifier['group'];

function group(name: Group, words: readonly (readonly [string, string])[]): VocabularyModifier[] {
  return words.map(([modifier, description]) => ({ name: modifier, description, group: name }));
}

/** The value modifiers of the specification (appendix "modifiers" 2.1.0) and pySigma's three aliases. */
export const MODIFIERS: readonly VocabularyModifier[] = [
  ...group('text', [
    ['contains', 'The value stands anywhere in the field.'],
    ['startswith', 'The field begins with the value.'],
    ['endswith', 'The field ends with the value.'],
    ['cased', 'Upper and lower case are told apart.'],
    ['windash', 'A dash at the start of a parameter also stands for a slash and for typographic dashes.'],
  ]),
  ...group('list', [
    ['all', 'Every value of the list must fit, not just one.'],
    ['neq', 'The opposite: true when no value fits, and when the field is missing.'],
  ]),
  ...group('expression', [
    ['re', 'The value is a regular expression that may match anywhere in the field; case counts.'],
    ['i', 'After re: case does not count.'],
    ['ignorecase', 'After re: another name for i.'],
    ['m', 'After re: ^ and $ also match at line ends.'],
    ['multiline', 'After re: another name for m.'],
    ['s', 'After re: a dot also matches a line end.'],
    ['dotall', 'After re: another name for s.'],
  ]),
  ...group('encoding', [
    ['base64', 'The value is looked for as Base64 of its whole text.'],
    ['base64offset', 'The value is looked for inside Base64, at all three offsets that it may have.'],
    ['wide', 'The value is encoded as UTF-16LE first; comes before base64offset.'],
    ['utf16le', 'The value is encoded as UTF-16LE first.'],
    ['utf16be', 'The value is encoded as UTF-16BE first.'],
    ['utf16', 'The value is encoded as UTF-16 with a byte order mark first.'],
  ]),
  ...group('number', [
    ['lt', 'The field is a number less than the value.'],
    ['lte', 'The field is a number of at most the value.'],
    ['gt', 'The field is a number greater than the value.'],
    ['gte', 'The field is a number of at least the value.'],
  ]),
  ...group('time', [
    ['minute', 'The minute (0-59) of the time in the field.'],
    ['hour', 'The hour (0-23) of the time in the field, in the zone in which it is written.'],
    ['day', 'The day of the month (1-31) of the time in the field.'],
    ['week', 'The ISO week (1-53) of the time in the field.'],
    ['month', 'The month (1-12) of the time in the field.'],
    ['year', 'The year of the time in the field.'],
  ]),
  ...group('address', [['cidr', 'The field is an address inside the network, IPv4 or IPv6.']]),
  ...group('other', [
    ['exists', 'true: the event has the field, even empty; false: it has not.'],
    ['expand', 'Names between percent signs are replaced by the values of a placeholder.'],
    ['fieldref', 'The value is the name of another field, whose content is compared.'],
  ]),
];
