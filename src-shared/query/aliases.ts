/** What every event has, under the names that queries use; anything else is a field of the parsed record. */
export const EVENT_COLUMNS = [
  'id',
  'ts',
  'observed_ts',
  'source',
  'source_id',
  'severity',
  'host',
  'message',
  'category',
  'product',
  'service',
  'tactic',
  'technique',
  'peer',
  'flags',
  'entity',
  'evidence',
] as const;

export type EventColumn = (typeof EVENT_COLUMNS)[number];

/** Where the value of a queried field comes from: one column, or the first-class names of record fields. */
export type FieldTarget =
  | { readonly kind: 'column'; readonly column: EventColumn }
  | { readonly kind: 'fields'; readonly names: readonly string[] };

const COLUMN_ALIASES: Readonly<Record<string, EventColumn>> = {
  time: 'ts',
  timestamp: 'ts',
  '@timestamp': 'ts',
  event_ts: 'ts',
  hostname: 'host',
  'host.name': 'host',
  import_id: 'source_id',
  'event.severity': 'severity',
  level: 'severity',
  'threat.technique.id': 'technique',
  file: 'evidence',
};

const SOURCE_IP = [
  'src_ip',
  'source.ip',
  'SourceIp',
  'IpAddress',
  'SourceAddress',
  'id.orig_h',
  'sourceIPAddress',
  'c-ip',
];
const DESTINATION_IP = ['dst_ip', 'destination.ip', 'DestinationIp', 'DestAddress', 'id.resp_h', 's-ip'];
const USER = [
  'user',
  'user.name',
  'User',
  'UserName',
  'TargetUserName',
  'SubjectUserName',
  'AccountName',
  'username',
];

/** One name for what formats call differently. A query on any of them looks at all. Keys are lower-case. */
const FIELD_ALIASES: Readonly<Record<string, readonly string[]>> = {
  event_id: ['EventID'],
  eventid: ['EventID'],
  'event.code': ['EventID'],
  channel: ['Channel'],
  'winlog.channel': ['Channel'],
  provider: ['Provider_Name'],
  provider_name: ['Provider_Name'],
  image: ['Image'],
  process: ['Image', 'process', 'program'],
  'process.executable': ['Image'],
  command_line: ['CommandLine'],
  commandline: ['CommandLine'],
  cmdline: ['CommandLine'],
  'process.command_line': ['CommandLine'],
  parent: ['ParentImage'],
  parentimage: ['ParentImage'],
  parentcommandline: ['ParentCommandLine'],
  user: USER,
  'user.name': USER,
  src_ip: SOURCE_IP,
  'source.ip': SOURCE_IP,
  'ip.src': SOURCE_IP,
  dst_ip: DESTINATION_IP,
  'destination.ip': DESTINATION_IP,
  'ip.dst': DESTINATION_IP,
  logon_type: ['LogonType'],
  logontype: ['LogonType'],
  hashes: ['Hashes'],
};

/** Where to look for a field as the analyst named it. Names of columns and aliases fold case; others are exact. */
export function resolveField(name: string): FieldTarget {
  const lower = name.toLowerCase();
  const column = EVENT_COLUMNS.find((known) => known === lower) ?? own(COLUMN_ALIASES, lower);
  if (column !== undefined) return { kind: 'column', column };
  const alias = own(FIELD_ALIASES, lower) ?? [];
  return { kind: 'fields', names: [...new Set([name, ...alias])] };
}

function own<T>(table: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
