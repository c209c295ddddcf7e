import type { FieldValue } from '#shared/model/event.ts';
import { addPayload, putSystem, windowsEvent, type ShapedEvent } from '../windows-event.ts';
import { emptyFields, type FieldMap } from '../windows-fields.ts';
import { isObject, member, type JsonObject } from './json-text.ts';

/** Where XML-to-JSON converters put an element's attributes: evtx_dump, xml2js, .NET. */
const ATTRIBUTE_HOLDERS: ReadonlySet<string> = new Set(['#attributes', '$', '@attributes', '_attributes']);

/** And where its text, when it stands beside attributes. */
const TEXT_NAMES: ReadonlySet<string> = new Set(['#text', '_', '$t', '#value']);

/** evtx_dump --separate-json-attributes puts `Provider_attributes` beside `Provider`. */
const BESIDE = '_attributes';

/** Elements of EventData that classic events write without a name; empty ones say nothing. */
const UNNAMED: ReadonlySet<string> = new Set(['Data', 'Binary']);

/**
 * A Windows event as XML-to-JSON converters write it: `{"Event": {"System": ..., "EventData": ...}}`. Null for
 * anything else. The fields are those that the EVTX reader gives for the same event.
 */
export function evtxDumpEvent(record: JsonObject): ShapedEvent | null {
  const wrapped = member(record, 'Event');
  const event = isObject(wrapped) ? wrapped : record;
  const system = member(event, 'System');
  if (!isObject(system) || member(system, 'EventID') === undefined) return null;
  const fields = emptyFields();
  for (const name of Object.keys(system)) addSystem(fields, name, system[name] ?? null);
  for (const part of ['EventData', 'UserData']) addData(fields, part, member(event, part) ?? null);
  const rendering = member(event, 'RenderingInfo');
  return windowsEvent(fields, isObject(rendering) ? contentOf(rendering).members.Message : undefined);
}

function addSystem(fields: FieldMap, name: string, value: FieldValue): void {
  if (!isObject(value)) {
    putSystem(fields, name, value);
    return;
  }
  const base = name.endsWith(BESIDE) ? name.slice(0, -BESIDE.length) : name;
  const { text, attributes, members } = name === base ? contentOf(value) : { ...NOTHING, attributes: value };
  putSystem(fields, base, text);
  for (const part of [attributes, members]) {
    for (const attribute of Object.keys(part)) putSystem(fields, `${base}_${attribute}`, part[attribute]);
  }
}

/** EventData or UserData: what its elements hold, whatever they are nested in. */
function addData(fields: FieldMap, name: string, value: FieldValue): void {
  if (isObject(value)) {
    const { text, attributes, members } = contentOf(value);
    addAttributes(fields, name, attributes);
    for (const child of Object.keys(members)) addElement(fields, child, members[child] ?? null);
    if (text !== undefined) addElement(fields, 'Data', text);
  } else if (value !== null) {
    addElement(fields, 'Data', value);
  }
}

/** One element, or the list of those with the same name. Depth is bounded by the reader's limit. */
function addElement(fields: FieldMap, name: string, value: FieldValue): void {
  if (Array.isArray(value)) {
    // Array.isArray does not narrow a readonly list.
    for (const one of value as readonly FieldValue[]) addElement(fields, name, one);
  } else if (isObject(value)) {
    addNode(fields, name, value);
  } else if (value !== null || !UNNAMED.has(name)) {
    addPayload(fields, name, value);
  }
}

function addNode(fields: FieldMap, name: string, node: JsonObject): void {
  if (name.endsWith(BESIDE)) {
    addAttributes(fields, name.slice(0, -BESIDE.length), node);
    return;
  }
  const { text, attributes, members } = contentOf(node);
  // A Data element left as such carries its name as an attribute.
  const { Name: given, ...others } = attributes;
  const isNamed = name === 'Data' && typeof given === 'string';
  const base = isNamed ? given : name;
  addAttributes(fields, base, isNamed ? others : attributes);
  const children = Object.keys(members);
  for (const child of children) addElement(fields, child, members[child] ?? null);
  if (text !== undefined) addElement(fields, base, text);
  else if (isNamed && children.length === 0) addPayload(fields, base, null);
}

function addAttributes(fields: FieldMap, base: string, attributes: JsonObject): void {
  for (const name of Object.keys(attributes)) {
    const value = attributes[name];
    if (name.startsWith('xmlns') || value === undefined || value === null) continue;
    addPayload(fields, `${base}_${name}`, value);
  }
}

interface Content {
  readonly text: FieldValue | undefined;
  readonly attributes: JsonObject;
  readonly members: JsonObject;
}

const NOTHING: Content = { text: undefined, attributes: {}, members: {} };

/** An element's text, attributes and child elements, wherever the converter put them. */
function contentOf(node: JsonObject): Content {
  let text: FieldValue | undefined;
  const attributes = emptyFields();
  const members = emptyFields();
  for (const name of Object.keys(node)) {
    const value = node[name] ?? null;
    if (ATTRIBUTE_HOLDERS.has(name) && isObject(value)) Object.assign(attributes, value);
    else if (TEXT_NAMES.has(name)) text = value;
    else if (name.startsWith('@') || name.startsWith('-')) attributes[name.slice(1)] = value;
    else members[name] = value;
  }
  return { text, attributes, members };
}
