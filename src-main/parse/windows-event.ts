import type { FieldValue } from '#shared/model/event.ts';
import { SEVERITY, WINDOWS_TO_SEVERITY } from '#shared/model/severity.ts';
import type { ParsedEvent } from '../pipeline/parsing.ts';
import { oneLine, shortened } from './text.ts';
import { isLeading, recordName } from './windows-message.ts';
import { instantOf } from './timestamps.ts';
import { addField, isNumericMember, isSystemName, payloadNames, type FieldMap } from './windows-fields.ts';

/** A record without its place in the input. */
export type ShapedEvent = Omit<ParsedEvent, 'offset' | 'length'>;

const DECIMAL = /^\d{1,15}$/;

/** Sets a System member to what its value means; leaves it out where that is nothing. */
export function putSystem(fields: FieldMap, name: string, value: FieldValue | undefined): void {
  const member = systemValue(name, value);
  if (member !== undefined) fields[name] = member;
}

/**
 * Value of a System member, the same from every shipper: numbers written as text become numbers. Undefined where
 * it says nothing.
 */
export function systemValue(name: string, value: FieldValue | undefined): FieldValue | undefined {
  if (value === undefined || value === null || value === '') return undefined;
  // Providers of today have no qualifiers; the EVTX reader leaves the zero out as well.
  if (name === 'EventID_Qualifiers' && Number(value) === 0) return undefined;
  if (typeof value === 'string') {
    return isNumericMember(name) && DECIMAL.test(value) ? Number(value) : value;
  }
  return name === 'Keywords' && typeof value === 'number' ? keywordsText(value) : value;
}

/** Adds an EventData member under its name, and without its spaces, where it has any. */
export function addPayload(fields: FieldMap, name: string, value: FieldValue): void {
  const { first, alias } = payloadNames(name);
  addField(fields, first, value);
  if (alias !== null) addField(fields, alias, value);
}

/** Completes the flat record to an event. `rendered` is the message as Windows worded it, where it is known. */
export function windowsEvent(fields: FieldMap, rendered: FieldValue | undefined): ShapedEvent {
  const instant = instantOf(fields.TimeCreated_SystemTime);
  const { EventRecordID: recordId, Level: level, Computer: computer } = fields;
  return {
    eventTs: instant?.ms ?? null,
    severity: (typeof level === 'number' ? WINDOWS_TO_SEVERITY[level] : undefined) ?? SEVERITY.info,
    host: typeof computer === 'string' ? computer : '',
    message: typeof rendered === 'string' && rendered !== '' ? oneLine(rendered) : summary(fields),
    logsource: { category: null, product: 'windows', service: null },
    fields,
    recordId: typeof recordId === 'number' ? recordId : null,
    flags: instant?.assumed === true ? ['time_assumed'] : [],
  };
}

/** `Sysmon 1: Name=value ...`, what matters most first, as the EVTX reader words it. */
function summary(fields: FieldMap): string {
  const leading: string[] = [];
  const others: string[] = [];
  for (const name of Object.keys(fields)) {
    const value = fields[name];
    if (isSystemName(name) || value === null || value === undefined || value === '') continue;
    const part = `${name}=${typeof value === 'object' ? JSON.stringify(value) : String(value)}`;
    (isLeading(name) ? leading : others).push(part);
  }
  const values = [...leading, ...others].join(' ');
  return oneLine(shortened(values === '' ? recordName(fields) : `${recordName(fields)}: ${values}`));
}

/** Keywords are a 64-bit mask; shippers that write a number write it signed. */
function keywordsText(value: number): string {
  if (!Number.isInteger(value)) return String(value);
  return `0x${BigInt.asUintN(64, BigInt(value)).toString(16)}`;
}
