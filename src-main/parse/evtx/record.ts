import { WINDOWS_TO_SEVERITY } from '#shared/model/severity.ts';
import type { LogSource } from '#shared/model/event.ts';
import type { ParseOutcome } from '../../pipeline/parsing.ts';
import type { Chunk } from './chunk.ts';
import type { Interpreter } from './interpreter.ts';
import { recordName } from '../windows-message.ts';
import { MAX_MESSAGE_LENGTH, RECORD_HEADER_BYTES } from './layout.ts';

/** Category and service follow from channel and EventID, which is enrichment's knowledge. */
const WINDOWS: LogSource = { category: null, product: 'windows', service: null };
const NO_FLAGS: readonly string[] = [];
/** The record was found by its signature in damaged surroundings. */
const RECOVERED: readonly string[] = ['recovered'];
/** EventLevel 0 means "log always": shown as information. */
const DEFAULT_SEVERITY = 9;

/** Where a record lies in its chunk. */
export interface RecordPlace {
  readonly start: number;
  readonly size: number;
  readonly recovered: boolean;
}

/** Decodes one record; its bytes were found complete before. */
export function readRecord(chunk: Chunk, interpreter: Interpreter, place: RecordPlace): ParseOutcome {
  const { start, size } = place;
  const offset = chunk.offset + start;
  const bodyEnd = start + size - 4;
  if (!interpreter.run(chunk, start + RECORD_HEADER_BYTES, bodyEnd, place.recovered)) {
    const detail = `The record's content holds ${interpreter.failure}. Its bytes were kept.`;
    return { ok: false, rejection: { reason: 'record_damaged', detail, offset, length: size } };
  }
  const { fields } = interpreter;
  const { Level: level, Computer: computer, EventRecordID: number } = fields;
  return {
    ok: true,
    event: {
      eventTs: interpreter.timeMs ?? interpreter.filetimeMs(chunk, start + 16),
      severity: (typeof level === 'number' ? WINDOWS_TO_SEVERITY[level] : undefined) ?? DEFAULT_SEVERITY,
      host: typeof computer === 'string' ? computer : '',
      message: message(interpreter),
      logsource: WINDOWS,
      fields,
      // Exported logs number their records anew; System keeps the number that the event had.
      recordId: typeof number === 'number' ? number : recordNumber(chunk, start),
      offset,
      length: size,
      flags: place.recovered ? RECOVERED : NO_FLAGS,
    },
  };
}

/** Record number of the header, exact up to 2^53. */
export function recordNumber(chunk: Chunk, start: number): number {
  return chunk.view.getUint32(start + 12, true) * 4_294_967_296 + chunk.view.getUint32(start + 8, true);
}

/** `Sysmon 1: Name=value ...` on one line, what matters most first. */
function message({ fields, leading, details }: Interpreter): string {
  const values = leading + details;
  const text = values === '' ? recordName(fields) : `${recordName(fields)}:${values}`;
  const line = text.length > MAX_MESSAGE_LENGTH ? `${text.slice(0, MAX_MESSAGE_LENGTH - 3)}...` : text;
  // eslint-disable-next-line no-control-regex -- line breaks and NULs are what is looked for
  return /[\x00-\x1f]/.test(line) ? line.replace(/[\x00-\x1f]+/g, ' ') : line;
}
