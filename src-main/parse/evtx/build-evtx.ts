/**
 * Test support: builds small EVTX files, so that the reader is tested without anyone's logs. Writes what Windows
 * writes (inline names and definitions at first use, offsets afterwards), and whatever else a test asks for.
 */
import { CHUNK_BYTES, CHUNK_HEADER_BYTES, CHUNK_MAGIC, FILE_HEADER_BYTES, FILE_MAGIC } from './layout.ts';
import { TOKEN, VALUE } from './tokens.ts';

/** Content of an element or attribute. */
export type Content =
  | string
  | Xml
  | { readonly substitution: number; readonly type?: number; readonly optional?: boolean }
  | { readonly cdata: string }
  | { readonly charRef: number }
  | { readonly entity: string }
  | { readonly instruction: string }
  /** A template used within a fragment. */
  | { readonly template: Xml; readonly values: readonly Value[] };

export interface Xml {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, Content>>;
  readonly children?: readonly Content[];
}

/** A substitution value: its type, and its bytes or what writes them in place. */
export interface Value {
  readonly type: number;
  readonly bytes: Buffer | ((writer: ChunkWriter) => void);
}

export const utf16 = (text: string): Buffer => Buffer.from(text, 'utf16le');

export function uint(bytes: 1 | 2 | 4, value: number): Buffer {
  const buffer = Buffer.alloc(bytes);
  buffer.writeUIntLE(value, 0, bytes);
  return buffer;
}

export const text = (value: string): Value => ({ type: VALUE.string, bytes: utf16(value) });
export const uint16 = (value: number): Value => ({ type: VALUE.uint16, bytes: uint(2, value) });
export const nothing: Value = { type: VALUE.null, bytes: Buffer.alloc(0) };
export const embedded = (write: (writer: ChunkWriter) => void): Value => ({
  type: VALUE.binXml,
  bytes: write,
});

/** FILETIME of a UTC epoch time in milliseconds. */
export function filetime(epochMs: number): Buffer {
  const buffer = Buffer.alloc(8);
  buffer.writeBigUInt64LE((BigInt(epochMs) + 11_644_473_600_000n) * 10_000n);
  return buffer;
}

/** The time that every built record has. */
export const RECORD_TIME_MS = Date.UTC(2024, 1, 29, 12, 34, 56, 789);

/** Where a record was written, by offset from its chunk's start. */
export interface Written {
  readonly start: number;
  readonly size: number;
}

/** Writes one chunk: records from offset 512 on, header at the end. */
export class ChunkWriter {
  readonly bytes: Buffer = Buffer.alloc(CHUNK_BYTES);
  at: number = CHUNK_HEADER_BYTES;
  readonly #names = new Map<string, number>();
  readonly #templates = new Map<Xml, number>();

  record(number: number, write: (writer: ChunkWriter) => void): Written {
    const start = this.at;
    this.raw(Buffer.from('**\0\0', 'latin1')).raw(uint(4, 0)).raw(uint(4, number)).raw(uint(4, 0));
    this.raw(filetime(RECORD_TIME_MS));
    write(this);
    const size = Math.ceil((this.at - start + 4) / 8) * 8;
    this.bytes.writeUInt32LE(size, start + 4);
    this.bytes.writeUInt32LE(size, start + size - 4);
    this.at = start + size;
    return { start, size };
  }

  /** The chunk with its header, as a copy that a test may damage. */
  finish(): Buffer {
    CHUNK_MAGIC.copy(this.bytes);
    this.bytes.writeUInt32LE(128, 40);
    this.bytes.writeUInt32LE(this.at, 48);
    return Buffer.from(this.bytes);
  }

  raw(bytes: Buffer): this {
    bytes.copy(this.bytes, this.at);
    this.at += bytes.length;
    return this;
  }

  byte(...values: readonly number[]): this {
    return this.raw(Buffer.from(values));
  }

  fragmentHeader(): this {
    return this.byte(TOKEN.fragmentHeader, 1, 1, 0);
  }

  /** A fragment of elements written out, as forwarded events have it. */
  fragment(xml: Xml, dependencyIds = false): this {
    return this.fragmentHeader().element(xml, dependencyIds).byte(TOKEN.endOfFragment);
  }

  /** A template instance in its own fragment, the common form of a record. */
  templated(xml: Xml, values: readonly Value[]): this {
    return this.fragmentHeader().instance(xml, values).byte(TOKEN.endOfFragment);
  }

  /** A use of a template, with the definition inline the first time that this chunk uses it. */
  instance(xml: Xml, values: readonly Value[]): this {
    this.byte(TOKEN.templateInstance, 1).raw(uint(4, 0x1234_5678));
    const known = this.#templates.get(xml);
    this.raw(uint(4, known ?? this.at + 4));
    if (known === undefined) this.#definition(xml);
    this.raw(uint(4, values.length));
    const descriptors = this.at;
    for (const value of values) this.raw(uint(2, 0)).byte(value.type, 0);
    values.forEach((value, index) => {
      const start = this.at;
      if (Buffer.isBuffer(value.bytes)) this.raw(value.bytes);
      else value.bytes(this);
      this.bytes.writeUInt16LE(this.at - start, descriptors + 4 * index);
    });
    return this;
  }

  #definition(xml: Xml): void {
    this.#templates.set(xml, this.at);
    this.raw(uint(4, 0)).raw(uint(4, 0x1234_5678)).raw(Buffer.alloc(12)).raw(uint(4, 0));
    const start = this.at;
    this.fragment(xml, true);
    this.bytes.writeUInt32LE(this.at - start, start - 4);
  }

  element(xml: Xml, dependencyIds: boolean): this {
    const attributes = Object.entries(xml.attributes ?? {});
    this.byte(TOKEN.openElement | (attributes.length > 0 ? 0x40 : 0));
    if (dependencyIds) this.raw(uint(2, 0xffff));
    const size = this.at;
    this.raw(uint(4, 0)).name(xml.name);
    if (attributes.length > 0) this.raw(uint(4, 0));
    for (const [name, value] of attributes)
      this.byte(TOKEN.attribute).name(name).#content(value, dependencyIds);
    const children = xml.children ?? [];
    if (children.length === 0) this.byte(TOKEN.closeEmpty);
    else {
      this.byte(TOKEN.closeStart);
      for (const child of children) this.#content(child, dependencyIds);
      this.byte(TOKEN.endElement);
    }
    this.bytes.writeUInt32LE(this.at - size - 4, size);
    return this;
  }

  name(name: string): this {
    const known = this.#names.get(name);
    if (known !== undefined) return this.raw(uint(4, known));
    this.#names.set(name, this.at + 4);
    this.raw(uint(4, this.at + 4))
      .raw(uint(4, 0))
      .raw(uint(2, 0))
      .raw(uint(2, name.length));
    return this.raw(utf16(`${name}\0`));
  }

  #content(content: Content, dependencyIds: boolean): void {
    if (typeof content === 'string') {
      this.byte(TOKEN.value, VALUE.string).raw(uint(2, content.length)).raw(utf16(content));
    } else if ('name' in content) this.element(content, dependencyIds);
    else if ('substitution' in content) {
      this.byte(content.optional === true ? TOKEN.optionalSubstitution : TOKEN.normalSubstitution);
      this.raw(uint(2, content.substitution)).byte(content.type ?? VALUE.string);
    } else if ('cdata' in content) {
      this.byte(TOKEN.cdata).raw(uint(2, content.cdata.length)).raw(utf16(content.cdata));
    } else if ('charRef' in content) this.byte(TOKEN.charRef).raw(uint(2, content.charRef));
    else if ('entity' in content) this.byte(TOKEN.entityRef).name(content.entity);
    else if ('template' in content) this.instance(content.template, content.values);
    else {
      this.byte(TOKEN.piTarget).name('target').byte(TOKEN.piData);
      this.raw(uint(2, content.instruction.length)).raw(utf16(content.instruction));
    }
  }
}

/** An EVTX file of `chunks`, with a header that says nothing true beyond its magic. */
export function evtxFile(...chunks: readonly Buffer[]): Buffer {
  const header = Buffer.alloc(FILE_HEADER_BYTES);
  FILE_MAGIC.copy(header);
  return Buffer.concat([header, ...chunks]);
}

/** A log of everyday shape: System in an outer template, EventData in a template within its last value. */
export const SECURITY_EVENT: Xml = {
  name: 'Event',
  attributes: { xmlns: 'http://schemas.microsoft.com/win/2004/08/events/event' },
  children: [
    {
      name: 'System',
      children: [
        { name: 'Provider', attributes: { Name: 'Test-Provider', Guid: '{0000}' } },
        { name: 'EventID', attributes: { Qualifiers: { substitution: 4 } }, children: [{ substitution: 0 }] },
        { name: 'Level', children: [{ substitution: 1, optional: true }] },
        { name: 'TimeCreated', attributes: { SystemTime: { substitution: 2 } } },
        { name: 'EventRecordID', children: [{ substitution: 3 }] },
        { name: 'Correlation' },
        { name: 'Channel', children: ['Security'] },
        { name: 'Computer', children: ['host.example'] },
        { name: 'Security', attributes: { UserID: { substitution: 5, optional: true } } },
      ],
    },
    { substitution: 6, type: VALUE.binXml },
  ],
};

/** Values of `SECURITY_EVENT`: event id 4624, level 4, and `payload` as EventData. */
export function securityValues(recordNumber: number, payload: Value): Value[] {
  return [
    uint16(4624),
    { type: VALUE.uint8, bytes: uint(1, 4) },
    { type: VALUE.filetime, bytes: filetime(RECORD_TIME_MS) },
    { type: VALUE.uint32, bytes: uint(4, recordNumber) },
    uint16(0),
    nothing,
    payload,
  ];
}

export const LOGON_DATA: Xml = {
  name: 'EventData',
  children: [
    { name: 'Data', attributes: { Name: 'TargetUserName' }, children: [{ substitution: 0 }] },
    { name: 'Data', attributes: { Name: 'Logon Type' }, children: [{ substitution: 1, optional: true }] },
  ],
};

/** Writes an everyday record: `SECURITY_EVENT` with `LOGON_DATA`. */
export function logonRecord(writer: ChunkWriter, recordNumber: number, user: string): Written {
  const payload = embedded((inner) => inner.templated(LOGON_DATA, [text(user), uint16(3)]));
  return writer.record(recordNumber, (body) =>
    body.templated(SECURITY_EVENT, securityValues(recordNumber, payload)),
  );
}
