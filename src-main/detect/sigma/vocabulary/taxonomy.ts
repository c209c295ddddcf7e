import type { LogSource } from '#shared/model/event.ts';

/** Members that every Windows event has, whatever its channel. */
const WINDOWS_SYSTEM = [
  'Channel',
  'Computer',
  'EventID',
  'Keywords',
  'Level',
  'Opcode',
  'Provider_Name',
].concat([
  'Execution_ProcessID',
  'Execution_ThreadID',
  'EventRecordID',
  'Provider_Guid',
  'Security_UserID',
  'Task',
  'TimeCreated_SystemTime',
  'Version',
]);

/** What Sysmon says of the process that did it, in nearly all of its events. */
const ACTOR = ['Image', 'ProcessGuid', 'ProcessId', 'RuleName', 'User', 'UtcTime'];

/** What Sysmon says of a file that holds code. */
const BINARY = ['Company', 'Description', 'FileVersion', 'Hashes', 'OriginalFileName', 'Product'].concat([
  'Imphash',
  'imphash',
  'md5',
  'sha1',
  'sha256',
]);

/** A process that acts on another one: remote threads and process access. */
const ACTOR_AND_TARGET = [
  ...['RuleName', 'SourceImage', 'SourceProcessGuid', 'SourceProcessGUID', 'SourceProcessId', 'SourceUser'],
  ...['TargetImage', 'TargetProcessGuid', 'TargetProcessGUID', 'TargetProcessId', 'TargetUser', 'UtcTime'],
];

const SIGNATURE = ['Signature', 'SignatureStatus', 'Signed'];

/** What pipelines and richer sensors add to events of other kinds about the process behind them. */
const ENRICHED = [
  'CommandLine',
  'IntegrityLevel',
  'ParentCommandLine',
  'ParentImage',
  'SourceCommandLine',
].concat(['SourceParentImage', 'TargetParentProcessId']);

const PROCESS = [
  ...[...ACTOR, ...BINARY, 'CommandLine', 'CurrentDirectory', 'GrandParentImage', 'IntegrityLevel'],
  ...['LogonGuid', 'LogonId', 'ParentCommandLine', 'ParentImage', 'ParentProcessGuid', 'ParentProcessId'],
  ...['ParentUser', 'TerminalSessionId', 'Details'],
];

const FILE = [...ACTOR, 'CreationUtcTime', 'TargetFilename', 'Hashes'];
const REGISTRY = [...ACTOR, 'Details', 'EventType', 'NewName', 'TargetObject'];
const CONNECTION = [
  ...[...ACTOR, 'DestinationHostname', 'DestinationIp', 'DestinationIsIpv6', 'DestinationPort'],
  ...['DestinationPortName', 'Initiated', 'Protocol', 'SourceHostname', 'SourceIp', 'SourceIsIpv6'],
  ...['SourcePort', 'SourcePortName'],
];

/** Sysmon's categories with the fields of Sysmon's own schema (event ids 1 to 29 and 255), and PowerShell's. */
const SENSOR_FIELDS: Readonly<Record<string, readonly string[]>> = {
  process_creation: PROCESS,
  process_termination: ACTOR,
  process_tampering: [...ACTOR, 'Type'],
  process_access: [...ACTOR_AND_TARGET, 'CallTrace', 'GrantedAccess', 'SourceThreadId'],
  create_remote_thread: [...ACTOR_AND_TARGET, 'NewThreadId', 'StartAddress', 'StartFunction', 'StartModule'],
  create_stream_hash: [...FILE, 'Contents', 'Hash'],
  driver_load: [...BINARY, ...SIGNATURE, 'ImageLoaded', 'RuleName', 'UtcTime'],
  image_load: [...ACTOR, ...BINARY, ...SIGNATURE, 'ImageLoaded'],
  file_access: [...ACTOR, 'CreateOptions', 'FileName', 'FileObject', 'Irp', 'IssuingThreadId', 'ShareAccess'],
  file_block_executable: FILE,
  file_block_shredding: [...FILE, 'IsExecutable'],
  file_change: [...FILE, 'PreviousCreationUtcTime'],
  file_delete: [...FILE, 'Archived', 'IsExecutable'],
  file_delete_detected: [...FILE, 'IsExecutable'],
  file_event: FILE,
  file_executable_detected: FILE,
  file_rename: [...FILE, 'FilePath', 'SourceFilename'],
  network_connection: CONNECTION,
  dns_query: [...ACTOR, 'QueryName', 'QueryResults', 'QueryStatus', 'record_type', 'answer'],
  pipe_created: [...ACTOR, 'EventType', 'PipeName'],
  raw_access_read: [...ACTOR, 'Device'],
  raw_access_thread: [...ACTOR, 'Device'],
  registry_add: REGISTRY,
  registry_delete: REGISTRY,
  registry_event: REGISTRY,
  registry_rename: REGISTRY,
  registry_set: REGISTRY,
  clipboard_capture: [...ACTOR, 'Archived', 'ClientInfo', 'Hashes', 'Session'],
  sysmon_error: ['Description', 'ID', 'UtcTime'],
  sysmon_status: ['Configuration', 'ConfigurationFileHash', 'SchemaVersion', 'State', 'UtcTime'],
  wmi_event: [
    ...ACTOR,
    'Consumer',
    'Destination',
    'EventNamespace',
    'EventType',
    'Filter',
    'Name',
    'Operation',
  ].concat(['Query', 'Type']),
  ps_script: ['MessageNumber', 'MessageTotal', 'Path', 'ScriptBlockId', 'ScriptBlockText'],
  ps_module: ['ContextInfo', 'Payload', 'UserData'],
  ps_classic_start: ['Data', 'EngineVersion', 'HostApplication', 'HostName', 'HostVersion', 'NewEngineState'],
  ps_classic_provider_start: ['Data', 'HostApplication', 'NewProviderState', 'ProviderName'],
  ps_classic_script: ['Data', 'HostApplication', 'ScriptName'],
};

/** Categories of any product (specification, taxonomy appendix "Other Generic Rule Categories"). */
const GENERIC_FIELDS: Readonly<Record<string, readonly string[]>> = {
  proxy: [
    ...[
      'c-ip',
      'c-uri',
      'c-uri-extension',
      'c-uri-query',
      'c-uri-stem',
      'c-useragent',
      'cs-bytes',
      'cs-cookie',
    ],
    ...[
      'cs-host',
      'cs-method',
      'cs-referrer',
      'cs-uri',
      'cs-uri-query',
      'cs-uri-stem',
      'cs-username',
      'cs-version',
    ],
    ...['dst_ip', 'r-dns', 'sc-bytes', 'sc-status', 'src_ip', 'cs-content-type', 'cs-user-agent'],
  ],
  webserver: [
    ...[
      'c-ip',
      'cs-bytes',
      'cs-content-type',
      'cs-cookie',
      'cs-host',
      'cs-method',
      'cs-referer',
      'cs-uri-query',
    ],
    ...[
      'cs-uri-stem',
      'cs-user-agent',
      'cs-username',
      'cs-version',
      'date',
      's-computername',
      's-ip',
      's-port',
    ],
    ...['s-sitename', 'sc-bytes', 'sc-status', 'sc-substatus', 'sc-win32-status', 'time', 'time-taken'],
  ],
  antivirus: ['Filename', 'Signature', 'Action', 'Path', 'ThreatName', 'Computer', 'User'],
  dns: ['answer', 'parent_domain', 'query', 'record_type', 'src_ip', 'dst_ip', 'rcode'],
  firewall: ['action', 'blocked', 'dst_ip', 'dst_port', 'protocol', 'src_ip', 'src_port', 'username'],
};

/**
 * Field names that rules of a logsource may use, where the taxonomy gives a closed list; null for the many logs
 * whose fields only their vendors know.
 */
export function taxonomyOf({ product, category, service }: LogSource): readonly string[] | null {
  if (category === null || service !== null) return null;
  const sensor = own(SENSOR_FIELDS, category);
  if (sensor !== null && product === 'windows') return [...sensor, ...ENRICHED, ...WINDOWS_SYSTEM];
  if (sensor !== null && (product === null || product === 'linux' || product === 'macos')) {
    return [...sensor, ...ENRICHED];
  }
  return product === null ? own(GENERIC_FIELDS, category) : null;
}

/** Every logsource that has a closed list. */
export const TAXONOMY_LOGSOURCES: readonly LogSource[] = [
  ...Object.keys(SENSOR_FIELDS).map((category) => ({ product: 'windows', category, service: null })),
  ...['linux', 'macos'].flatMap((product) =>
    ['process_creation', 'file_event', 'network_connection'].map((category) => ({
      product,
      category,
      service: null,
    })),
  ),
  ...Object.keys(GENERIC_FIELDS).map((category) => ({ product: null, category, service: null })),
];

/** Categories whose closed list has the field, for "this field belongs to ...". */
export function categoriesWith(field: string): readonly string[] {
  return Object.entries({ ...SENSOR_FIELDS, ...GENERIC_FIELDS })
    .filter(([, fields]) => fields.includes(field))
    .map(([category]) => category);
}

function own(table: Readonly<Record<string, readonly string[]>>, key: string): readonly string[] | null {
  return Object.hasOwn(table, key) ? (table[key] ?? null) : null;
}
