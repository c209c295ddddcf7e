import { crc32, deflateRawSync } from 'node:zlib';

/** A member of a zip archive made for a test: whatever is not stated is as an honest writer would do it. */
export interface MadeMember {
  readonly name: string;
  readonly content: Buffer;
  readonly method?: number;
  readonly flags?: number;
  readonly mode?: number;
  readonly crc?: number;
  /** Bytes that lie in the archive instead of the compressed content. */
  readonly packed?: Buffer;
}

/** A zip archive of the given members (APPNOTE 6.3.3), byte by byte, so that tests can lie in any field. */
export function buildZip(members: readonly MadeMember[]): Buffer {
  const files: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const member of members) {
    const name = Buffer.from(member.name);
    const method = member.method ?? 8;
    const packed = member.packed ?? (method === 8 ? deflateRawSync(member.content) : member.content);
    const common = Buffer.alloc(26);
    common.writeUInt16LE(20, 0);
    common.writeUInt16LE((member.flags ?? 0) | 0x800, 2);
    common.writeUInt16LE(method, 4);
    common.writeUInt32LE(member.crc ?? crc32(member.content), 10);
    common.writeUInt32LE(packed.length, 14);
    common.writeUInt32LE(member.content.length, 18);
    common.writeUInt16LE(name.length, 22);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(((member.mode ?? 0o100644) << 16) >>> 0, 6);
    place.writeUInt32LE(offset, 10);
    files.push(signature(0x04034b50), common, name, packed);
    directory.push(signature(0x02014b50), Buffer.from([20, 3]), common, place, name);
    offset += 4 + common.length + name.length + packed.length;
  }
  const end = Buffer.alloc(18);
  end.writeUInt16LE(members.length, 4);
  end.writeUInt16LE(members.length, 6);
  end.writeUInt32LE(Buffer.concat(directory).length, 8);
  end.writeUInt32LE(offset, 12);
  return Buffer.concat([...files, ...directory, signature(0x06054b50), end]);
}

function signature(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
