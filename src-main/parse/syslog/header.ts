import type { FieldValue } from '#shared/model/event.ts';
import { leadingTime } from './header-time.ts';
import { structuredData } from './structured-data.ts';
import { isoInstant } from '../timestamps.ts';

/** What stands before the message of a syslog record; null is what the record leaves out. */
export interface Header {
  /** RFC 5424 section 6.2.1: facility * 8 + severity. */
  readonly priority: number | null;
  readonly eventTs: number | null;
  readonly host: string | null;
  readonly program: string | null;
  readonly pid: string | null;
  readonly messageId: string | null;
  readonly structured: Readonly<Record<string, FieldValue>> | null;
  readonly message: string;
  readonly flags: readonly string[];
}

/** 23 facilities of 8 severities. */
const MAX_PRIORITY = 191;

const PRIORITY = /^<(\d{1,3})>/;

/** VERSION TIMESTAMP HOSTNAME APP-NAME PROCID MSGID, RFC 5424 section 6. */
const HEADER_5424 = /^1 (-|\d{4}-\d{2}-\d{2}T\S+) (\S+) (\S+) (\S+) (\S+) /;

/** TAG of RFC 3164 section 4.1.3 as daemons write it: `sshd(pam_unix)[19939]: `, `postfix/smtpd[1]: `. */
const TAG = /^([A-Za-z_/.][\w./+@%-]*(?:\([^()\s]*\))?)(?:\[([^\][\s]{1,64})\])?: ?/;

/** Severity word that F5 and some relays put before the tag. */
const SEVERITY_WORD = /^(?:emerg|alert|crit|err|error|warning|warn|notice|info|debug) (?=[\w./-]+(?:\[|:))/;

/** Sequence number, host and origin that Cisco puts before its own time stamp. */
const CISCO_PREFIX = /^(?:(\d+): )?(?:([\w.:-]+): )?(?=(?:\d+: )?[*.]?[A-Z][a-z]{2} {1,2}\d{1,2} )/;

/** HOSTNAME of RFC 3164 section 4.1.2: a name or an address. */
const HOST = /^[\w.:%-]+$/;

/** The word before a colon is the tag of a record without a host. */
const TAGGED = /\w:$/;

/** Messages that syslogd writes itself, without a tag. */
const UNTAGGED = /^(?:last message repeated \d|-- MARK --|message repeated \d)/;

/** Header of a record of RFC 5424, RFC 3164 or what /var/log holds; a record without any is all message. */
export function syslogHeader(text: string, nowMs: number): Header {
  const stated = PRIORITY.exec(text);
  const valid = stated !== null && Number(stated[1]) <= MAX_PRIORITY;
  const priority = valid ? Number(stated[1]) : null;
  const rest = valid ? text.slice(stated[0].length) : text;
  return header5424(rest, priority) ?? header3164(rest, priority, nowMs);
}

function header5424(text: string, priority: number | null): Header | null {
  const match = HEADER_5424.exec(text);
  if (match === null) return null;
  const [whole, time = '', host = '', program = '', pid = '', messageId = ''] = match;
  const instant = time === '-' ? null : isoInstant(time);
  if (time !== '-' && instant === null) return null;
  const structured = structuredData(text, whole.length);
  // Relays keep the blank with which RFC 3164 content begins (rsyslog's forwarding template does): no rule means it.
  const message = text.slice(structured?.end ?? whole.length).trimStart();
  return {
    priority,
    eventTs: instant?.ms ?? null,
    host: unlessNil(host),
    program: unlessNil(program),
    pid: unlessNil(pid),
    messageId: unlessNil(messageId),
    structured:
      structured === null || Object.keys(structured.elements).length === 0 ? null : structured.elements,
    // MSG-UTF8 begins with a byte order mark, which belongs to the encoding, not to the text (section 6.4).
    message: message.replace(/^\ufeff\s*/, ''),
    flags: [
      ...(instant?.assumed === true ? ['time_assumed'] : []),
      ...(structured === null ? ['malformed_structured_data'] : []),
    ],
  };
}

function unlessNil(value: string): string | null {
  return value === '-' ? null : value;
}

function header3164(text: string, priority: number | null, nowMs: number): Header {
  const cisco = ciscoPrefix(text);
  const outer = leadingTime(text.slice(cisco.end), nowMs);
  let rest = text.slice(cisco.end + (outer?.end ?? 0));
  let { host } = cisco;
  if (outer !== null && host === null) {
    const found = leadingHost(rest);
    host = found.host;
    rest = rest.slice(found.end);
  }
  // A relay puts its own time before the sender's: `Mar 1 10:00:00 core1 45: *Mar  1 18:46:11.123: %SYS-5-...`.
  const nested = ciscoPrefix(rest);
  const inner = nested.end > 0 || /^[*.]/.test(rest) ? leadingTime(rest.slice(nested.end), nowMs) : null;
  if (inner !== null) rest = rest.slice(nested.end + inner.end);
  const tag = tagOf(rest, outer !== null || priority !== null);
  return {
    priority,
    eventTs: outer?.ms ?? inner?.ms ?? null,
    host: host ?? nested.host,
    program: tag.program,
    pid: tag.pid,
    messageId: null,
    structured: null,
    message: rest.slice(tag.end),
    flags: (outer ?? inner)?.assumed === true ? ['time_assumed'] : [],
  };
}

function ciscoPrefix(text: string): { readonly host: string | null; readonly end: number } {
  const match = CISCO_PREFIX.exec(text);
  if (match === null) return { host: null, end: 0 };
  return { host: match[2] ?? null, end: match[0].length };
}

/** The host behind a time; none when the next word is already the tag. */
function leadingHost(text: string): { readonly host: string | null; readonly end: number } {
  if (UNTAGGED.test(text) || text.startsWith('%')) return { host: null, end: 0 };
  const match = /^(\S+)(?: +|$)/.exec(text);
  const word = match?.[1];
  if (match === null || word === undefined) return { host: null, end: 0 };
  if (!HOST.test(word) || TAGGED.test(word)) return { host: null, end: 0 };
  // What a router calls itself carries a colon of its own: `Mar  1 10:00:00 core1 : %SYS-5-CONFIG_I`.
  const colon = /^: +/.exec(text.slice(match[0].length));
  return { host: word, end: match[0].length + (colon?.[0].length ?? 0) };
}

interface Tag {
  readonly program: string | null;
  readonly pid: string | null;
  readonly end: number;
}

const NO_TAG: Tag = { program: null, pid: null, end: 0 };

function tagOf(text: string, hasHeader: boolean): Tag {
  if (!hasHeader || text.startsWith('%') || UNTAGGED.test(text)) return NO_TAG;
  const word = SEVERITY_WORD.exec(text)?.[0].length ?? 0;
  const match = TAG.exec(text.slice(word));
  if (match === null) return NO_TAG;
  const [whole, program = '', pid] = match;
  return { program: program.replace(/\(.*\)$/, ''), pid: pid ?? null, end: word + whole.length };
}
