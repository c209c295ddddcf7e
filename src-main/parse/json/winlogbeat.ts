import type { FieldValue } from '#shared/model/event.ts';
import { addPayload, putSystem, windowsEvent, type ShapedEvent } from '../windows-event.ts';
import { addField, emptyFields, type FieldMap } from '../windows-fields.ts';
import { isObject, member, type JsonObject } from './json-text.ts';

/** Sigma name of a System member, and where winlogbeat puts it (7 and later, then 6 and earlier). */
const SYSTEM_PATHS: readonly (readonly [string, readonly string[]])[] = [
  ['EventID', ['winlog.event_id', 'event.code', 'event_id']],
  ['Channel', ['winlog.channel', 'log_name']],
  ['Provider_Name', ['winlog.provider_name', 'event.provider', 'source_name']],
  ['Provider_Guid', ['winlog.provider_guid', 'provider_guid']],
  ['Computer', ['winlog.computer_name', 'computer_name', 'host.name']],
  ['EventRecordID', ['winlog.record_id', 'record_number']],
  ['Task', ['winlog.task', 'task']],
  ['Opcode', ['winlog.opcode', 'opcode']],
  ['Keywords', ['winlog.keywords', 'keywords']],
  ['Version', ['winlog.version', 'version']],
  ['TimeCreated_SystemTime', ['@timestamp', 'winlog.time_created', 'event.created']],
  ['Execution_ProcessID', ['winlog.process.pid', 'process_id']],
  ['Execution_ThreadID', ['winlog.process.thread.id', 'thread_id']],
  ['Security_UserID', ['winlog.user.identifier', 'user.identifier']],
  ['Correlation_ActivityID', ['winlog.activity_id', 'activity_id']],
];

/** Level words of winlogbeat's `log.level`, as Windows numbers. */
const LEVELS: Readonly<Record<string, number>> = {
  critical: 1,
  error: 2,
  warning: 3,
  information: 4,
  verbose: 5,
};

const DATA_PATHS = ['winlog.event_data', 'winlog.user_data', 'event_data', 'user_data'];

/** Members that are now System members or EventData; the rest of the record is kept beside them. */
const CONSUMED: ReadonlySet<string> = new Set([
  'winlog',
  'message',
  '@timestamp',
  ...SYSTEM_PATHS.flatMap(([, paths]) => paths),
  ...DATA_PATHS,
]);

/** A Windows event as winlogbeat ships it, nested or with dotted names; null for anything else. */
export function winlogbeatEvent(record: JsonObject): ShapedEvent | null {
  if (!isWinlogbeat(record)) return null;
  const fields = emptyFields();
  for (const [name, paths] of SYSTEM_PATHS) putSystem(fields, name, firstOf(record, paths));
  const level = firstOf(record, ['log.level', 'level']);
  if (typeof level === 'string') putSystem(fields, 'Level', LEVELS[level.toLowerCase()]);
  addRest(fields, record);
  for (const path of DATA_PATHS) {
    const data = at(record, path);
    if (isObject(data)) addData(fields, data);
  }
  addDotted(fields, record);
  return windowsEvent(fields, member(record, 'message'));
}

function isWinlogbeat(record: JsonObject): boolean {
  if (isObject(record.winlog)) return true;
  if (record['winlog.event_id'] !== undefined || record['winlog.channel'] !== undefined) return true;
  return record.event_id !== undefined && record.log_name !== undefined;
}

function addData(fields: FieldMap, data: JsonObject): void {
  for (const name of Object.keys(data)) {
    const value = data[name] ?? null;
    // param1, param2, ... are what winlogbeat calls Data elements without a name.
    if (/^param\d+$/.test(name)) addField(fields, 'Data', value);
    addPayload(fields, name, value);
  }
}

/** Members written `winlog.event_data.Image` at the top. */
function addDotted(fields: FieldMap, record: JsonObject): void {
  for (const name of Object.keys(record)) {
    for (const path of DATA_PATHS) {
      if (name.startsWith(`${path}.`)) addPayload(fields, name.slice(path.length + 1), record[name] ?? null);
    }
  }
}

function addRest(fields: FieldMap, record: JsonObject): void {
  const message = record.message;
  if (message !== undefined) fields.Message = message;
  for (const name of Object.keys(record)) {
    if (!CONSUMED.has(name) && !name.startsWith('winlog.')) fields[name] = record[name] ?? null;
  }
}

function firstOf(record: JsonObject, paths: readonly string[]): FieldValue | undefined {
  for (const path of paths) {
    const value = at(record, path);
    if (value !== undefined && value !== null) return value;
  }
  return undefined;
}

/** The member at a dotted path, whether the record nests it or spells the path out as one name. */
function at(record: JsonObject, path: string): FieldValue | undefined {
  const whole = member(record, path);
  if (whole !== undefined || !path.includes('.')) return whole;
  let dot = path.indexOf('.');
  while (dot !== -1) {
    const inner = member(record, path.slice(0, dot));
    if (isObject(inner)) return at(inner, path.slice(dot + 1));
    dot = path.indexOf('.', dot + 1);
  }
  return undefined;
}
