import type { FieldValue } from '#shared/model/event.ts';
import { SEVERITY } from '#shared/model/severity.ts';
import { putSystem, windowsEvent, type ShapedEvent } from '../windows-event.ts';
import { emptyFields, isSystemName, payloadNames, type FieldMap } from '../windows-fields.ts';
import { finalName, TIMES } from './windows-flat-names.ts';
import { FlatPlans } from './windows-flat-plan.ts';
import { isObject, isShallow, parseObject, type JsonObject } from './json-text.ts';

/** A Windows event as one flat object; null for anything else. */
export function windowsFlatEvent(record: JsonObject): ShapedEvent | null {
  if (record.EventID === undefined && record.EventId === undefined) return null;
  if (!isWindows(record)) return null;
  const fields = plans.fieldsOf(record) ?? fieldsOf(record);
  const event = windowsEvent(fields, record.Message);
  return fields.Level === undefined ? { ...event, severity: nxlogSeverity(record) } : event;
}

const plans = new FlatPlans();

/** The members of a record under their final names, whatever they are; `FlatPlans` does the same for most. */
export function fieldsOf(record: JsonObject): FieldMap {
  const fields = emptyFields();
  for (const name of Object.keys(record)) {
    const value = record[name] ?? null;
    const final = finalName(name);
    if (!isSystemName(final)) fields[final] = value;
    // NXLog writes both Opcode ("Info") and OpcodeValue (0): the number is the System member.
    else if (final !== name || fields[final] === undefined) putSystem(fields, final, value);
  }
  spreadEventData(fields);
  const time = TIMES.find((name) => typeof record[name] === 'string');
  if (time !== undefined) fields.TimeCreated_SystemTime = record[time] ?? null;
  return fields;
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
