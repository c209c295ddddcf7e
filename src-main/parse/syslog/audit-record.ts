import type { FieldValue } from '#shared/model/event.ts';
import { put } from '../fields.ts';

/** One record of the Linux audit system. */
export interface AuditRecord {
  readonly eventTs: number;
  readonly serial: number;
  readonly node: string | null;
  /** `type` and every `name=value` of the record, those of a quoted `msg` included. */
  readonly fields: Readonly<Record<string, FieldValue>>;
}

const HEADER =
  /^(?:\[ *\d+\.\d+\] )?(?:audit: )?(?:node=(\S+) )?type=(\w+) (?:msg=)?audit\((\d{1,12})\.(\d{1,6}):(\d{1,15})\): ?/;

/** Name, then a value in double quotes, in single quotes, or bare. Enriched records have 0x1D between halves. */
const PAIR = /([\w-]+)=(?:"([^"]*)"|'([^']*)'|([^\s,]*))/g;

/** Record types that the kernel writes as numbers (linux/audit.h). */
const TYPES: Readonly<Record<string, string>> = {
  1300: 'SYSCALL',
  1302: 'PATH',
  1305: 'CONFIG_CHANGE',
  1306: 'SOCKADDR',
  1307: 'CWD',
  1309: 'EXECVE',
  1326: 'SECCOMP',
  1327: 'PROCTITLE',
  1400: 'AVC',
};

/** Values that audit writes in hexadecimal when they hold a space or a quote (audit_log_untrustedstring). */
const UNTRUSTED: ReadonlySet<string> = new Set([
  'comm',
  'exe',
  'name',
  'cwd',
  'proctitle',
  'cmd',
  'path',
  'acct',
  'data',
]);

const HEX = /^(?:[0-9A-F]{2})+$/;

/** The audit record that `text` is; null when it is none. */
export function auditRecord(text: string): AuditRecord | null {
  // Nearly every line of a syslog file is none: this is the cheap way to know.
  if (!text.includes('audit(')) return null;
  const header = HEADER.exec(text);
  if (header === null) return null;
  const [whole, node, number = '', seconds, fraction = '', serial] = header;
  const type = TYPES[number] ?? number;
  const fields: Record<string, FieldValue> = { type };
  addPairs(fields, text.slice(whole.length), type);
  return {
    eventTs: Number(seconds) * 1000 + Number(fraction.slice(0, 3).padEnd(3, '0')),
    serial: Number(serial),
    node: node ?? null,
    fields,
  };
}

function addPairs(fields: Record<string, FieldValue>, text: string, type: string): void {
  for (const [, name = '', quoted, nested, bare] of text.matchAll(PAIR)) {
    if (nested !== undefined && name === 'msg') addPairs(fields, nested, type);
    else put(fields, name, quoted ?? nested ?? decoded(name, bare ?? '', type));
  }
}

/** A bare value, decoded where it is hexadecimal text; arguments of a program are, those of a system call are numbers. */
function decoded(name: string, value: string, type: string): string {
  const isText = UNTRUSTED.has(name) || (type === 'EXECVE' && /^a\d+$/.test(name));
  if (!isText || !HEX.test(value)) return value;
  const text = Buffer.from(value, 'hex').toString('utf8');
  return text.replace(/\0+$/, '').replaceAll('\0', ' ');
}
