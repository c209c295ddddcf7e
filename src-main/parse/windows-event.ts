import type { FieldValue } from '#shared/model/event.ts';
import { SEVERITY, WINDOWS_TO_SEVERITY } from '#shared/model/severity.ts';
import type { ParsedEvent } from '../pipeline/parsing.ts';
import { put } from './fields.ts';
import { oneLine, shortened } from './text.ts';
import { instantOf } from './timestamps.ts';

/** A record without its place in the input. */
export type ShapedEvent = Omit<ParsedEvent, 'offset' | 'length'>;

/**
 * Members of a Windows event's System element under the names that Sigma rules use (specification, appendix
 * taxonomy: header tags joined by an underscore). EventData members of these names move aside.
 */
const SYSTEM_NAMES: ReadonlySet<string> = new Set([
  'EventID',
  'Channel',
  'Provider_Name',
  'Provider_Guid',
  'Computer',
  'EventRecordID',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'Version',
  'TimeCreated_SystemTime',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Security_UserID',
  'Correlation_ActivityID',
]);

const NUMERIC: ReadonlySet<string> = new Set([
  'EventID',
  'EventRecordID',
  'Level',
  'Task',
  'Opcode',
  'Version',
  'Execution_ProcessID',
  'Execution_ThreadID',
]);

const DECIMAL = /^\d{1,15}$/;

/** The flat record of a Windows event while it is put together. */
export type WindowsFields = Record<string, FieldValue>;

export function isSystemName(name: string): boolean {
  return SYSTEM_NAMES.has(name);
}

/** Sets a System member; numbers written as text become numbers, so that every shipper's record looks the same. */
export function putSystem(fields: WindowsFields, name: string, value: FieldValue | undefined): void {
  if (value === undefined || value === null || value === '') return;
  if (NUMERIC.has(name) && typeof value === 'string' && DECIMAL.test(value)) fields[name] = Number(value);
  else if (name === 'Keywords' && typeof value === 'number') fields[name] = keywordsText(value);
  else fields[name] = value;
}

/** Sets an EventData member: spaces leave its name ("Source Name" is SourceName), a System name moves it aside. */
export function putData(fields: WindowsFields, name: string, value: FieldValue): void {
  const plain = name.includes(' ') ? name.replaceAll(' ', '') : name;
  put(fields, SYSTEM_NAMES.has(plain) ? `EventData_${plain}` : plain, value);
}

/** Completes the flat record to an event. `rendered` is the message as Windows worded it, where it is known. */
export function windowsEvent(fields: WindowsFields, rendered: FieldValue | undefined): ShapedEvent {
  const instant = instantOf(fields.TimeCreated_SystemTime);
  const recordId = fields.EventRecordID;
  const level = fields.Level;
  return {
    eventTs: instant?.ms ?? null,
    severity: (typeof level === 'number' ? WINDOWS_TO_SEVERITY[level] : undefined) ?? SEVERITY.info,
    host: typeof fields.Computer === 'string' ? fields.Computer : '',
    message: typeof rendered === 'string' && rendered !== '' ? oneLine(rendered) : summary(fields),
    logsource: { category: null, product: 'windows', service: null },
    fields,
    recordId: typeof recordId === 'number' ? recordId : null,
    flags: instant?.assumed === true ? ['time_assumed'] : [],
  };
}

/** "Microsoft-Windows-Sysmon 1: Image=C:\...; CommandLine=..." for records that nobody worded. */
function summary(fields: WindowsFields): string {
  const parts: string[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (SYSTEM_NAMES.has(name) || value === null || value === undefined || value === '') continue;
    parts.push(`${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`);
  }
  const source = asText(fields.Provider_Name) || asText(fields.Channel) || 'Windows';
  return oneLine(shortened(`${source} ${asText(fields.EventID)}: ${parts.join('; ')}`));
}

function asText(value: FieldValue | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}

/** Keywords are a 64-bit mask; shippers that write a number write it signed. */
function keywordsText(value: number): string {
  if (!Number.isInteger(value)) return String(value);
  return `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;
}
