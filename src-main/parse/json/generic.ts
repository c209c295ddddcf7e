import type { FieldValue, LogSource } from '#shared/model/event.ts';
import { oneLine, shortened } from '../text.ts';
import { instantOf, type Instant } from '../timestamps.ts';
import type { ShapedEvent } from '../windows-event.ts';
import { isObject, member, type JsonObject } from './json-text.ts';
import { severityOf } from './severity-words.ts';

/** What a member's name says about it: names in order of trust. A dot steps into an object or is part of the name. */
const ROLES = {
  time: [
    '@timestamp',
    'timestamp',
    'eventTime',
    'event_time',
    'EventTime',
    'time',
    'id.time',
    'ts',
    'TimeGenerated',
    'TimeCreated',
    'CreationTime',
    'createdDateTime',
    'activityDateTime',
    'published',
    'requestReceivedTimestamp',
    'eventTimestamp',
    'receiveTimestamp',
    'datetime',
    'date',
    '_time',
    'created_at',
    'Timestamp',
    'event.created',
    '__REALTIME_TIMESTAMP',
  ],
  host: [
    'host.name',
    'host.hostname',
    'host',
    'hostname',
    'Hostname',
    'HostName',
    'Computer',
    'computer',
    'computer_name',
    'DeviceName',
    'device',
    'agent.hostname',
    'agent.name',
    '_HOSTNAME',
  ],
  message: [
    'message',
    'msg',
    'Message',
    'MESSAGE',
    'SyslogMessage',
    'event.original',
    'log',
    'text',
    'displayMessage',
  ],
  severity: [
    'severity',
    'level',
    'log.level',
    'Severity',
    'SeverityLevel',
    'Level',
    'loglevel',
    'severity_text',
    'PRIORITY',
  ],
} as const;

type Role = keyof typeof ROLES;

interface Claim {
  readonly role: Role;
  readonly rank: number;
  /** Path inside the member; empty for the member itself. */
  readonly inner: string;
}

/** Claims by first name of their path, so that one pass over a record's members finds every role. */
const CLAIMS: ReadonlyMap<string, readonly Claim[]> = buildClaims();

const NO_LOGSOURCE: LogSource = { category: null, product: null, service: null };

/** What a recognised shape knows better than the table. */
export interface Known {
  readonly logsource?: LogSource;
  readonly message?: string;
}

/** An event of a record that nothing more is known of: time, host, message and severity by the usual names. */
export function genericEvent(record: JsonObject, known: Known = {}): ShapedEvent {
  const roles = findRoles(record);
  const { instant } = roles;
  const message = known.message ?? (typeof roles.message === 'string' ? roles.message : '');
  return {
    eventTs: instant?.ms ?? null,
    severity: severityOf(roles.severity),
    host: typeof roles.host === 'string' ? roles.host : '',
    message: oneLine(message) || summary(record),
    logsource: known.logsource ?? NO_LOGSOURCE,
    fields: record,
    recordId: null,
    flags: instant?.assumed === true ? ['time_assumed'] : [],
  };
}

/** Readable stand-in for a message: the record's plain members. */
function summary(record: JsonObject): string {
  const parts: string[] = [];
  let length = 0;
  for (const name of Object.keys(record)) {
    const value = record[name];
    if (value === null || value === undefined || typeof value === 'object') continue;
    parts.push(`${name}=${String(value)}`);
    length += parts.at(-1)?.length ?? 0;
    if (length > 1024) break;
  }
  return oneLine(shortened(parts.join(' '))) || shortened(JSON.stringify(record));
}

interface Roles {
  instant: Instant | null;
  host: FieldValue | undefined;
  message: FieldValue | undefined;
  severity: FieldValue | undefined;
}

function findRoles(record: JsonObject): Roles {
  const roles: Roles = { instant: null, host: undefined, message: undefined, severity: undefined };
  const ranks: Record<Role, number> = {
    time: Infinity,
    host: Infinity,
    message: Infinity,
    severity: Infinity,
  };
  for (const name in record) {
    const claims = CLAIMS.get(name);
    if (claims === undefined) continue;
    for (const { role, rank, inner } of claims) {
      if (rank >= ranks[role]) continue;
      const value = inner === '' ? record[name] : innerValue(record[name], inner);
      if (value !== undefined && assign(roles, role, value)) ranks[role] = rank;
    }
  }
  return roles;
}

/** Gives the value its role; false when it cannot have it. */
function assign(roles: Roles, role: Role, value: FieldValue): boolean {
  if (role === 'time') {
    const instant = instantOf(value);
    if (instant === null) return false;
    roles.instant = instant;
    return true;
  }
  const fits = typeof value === 'string' ? value !== '' : role === 'severity' && typeof value === 'number';
  if (fits) roles[role] = value;
  return fits;
}

function innerValue(value: FieldValue | undefined, name: string): FieldValue | undefined {
  return isObject(value) ? member(value, name) : undefined;
}

function buildClaims(): Map<string, Claim[]> {
  const claims = new Map<string, Claim[]>();
  const claim = (name: string, added: Claim): unknown =>
    claims.get(name)?.push(added) ?? claims.set(name, [added]);
  for (const role of ['time', 'host', 'message', 'severity'] as const) {
    ROLES[role].forEach((path, rank) => {
      claim(path, { role, rank, inner: '' });
      const dot = path.indexOf('.');
      if (dot !== -1) claim(path.slice(0, dot), { role, rank, inner: path.slice(dot + 1) });
    });
  }
  return claims;
}
