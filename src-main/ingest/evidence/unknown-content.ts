/** First bytes of contents that Harrier does not read, and what a person calls them. */
const KNOWN: readonly (readonly [magic: string, name: string])[] = [
  ['4d5a', 'a Windows program'],
  ['7f454c46', 'a Linux program'],
  ['cffaedfe', 'a macOS program'],
  ['25504446', 'a PDF document'],
  ['377abcaf271c', 'a 7-Zip archive; unpack it first'],
  ['526172211a07', 'a RAR archive; unpack it first'],
  ['fd377a585a00', 'an xz file; unpack it first'],
  ['28b52ffd', 'a Zstandard file; unpack it first'],
  ['425a68', 'a bzip2 file; unpack it first'],
  ['04224d18', 'an LZ4 file; unpack it first'],
  ['1f8b', 'a gzip file inside a compressed file; unpack it first'],
  ['504b0304', 'a zip archive inside a compressed file; unpack it first'],
  ['53514c69746520666f726d6174203300', 'an SQLite database'],
  ['d4c3b2a1', 'a packet capture'],
  ['a1b2c3d4', 'a packet capture'],
  ['0a0d0d0a', 'a packet capture'],
  ['72656766', 'a Windows registry hive'],
  ['d0cf11e0a1b11ae1', 'an old Office document or Windows installer'],
  ['89504e47', 'a picture'],
  ['ffd8ff', 'a picture'],
  ['47494638', 'a picture'],
  ['30000000', 'a Windows XP event log (.evt)'],
  ['4c664c65', 'a Windows XP event log (.evt)'],
];

/** tar writes its magic behind the first header's name, mode, owner and size. */
const TAR_OFFSET = 257;

/** Random bytes have an entropy of 8 bits; text, programs and tables stay below 7.5 over a few KiB. */
const DENSE_BITS = 7.8;

/** What an input that no format claims looks like, as the end of "The content looks like ...". */
export function describeUnknown(head: Uint8Array): string {
  const bytes = Buffer.from(head.buffer, head.byteOffset, head.length);
  const hex = bytes.toString('hex', 0, 16);
  const known = KNOWN.find(([magic]) => hex.startsWith(magic));
  if (known !== undefined) return known[1];
  if (bytes.toString('latin1', TAR_OFFSET, TAR_OFFSET + 5) === 'ustar')
    return 'a tar archive; unpack it first';
  if (bytes.every((byte) => byte === 0)) return 'nothing but zero bytes';
  const text = bytes.toString('utf8', 0, 4096);
  if (/^\ufeff?\s*<(?:\?xml|Events?[ >])/.test(text)) return 'XML, which is not read yet';
  if (/^\ufeff?\s*<(?:!doctype html|html)/i.test(text)) return 'a web page';
  if (!isBinary(bytes)) return 'text in a format that is not read yet';
  return entropyBits(bytes) > DENSE_BITS ? 'encrypted or compressed data' : 'binary data of an unknown kind';
}

function isBinary(bytes: Buffer): boolean {
  const sample = bytes.subarray(0, 4096);
  const odd = sample.filter((byte) => byte < 0x20 && byte !== 0x09 && byte !== 0x0a && byte !== 0x0d).length;
  const invalid = sample.toString('utf8').split('\ufffd').length - 1;
  return (odd + invalid) * 20 > sample.length;
}

function entropyBits(bytes: Buffer): number {
  const counts = new Array<number>(256).fill(0);
  for (const byte of bytes) counts[byte] = (counts[byte] ?? 0) + 1;
  let bits = 0;
  for (const count of counts) {
    if (count > 0) bits -= (count / bytes.length) * Math.log2(count / bytes.length);
  }
  // Few bytes cannot show a high entropy: compare with what that many could show at most.
  return (bits * 8) / Math.min(8, Math.log2(Math.max(bytes.length, 2)));
}
