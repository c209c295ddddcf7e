import { DASH, symbolsOf, type Symbols } from './symbols.ts';

const DASHES = ['-', '/', '–', '—', '―'];

/** A value in every form that its modifiers give it, as characters and wildcards. */
export function writtenForms(value: string, modifiers: readonly string[]): readonly Symbols[] {
  const pieces = modifiers.includes('windash') ? value.split(/\B[-/–—―]\b/) : [value];
  const encoding = modifiers.find((name) => name in ENCODERS) ?? 'utf8';
  if (encoding === 'utf8' && !modifiers.some((name) => name.startsWith('base64'))) {
    return [
      pieces.flatMap((piece, index): (string | symbol)[] => [
        ...(index > 0 ? [DASH] : []),
        ...symbolsOf(piece),
      ]),
    ];
  }
  const forms = dashed(pieces);
  if (modifiers.includes('base64')) {
    return forms.map((form) => Array.from(encoded(form, encoding).toString('base64')));
  }
  if (modifiers.includes('base64offset')) {
    return forms.flatMap((form) => staticParts(encoded(form, encoding)).map((part) => Array.from(part)));
  }
  return forms.map((form) => Array.from(encoded(form, encoding).toString('latin1')));
}

/** Every way to write the dashes between the pieces. */
function dashed([first = '', ...rest]: readonly string[]): readonly string[] {
  let heads = [first];
  for (const piece of rest) {
    heads = heads.flatMap((head) => DASHES.map((dash) => head + dash + piece));
  }
  return heads;
}

const ENCODERS: Readonly<Record<string, (text: string) => Buffer>> = {
  utf8: (text) => Buffer.from(text),
  wide: (text) => Buffer.from(text, 'utf16le'),
  utf16le: (text) => Buffer.from(text, 'utf16le'),
  utf16be: (text) => Buffer.from(text, 'utf16le').swap16(),
  utf16: (text) => Buffer.from(`\ufeff${text}`, 'utf16le'),
};

function encoded(form: string, encoding: string): Buffer {
  return ENCODERS[encoding]?.(symbolsOf(form).join('')) ?? Buffer.alloc(0);
}

/**
 * For 0, 1 and 2 bytes before the value: the characters that are the same whatever stands around it, found by
 * putting zeros and ones there.
 */
function staticParts(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((before) => {
    const [zeros = '', ones = ''] = [0x00, 0xff].map((filler) => {
      const behind = Buffer.alloc((6 - before - (bytes.length % 3)) % 3, filler);
      return Buffer.concat([Buffer.alloc(before, filler), bytes, behind]).toString('base64');
    });
    return Array.from(zeros)
      .filter((character, index) => character === ones[index])
      .join('');
  });
}

/** Every text that a value stands for when its placeholders are replaced. */
export function expandedTexts(
  value: string,
  placeholders: ReadonlyMap<string, readonly string[]>,
): readonly string[] {
  let texts = [''];
  let at = 0;
  while (at < value.length) {
    const rest = value.slice(at);
    const name = /^%([^%\s]+)%/.exec(rest)?.[1];
    const isPair = rest.startsWith('\\\\') || rest.startsWith('\\%');
    const piece = name === undefined ? rest.slice(0, isPair ? 2 : 1) : `%${name}%`;
    const choices = name === undefined ? [piece === '\\%' ? '%' : piece] : (placeholders.get(name) ?? []);
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
    at += piece.length;
  }
  return texts;
}
