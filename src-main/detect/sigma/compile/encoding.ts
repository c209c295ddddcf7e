export type TextEncoding = 'utf8' | 'utf16le' | 'utf16be' | 'utf16';

/** Bytes of `text`. `utf16` is little endian behind a byte order mark, as pySigma encodes it. */
export function encodeText(text: string, encoding: TextEncoding): Buffer {
  switch (encoding) {
    case 'utf8':
      return Buffer.from(text, 'utf8');
    case 'utf16le':
      return Buffer.from(text, 'utf16le');
    case 'utf16be':
      return Buffer.from(text, 'utf16le').swap16();
    case 'utf16':
      return Buffer.concat([Buffer.of(0xff, 0xfe), Buffer.from(text, 'utf16le')]);
  }
}

/**
 * The three forms in which `bytes` can appear inside a longer base64 text, depending on how many bytes stand
 * before them. Characters that also carry bits of a neighbour are cut: 0, 2, 3 at the start, and 0, 3, 2 at
 * the end when the length leaves a rest of 0, 1, 2.
 */
export function base64Offsets(bytes: Buffer): readonly string[] {
  return [0, 1, 2].map((offset) => {
    const shifted = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64');
    const start = [0, 2, 3][offset] ?? 0;
    const end = [0, 3, 2][(bytes.length + offset) % 3] ?? 0;
    return shifted.slice(start, shifted.length - end);
  });
}
