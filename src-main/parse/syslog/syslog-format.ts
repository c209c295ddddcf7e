import { LineSplitter, type Line } from '../../pipeline/line-splitter.ts';
import type { EvidenceFormat, ParseOutcome, ReaderOptions, RecordReader } from '../../pipeline/parsing.ts';
import { decodeUtf8, withoutNul } from '../text.ts';
import { auditRecord } from './audit-record.ts';
import { leadingTime } from './header-time.ts';
import { syslogEvent } from './message.ts';

/**
 * Bytes of a record that are read. RFC 5424 section 6.1 lets receivers cut beyond 2,048 octets, UDP carries at most
 * 65,507; what is longer is kept up to here and marked (reliability F14).
 */
const MAX_RECORD_BYTES = 64 * 1024;

/** Lines of a head that are looked at to recognise the format. */
const PROBED_LINES = 50;

const NEWLINE = 0x0a;
const CARRIAGE_RETURN = 0x0d;

/** Line files of RFC 3164, RFC 5424, /var/log and auditd. */
export const syslogFormat: EvidenceFormat = {
  name: 'syslog',
  source: 'syslog',
  probe: probeSyslog,
  open: (options) => new SyslogReader(options),
};

/**
 * Reads one message as a receiver got it, framing removed. Offset is 0 and length the number of bytes given. Only a
 * message without any content is rejected (`empty_message`).
 */
export function parseSyslog(bytes: Uint8Array, options: ReaderOptions): ParseOutcome {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  let end = buffer.length;
  while (end > 0 && isFiller(buffer[end - 1])) end -= 1;
  const kept = Math.min(end, MAX_RECORD_BYTES);
  return outcomeOf(
    { bytes: buffer.subarray(0, kept), offset: 0, length: buffer.length, truncated: kept < end },
    options.nowMs,
  );
}

/** Senders end a message with a newline, a NUL, or both, whatever the transport. */
function isFiller(byte: number | undefined): boolean {
  return byte === NEWLINE || byte === CARRIAGE_RETURN || byte === 0;
}

class SyslogReader implements RecordReader {
  readonly #lines = new LineSplitter(MAX_RECORD_BYTES);
  readonly #nowMs: number;
  #outcomes: ParseOutcome[] = [];

  constructor(options: ReaderOptions) {
    this.#nowMs = options.nowMs;
  }

  push(bytes: Uint8Array): readonly ParseOutcome[] {
    this.#lines.push(bytes, (line) => this.#take(line));
    return this.#taken();
  }

  end(): readonly ParseOutcome[] {
    this.#lines.end((line) => this.#take(line));
    return this.#taken();
  }

  /** Blank lines separate, they are no records. */
  #take(line: Line): void {
    if (line.length > 0) this.#outcomes.push(outcomeOf(line, this.#nowMs));
  }

  #taken(): readonly ParseOutcome[] {
    const outcomes = this.#outcomes;
    this.#outcomes = [];
    return outcomes;
  }
}

function outcomeOf(line: Omit<Line, 'extentBytes'>, nowMs: number): ParseOutcome {
  const { text, valid } = decodeUtf8(line.truncated ? wholeCharacters(line.bytes) : line.bytes);
  const { offset, length } = line;
  if (text.trim() === '') {
    const detail = 'The message has no content. Nothing was kept.';
    return { ok: false, rejection: { reason: 'empty_message', detail, offset, length } };
  }
  const plain = withoutNul(text);
  const event = syslogEvent(plain, nowMs);
  const flags = [...event.flags];
  if (!valid) flags.push('invalid_utf8');
  if (plain !== text) flags.push('nul_replaced');
  if (line.truncated) flags.push('truncated');
  return { ok: true, event: { ...event, offset, length, flags } };
}

/** `bytes` without a last UTF-8 character that the cut went through: that would look like invalid input. */
function wholeCharacters(bytes: Buffer): Buffer {
  let lead = bytes.length - 1;
  while (lead >= 0 && bytes.length - lead < 4 && ((bytes[lead] ?? 0) & 0xc0) === 0x80) lead -= 1;
  const first = bytes[lead] ?? 0;
  const needed = first >= 0xf0 ? 4 : first >= 0xe0 ? 3 : first >= 0xc0 ? 2 : 1;
  return needed > bytes.length - lead ? bytes.subarray(0, lead) : bytes;
}

/** Share of the first lines that begin like syslog, at most 0.8: formats with magic bytes or a grammar come first. */
function probeSyslog(head: Uint8Array): number {
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('utf8');
  const lines = text.split('\n', PROBED_LINES + 1).slice(0, PROBED_LINES);
  const written = lines.filter((line) => line.trim() !== '');
  if (written.length === 0) return 0;
  const known = written.filter(looksLikeSyslog).length / written.length;
  return known >= 0.5 ? 0.8 * known : 0;
}

function looksLikeSyslog(line: string): boolean {
  if (/^<\d{1,3}>/.test(line) || /^1 (?:-|\d{4}-\d{2}-\d{2}T\S+) \S+ \S+ \S+ \S+ /.test(line)) return true;
  if (/^(?:\d+: )?(?:[\w.-]+: )?[*.]?%?[A-Z0-9_]+-[0-7]-[A-Z0-9_]+:/.test(line)) return true;
  return leadingTime(line, 0) !== null || auditRecord(line.trimStart()) !== null;
}
