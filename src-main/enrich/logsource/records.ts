import type { FieldValue, Fields, LogSource } from '#shared/model/event.ts';
import { memberAt, textOf } from '../kit/members.ts';
import {
  AUDITD,
  AUDITD_EXEC,
  AUDIT_EXEC_SYSCALLS,
  DATASETS,
  ECS_KINDS,
  ECS_SOURCES,
  NO_SOURCE,
  PROXY,
  RECORD_SHAPES,
  SYSLOG_APPLIANCES,
  SYSLOG_DEFAULT,
  SYSLOG_FACILITIES,
  SYSLOG_PROGRAMS,
  WEBSERVER,
  zeekLogSource,
} from './record-table.ts';

/** Logsource of a syslog message. `program` as the tag or APP-NAME says, `facility` as name or number. */
export function syslogLogSource(
  program: string | null,
  facility: FieldValue | undefined,
  message: string,
): LogSource {
  if (program !== null) {
    const bare = program.slice(program.lastIndexOf('/') + 1);
    const known = SYSLOG_PROGRAMS.get(bare) ?? SYSLOG_PROGRAMS.get(bare.toLowerCase());
    if (known !== undefined) return known;
  }
  for (const appliance of SYSLOG_APPLIANCES) {
    if (appliance.pattern.test(message)) return appliance.logsource;
  }
  const facilityName = textOf(facility);
  return (facilityName === null ? undefined : SYSLOG_FACILITIES.get(facilityName)) ?? SYSLOG_DEFAULT;
}

/** Logsource of one record of the Linux audit system; null when the record is none. */
export function auditLogSource(fields: Fields): LogSource | null {
  const type = fields.type;
  if (typeof type !== 'string') return null;
  if (type === 'EXECVE') return AUDITD_EXEC;
  if (type === 'SYSCALL') {
    const syscall = textOf(fields.SYSCALL ?? fields.syscall);
    return syscall !== null && AUDIT_EXEC_SYSCALLS.has(syscall) ? AUDITD_EXEC : AUDITD;
  }
  // An audit record always has an event serial or a session beside its type.
  return 'auid' in fields || 'ses' in fields || 'audit_id' in fields ? AUDITD : null;
}

function webLogSource(fields: Fields): LogSource | null {
  if ('cs-uri-stem' in fields || 'cs-uri-query' in fields) return WEBSERVER;
  return 'c-uri' in fields ? PROXY : null;
}

function shapeLogSource(fields: Fields): LogSource | null {
  for (const { members, logsource } of RECORD_SHAPES) {
    if (members.every(([name, value]) => name in fields && (value === undefined || fields[name] === value))) {
      return logsource;
    }
  }
  return null;
}

function ecsLogSource(fields: Fields): LogSource | null {
  const dataset = textOf(memberAt(fields, 'event.dataset') ?? memberAt(fields, 'data_stream.dataset'));
  if (dataset !== null) {
    if (dataset.startsWith('zeek.')) return zeekLogSource(dataset.slice('zeek.'.length));
    const known = DATASETS.get(dataset);
    if (known !== undefined) return known;
  }
  const os = textOf(memberAt(fields, 'host.os.type') ?? memberAt(fields, 'host.os.platform'));
  const sources = os === null ? undefined : ECS_SOURCES.get(os.toLowerCase());
  return sources === undefined ? null : (sources.get(ecsCategory(fields) ?? '') ?? null);
}

function ecsCategory(fields: Fields): string | null {
  const categories = memberAt(fields, 'event.category');
  const types = memberAt(fields, 'event.type');
  const kind = ECS_KINDS.find(
    ({ eventCategory, eventType }) =>
      holds(categories, eventCategory) && (eventType === null || holds(types, eventType)),
  );
  const isDns = kind?.eventCategory === 'network' && memberAt(fields, 'dns.question.name') !== undefined;
  return isDns ? 'dns_query' : (kind?.category ?? null);
}

/** ECS allows one value or a list of them. */
function holds(value: FieldValue | undefined, word: string): boolean {
  return value === word || (Array.isArray(value) && value.includes(word));
}

/** Logsource of a record that is neither a Windows event nor syslog, by what it contains. */
export function recordLogSource(fields: Fields): LogSource {
  const path = fields._path;
  if (typeof path === 'string' && path !== '') return zeekLogSource(path);
  return webLogSource(fields) ?? shapeLogSource(fields) ?? ecsLogSource(fields) ?? NO_SOURCE;
}
