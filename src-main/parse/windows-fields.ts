import type { FieldValue } from '#shared/model/event.ts';

/** Fields while they are filled in. Without a prototype: names come from the input. */
export type FieldMap = Record<string, FieldValue>;

/** Names that System gives; EventData must not take them. */
const SYSTEM_NAMES = new Set([
  'EventID',
  'EventID_Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'Channel',
  'Computer',
  'EventRecordID',
  'Provider_Name',
  'Provider_Guid',
  'Provider_EventSourceName',
  'TimeCreated_SystemTime',
  'Execution_ProcessID',
  'Execution_ThreadID',
  'Correlation_ActivityID',
  'Correlation_RelatedActivityID',
  'Security_UserID',
]);

/** Members of System that Sigma compares as numbers, also where a forwarded record states them as text. */
const NUMERIC_NAMES = new Set([
  'EventID',
  'EventID_Qualifiers',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'EventRecordID',
  'Execution_ProcessID',
  'Execution_ThreadID',
]);

/** No fields yet, and no prototype: names come from the input. */
export function emptyFields(): FieldMap {
  // The object has no prototype, which the type of Object.create does not say.
  return Object.create(null) as FieldMap;
}

/** Whether a name belongs to a member of System. */
export function isSystemName(name: string): boolean {
  return SYSTEM_NAMES.has(name);
}

/** Whether a member of System is a number by its schema. */
export function isNumericMember(name: string): boolean {
  return NUMERIC_NAMES.has(name);
}

/**
 * The names under which a value of EventData or UserData is stored. A name of System gets a prefix. Rules match
 * "Source Name" as SourceName, so a name with spaces is stored both ways.
 */
export function payloadNames(name: string): { first: string; alias: string | null } {
  const compact = name.includes(' ') ? name.replaceAll(' ', '') : name;
  if (compact === name || compact === '') return { first: safeName(name), alias: null };
  return { first: safeName(compact), alias: name };
}

function safeName(name: string): string {
  return SYSTEM_NAMES.has(name) ? `EventData_${name}` : name;
}

/** Adds a value under a name that may be taken already: a repeated name becomes an array. */
export function addField(fields: FieldMap, name: string, value: FieldValue): void {
  const present = fields[name];
  if (present === undefined) {
    fields[name] = value;
    return;
  }
  // Arrays in a field map are made here and belong to this record alone, so they may grow in place.
  const list = Array.isArray(present) ? (present as FieldValue[]) : [present];
  if (Array.isArray(value)) for (const item of value as readonly FieldValue[]) list.push(item);
  else list.push(value);
  fields[name] = list;
}
