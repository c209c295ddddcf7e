import type { FieldValue } from '#shared/model/event.ts';
import { SEVERITY } from '#shared/model/severity.ts';
import { putSystem, windowsEvent, type ShapedEvent } from '../windows-event.ts';
import { emptyFields, isSystemName, payloadNames, type FieldMap } from '../windows-fields.ts';
import { isObject, isShallow, parseObject, type JsonObject } from './json-text.ts';

/**
 * Sigma name of what flat shippers (NXLog, OTRF's Mordor, Sentinel's WindowsEvent and SecurityEvent tables) call by
 * another. A name that is EventData as well (ProcessID, UserID of some events) is only taken where nothing else is.
 */
const RENAMED: ReadonlyMap<string, string> = new Map([
  ['EventID', 'EventID'],
  ['EventId', 'EventID'],
  ['SourceName', 'Provider_Name'],
  ['ProviderName', 'Provider_Name'],
  ['Provider', 'Provider_Name'],
  ['EventSourceName', 'Provider_Name'],
  ['ProviderGuid', 'Provider_Guid'],
  ['Hostname', 'Computer'],
  ['HostName', 'Computer'],
  ['ComputerName', 'Computer'],
  ['MachineName', 'Computer'],
  ['RecordNumber', 'EventRecordID'],
  ['RecordID', 'EventRecordID'],
  ['EventLevel', 'Level'],
  ['OpcodeValue', 'Opcode'],
  ['ExecutionProcessID', 'Execution_ProcessID'],
  ['ThreadID', 'Execution_ThreadID'],
  ['UserID', 'Security_UserID'],
  ['ActivityID', 'Correlation_ActivityID'],
]);

/** Time members, best first: what Windows wrote, then the shipper's instant, then local wall-clock time. */
const TIMES = [
  'TimeCreated_SystemTime',
  'TimeCreated',
  '@timestamp',
  'TimeGenerated',
  'EventTime',
  'UtcTime',
];

/** Bounds the memory of names seen; a hostile file can invent any number. */
const MAX_CACHED_NAMES = 4096;

/** Final name of each member name seen, so that a record costs one lookup a member. */
const finalNames = new Map<string, string>();

/** A Windows event as one flat object; null for anything else. */
export function windowsFlatEvent(record: JsonObject): ShapedEvent | null {
  if (record.EventID === undefined && record.EventId === undefined) return null;
  if (!isWindows(record)) return null;
  const fields = emptyFields();
  for (const name in record) {
    if (!Object.hasOwn(record, name)) continue;
    const value = record[name] ?? null;
    const final = finalName(name);
    if (!isSystemName(final)) fields[final] = value;
    // NXLog writes both Opcode ("Info") and OpcodeValue (0): the number is the System member.
    else if (final !== name || fields[final] === undefined) putSystem(fields, final, value);
  }
  spreadEventData(fields);
  const time = TIMES.find((name) => typeof record[name] === 'string');
  if (time !== undefined) fields.TimeCreated_SystemTime = record[time] ?? null;
  const event = windowsEvent(fields, record.Message);
  return fields.Level === undefined ? { ...event, severity: nxlogSeverity(record) } : event;
}

function isWindows(record: JsonObject): boolean {
  return (
    record.Channel !== undefined ||
    record.SourceName !== undefined ||
    record.ProviderName !== undefined ||
    record.Provider_Name !== undefined ||
    record.EventSourceName !== undefined ||
    record.SourceModuleType === 'im_msvistalog'
  );
}

/** Name under which a member is kept: Sigma's for what it is, without spaces. */
function finalName(name: string): string {
  const known = finalNames.get(name);
  if (known !== undefined) return known;
  const final = RENAMED.get(name) ?? (name.includes(' ') ? name.replaceAll(' ', '') : name);
  if (finalNames.size < MAX_CACHED_NAMES) finalNames.set(name, final);
  return final;
}

/** Sentinel's tables carry EventData as an object or as its JSON text: its members belong at the top. */
function spreadEventData(fields: FieldMap): void {
  const data = fields.EventData;
  const object = typeof data === 'string' && data.startsWith('{') ? parsed(data) : data;
  if (!isObject(object)) return;
  delete fields.EventData;
  for (const name of Object.keys(object)) {
    const { first } = payloadNames(name);
    fields[Object.hasOwn(fields, first) ? `EventData_${first}` : first] = object[name] ?? null;
  }
}

function parsed(text: string): FieldValue {
  const value = parseObject(text)?.value;
  return value !== undefined && isShallow(value, 2) ? value : text;
}

/** NXLog's SeverityValue: 1 debug, 2 info, 3 warning, 4 error, 5 critical. */
function nxlogSeverity(record: JsonObject): number {
  const scale = [
    SEVERITY.info,
    SEVERITY.debug,
    SEVERITY.info,
    SEVERITY.warning,
    SEVERITY.error,
    SEVERITY.critical,
  ];
  const value = record.SeverityValue;
  return (typeof value === 'number' ? scale[value] : undefined) ?? SEVERITY.info;
}
