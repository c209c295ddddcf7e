import type { FieldValue, LogSource } from '#shared/model/event.ts';
import { SEVERITY, SYSLOG_TO_SEVERITY, type SeverityNumber } from '#shared/model/severity.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { linuxLogsource } from '../linux-logsource.ts';
import { oneLine } from '../text.ts';
import { auditRecord } from './audit-record.ts';
import { syslogHeader, type Header } from './header.ts';

/** Facility names of RFC 5424 table 1, as syslog.conf spells them. */
const FACILITIES = [
  'kern',
  'user',
  'mail',
  'daemon',
  'auth',
  'syslog',
  'lpr',
  'news',
  'uucp',
  'cron',
  'authpriv',
  'ftp',
  'ntp',
  'security',
  'console',
  'solaris-cron',
  'local0',
  'local1',
  'local2',
  'local3',
  'local4',
  'local5',
  'local6',
  'local7',
];

const SEVERITIES = ['emerg', 'alert', 'crit', 'err', 'warning', 'notice', 'info', 'debug'];

/** `%SYS-5-CONFIG_I: ` and `%ASA-6-302013: `: facility, optional subfacility, severity, mnemonic. */
const CISCO = /^%([A-Z][A-Z0-9_]*)(?:-([A-Z][A-Z0-9_]*))?-([0-7])-([A-Z0-9_]+):? /;

/** SigmaHQ's Cisco services by facility; the rest of IOS is `syslog`. */
const CISCO_SERVICES: Readonly<Record<string, string>> = {
  AAA: 'aaa',
  PARSER: 'aaa',
  BGP: 'bgp',
  LDP: 'ldp',
};

/** Senders and payloads that look like a daemon's tag but are appliances, which no Linux rule is meant for. */
const APPLIANCE = /^(?:CEF|LEEF|RT_|junos|CheckPoint|EPOEvents|arbor|asa|fortigate|PaloAlto|com\.apple\.)/i;

const UNKNOWN: LogSource = { category: null, product: null, service: null };

/** Reads the text of one record. Nothing is rejected: what has no header is a message. */
export function syslogEvent(text: string, nowMs: number): Omit<ParsedEvent, 'offset' | 'length'> {
  const header = syslogHeader(text, nowMs);
  const cisco = CISCO.exec(header.message);
  const audit = auditRecord(header.message) ?? auditRecord(text.trimStart());
  const host = header.host ?? audit?.node ?? '';
  return {
    eventTs: audit?.eventTs ?? header.eventTs,
    severity: severityOf(header.priority, cisco),
    host,
    message: oneLine(header.message) || oneLine(text) || '(empty)',
    logsource: audit === null ? logsourceOf(header, cisco) : AUDITD,
    fields: { ...fieldsOf(header, cisco), ...audit?.fields },
    recordId: audit?.serial ?? null,
    flags: audit === null ? header.flags : header.flags.filter((flag) => flag !== 'time_assumed'),
  };
}

const AUDITD: LogSource = { category: null, product: 'linux', service: 'auditd' };

function severityOf(priority: number | null, cisco: RegExpExecArray | null): SeverityNumber {
  const level = cisco === null ? (priority === null ? null : priority % 8) : Number(cisco[3]);
  return level === null ? SEVERITY.info : (SYSLOG_TO_SEVERITY[level] ?? SEVERITY.info);
}

function logsourceOf(header: Header, cisco: RegExpExecArray | null): LogSource {
  if (cisco !== null) {
    const facility = cisco[1] ?? '';
    return { category: null, product: 'cisco', service: CISCO_SERVICES[facility] ?? 'syslog' };
  }
  if (header.program === null || APPLIANCE.test(header.program)) return UNKNOWN;
  return linuxLogsource(header.program);
}

function fieldsOf(header: Header, cisco: RegExpExecArray | null): Record<string, FieldValue> {
  const fields: Record<string, FieldValue> = {};
  if (header.priority !== null) {
    fields.facility = FACILITIES[header.priority >> 3] ?? '';
    fields.severity = SEVERITIES[header.priority & 7] ?? '';
  }
  if (header.host !== null) fields.hostname = header.host;
  if (header.program !== null) fields.program = header.program;
  if (header.pid !== null) fields.pid = /^\d{1,10}$/.test(header.pid) ? Number(header.pid) : header.pid;
  if (header.messageId !== null) fields.msgid = header.messageId;
  if (header.structured !== null) fields.sd = header.structured;
  if (cisco !== null) {
    fields.cisco_facility = cisco[1] ?? '';
    fields.cisco_severity = Number(cisco[3]);
    fields.mnemonic = cisco[4] ?? '';
  }
  fields.message = header.message;
  return fields;
}
