import type { EvidenceFormat, ParsedEvent, ParseOutcome, RecordReader } from '../../pipeline/parsing.ts';
import { ENCODING_HEAD_BYTES, encodingOf, type InputText } from './input-text.ts';
import { isObject, isShallow, member, type JsonObject } from './json-text.ts';
import { RecordFramer, type Frame, type FrameSink, type RejectReason } from './record-framer.ts';
import { shapedEvent } from './shapes.ts';

const DETAILS: Readonly<Record<RejectReason, string>> = {
  invalid_json: 'This is not a JSON object. Reading went on behind it.',
  record_truncated: 'The input ends inside this record. Everything before it was read.',
  record_too_large: 'The record is larger than 8 MiB. It was passed over, and reading went on behind it.',
  too_deep: 'The record is nested more than 64 levels deep. It was passed over.',
};

/** JSON evidence: one record a line, printed, concatenated, in an array or in `{"Records": [...]}`. */
export const jsonFormat: EvidenceFormat = {
  name: 'json',
  source: 'json',
  probe: probeJson,
  open: () => new JsonReader(),
};

/** 0.9 for an object that begins with a member, 0.6 for one whose beginning was cut off, 0 for anything else. */
function probeJson(head: Uint8Array): number {
  const { input, markBytes } = encodingOf(head);
  input.append(head.subarray(markBytes));
  const start = input.shape.toString('latin1', 0, 4096);
  // eslint-disable-next-line no-control-regex -- RFC 7464 separates records by 0x1E
  if (/^[\s\0,\x1e]*(?:\[\s*)*\{\s*(?:"|\}|$)/.test(start)) return 0.9;
  if (/^[\s\0]*\[\s*\]?\s*$/.test(start) && start.includes('[')) return 0.6;
  return /\n\s*\{\s*"/.test(start) ? 0.3 : 0;
}

/** Reads JSON of any layout and encoding; see `RecordFramer` for how records are told apart. */
class JsonReader implements RecordReader, FrameSink {
  #head: Uint8Array = new Uint8Array(0);
  #input: InputText | null = null;
  #framer: RecordFramer | null = null;
  #outcomes: ParseOutcome[] = [];

  push(bytes: Uint8Array): readonly ParseOutcome[] {
    const chunk = this.#framer === null ? this.#joinedHead(bytes) : bytes;
    if (this.#framer === null && chunk.length < ENCODING_HEAD_BYTES) {
      this.#head = chunk;
      return [];
    }
    return this.#read(chunk, false);
  }

  end(): readonly ParseOutcome[] {
    return this.#read(this.#head, true);
  }

  record(value: JsonObject, frame: Frame): boolean {
    for (const name in value) if (!isShallow(value[name] ?? null, 2)) return false;
    const members = membersOf(value);
    if (members === null) this.#emit(value, frame);
    else for (const one of members) this.#emit(one, frame);
    return true;
  }

  reject(reason: RejectReason, offset: number, length: number): void {
    this.#outcomes.push({ ok: false, rejection: { reason, detail: DETAILS[reason], offset, length } });
  }

  #emit(value: JsonObject, frame: Frame): void {
    const { eventTs, severity, host, message, logsource, fields, recordId, flags } = shapedEvent(value);
    const event: ParsedEvent = {
      eventTs,
      severity,
      host,
      message,
      logsource,
      fields,
      recordId,
      offset: frame.offset,
      length: frame.length,
      flags: frame.flags.length === 0 ? flags : [...flags, ...frame.flags],
    };
    this.#outcomes.push({ ok: true, event });
  }

  #joinedHead(bytes: Uint8Array): Uint8Array {
    return this.#head.length === 0 ? bytes : Buffer.concat([this.#head, bytes]);
  }

  #read(chunk: Uint8Array, atEnd: boolean): readonly ParseOutcome[] {
    if (this.#framer === null || this.#input === null) {
      const { input, markBytes } = encodingOf(chunk);
      this.#input = input;
      this.#framer = new RecordFramer(input, markBytes, this);
      this.#head = new Uint8Array(0);
      this.#input.append(chunk.subarray(markBytes));
    } else {
      this.#input.append(chunk);
    }
    this.#framer.run(atEnd);
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    return outcomes;
  }
}

/** Records inside an object that wraps them and whose array is not its first member. */
function membersOf(value: JsonObject): readonly JsonObject[] | null {
  const list = member(value, 'Records') ?? member(value, 'records');
  if (!Array.isArray(list) || list.length === 0) return null;
  // Array.isArray widens the readonly list to any[].
  const records = list as readonly unknown[];
  return records.every(isObject) ? records : null;
}
