import type { FieldValue } from '#shared/model/event.ts';
import { putData, putSystem, windowsEvent, type ShapedEvent, type WindowsFields } from '../windows-event.ts';
import { isObject, member, type JsonObject } from './json-text.ts';

/** System members that are an element's text, and those that are an attribute: [element, attribute, Sigma name]. */
const ELEMENTS = [
  'EventID',
  'Version',
  'Level',
  'Task',
  'Opcode',
  'Keywords',
  'EventRecordID',
  'Channel',
  'Computer',
];
const ATTRIBUTES = [
  ['Provider', 'Name', 'Provider_Name'],
  ['Provider', 'Guid', 'Provider_Guid'],
  ['TimeCreated', 'SystemTime', 'TimeCreated_SystemTime'],
  ['Execution', 'ProcessID', 'Execution_ProcessID'],
  ['Execution', 'ThreadID', 'Execution_ThreadID'],
  ['Security', 'UserID', 'Security_UserID'],
  ['Correlation', 'ActivityID', 'Correlation_ActivityID'],
] as const;

/** Where XML-to-JSON converters put attributes: evtx_dump, xml2js, xmltodict, .NET, and plain members. */
const ATTRIBUTE_HOLDERS = ['#attributes', '$', '@attributes', 'attributes', '_attributes'];
const TEXT_NAMES = ['#text', '_', '$t', 'text', 'Text', 'Value'];

/**
 * A Windows event as XML-to-JSON converters write it: `{"Event": {"System": ..., "EventData": ...}}`. Null for
 * anything else. The record becomes the one that the EVTX reader gives for the same event.
 */
export function evtxDumpEvent(record: JsonObject): ShapedEvent | null {
  const wrapped = member(record, 'Event');
  const event = isObject(wrapped) ? wrapped : record;
  const system = member(event, 'System');
  if (!isObject(system)) return null;
  if (event === record && member(system, 'EventID') === undefined) return null;
  const fields: WindowsFields = {};
  for (const name of ELEMENTS) putSystem(fields, name, textOf(member(system, name)));
  for (const [element, name, sigmaName] of ATTRIBUTES) {
    putSystem(fields, sigmaName, attributeOf(system, element, name));
  }
  addEventData(fields, member(event, 'EventData'));
  addUserData(fields, member(event, 'UserData'));
  const rendering = member(event, 'RenderingInfo');
  return windowsEvent(fields, isObject(rendering) ? textOf(member(rendering, 'Message')) : undefined);
}

/** Text of an element that may also be written with its attributes beside it. */
function textOf(value: FieldValue | undefined): FieldValue | undefined {
  if (!isObject(value)) return value;
  for (const name of TEXT_NAMES) {
    const text = member(value, name);
    if (text !== undefined) return text;
  }
  return undefined;
}

function attributeOf(parent: JsonObject, element: string, name: string): FieldValue | undefined {
  const beside = member(parent, `${element}_attributes`);
  if (isObject(beside)) return member(beside, name);
  const node = member(parent, element);
  return isObject(node) ? nodeAttribute(node, name) : undefined;
}

function nodeAttribute(node: JsonObject, name: string): FieldValue | undefined {
  for (const holder of ATTRIBUTE_HOLDERS) {
    const attributes = member(node, holder);
    if (isObject(attributes)) return member(attributes, name);
  }
  return member(node, `@${name}`) ?? member(node, `-${name}`) ?? member(node, name);
}

function addEventData(fields: WindowsFields, data: FieldValue | undefined): void {
  if (data === undefined || data === null) return;
  if (!isObject(data)) {
    if (data !== '') putData(fields, 'Data', data);
    return;
  }
  for (const name of Object.keys(data)) {
    const value = data[name];
    if (value === undefined || isMarkup(name)) continue;
    if (name === 'Data') addDataElements(fields, value);
    else putData(fields, name, textOf(value) ?? null);
  }
}

/** `Data` elements left as such: named ones carry their name as an attribute, the others are one list. */
function addDataElements(fields: WindowsFields, value: FieldValue): void {
  const unnamed: FieldValue[] = [];
  for (const element of isList(value) ? value : [value]) {
    const name = isObject(element) ? nodeAttribute(element, 'Name') : undefined;
    const text = textOf(element) ?? null;
    if (typeof name === 'string') putData(fields, name, text);
    else if (isList(text)) unnamed.push(...text);
    else unnamed.push(text);
  }
  const [only] = unnamed;
  if (only !== undefined) putData(fields, 'Data', unnamed.length === 1 ? only : unnamed);
}

/** UserData holds one element of the provider's own; its members count as EventData. */
function addUserData(fields: WindowsFields, data: FieldValue | undefined): void {
  if (!isObject(data)) return;
  for (const name of Object.keys(data)) {
    const element = data[name];
    if (isMarkup(name) || element === undefined) continue;
    if (isObject(element)) addEventData(fields, element);
    else putData(fields, name, element);
  }
}

function isMarkup(name: string): boolean {
  return name.startsWith('#') || name.startsWith('@') || name === '$' || name.endsWith('_attributes');
}

function isList(value: FieldValue): value is readonly FieldValue[] {
  return Array.isArray(value);
}
