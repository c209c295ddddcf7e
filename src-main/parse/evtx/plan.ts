import type { FieldValue } from '#shared/model/event.ts';
import { isLeading } from '../windows-message.ts';
import { isNumericMember, payloadNames } from '../windows-fields.ts';
import type { XmlElement, XmlNode } from './xml-tree.ts';

/** Which part of an event a fragment stands in; decides what its elements are called. */
export interface Context {
  readonly region: 'document' | 'event' | 'system' | 'payload';
  /** Put before every name, for the parts of an event beside System, EventData and UserData. */
  readonly prefix: string;
}

export const DOCUMENT: Context = { region: 'document', prefix: '' };
const EVENT: Context = { region: 'event', prefix: '' };
const SYSTEM: Context = { region: 'system', prefix: '' };
export const PAYLOAD: Context = { region: 'payload', prefix: '' };

/** Elements of EventData that classic events write without a name; empty ones say nothing. */
const UNNAMED = new Set(['Data', 'Binary']);

export type TextPart = string | number;

/** What to do with one value: where it goes, and where it comes from. */
export type Operation =
  /** One substitution is the whole value. By far the most frequent. */
  | { readonly kind: 'value'; readonly target: Target; readonly index: number }
  | { readonly kind: 'constant'; readonly target: Target; readonly value: string | null }
  /** Literal text and substitutions (by number) in turn. */
  | { readonly kind: 'text'; readonly target: Target; readonly parts: readonly TextPart[] }
  /** A value whose name is itself filled in. */
  | { readonly kind: 'named'; readonly name: readonly TextPart[]; readonly parts: readonly TextPart[] }
  /** A substitution in a place of elements: an embedded fragment. */
  | { readonly kind: 'fragment'; readonly context: Context; readonly index: number; readonly target: Target }
  /** A template used inside this one. */
  | { readonly kind: 'instance'; readonly context: Context; readonly position: number };

/** The place of a value in the flat fields. */
export interface Target {
  readonly name: string;
  /** The name as written where it has spaces: stored beside `name`. */
  readonly alias: string | null;
  readonly system: boolean;
  readonly numeric: boolean;
  readonly time: boolean;
  /** Another operation of the plan has this name, so the value may have to join an array. */
  repeated: boolean;
  /** A null is not worth storing: absent members of System, empty unnamed Data. */
  readonly skipNull: boolean;
  /** ` Name=` as it stands in the message. */
  readonly label: string;
  /** Whether it stands at the front of the message. */
  readonly leading: boolean;
}

/** A fragment compiled for one context: a flat list of what to store. */
export interface Plan {
  readonly operations: readonly Operation[];
  /** Whether it stores names beside those of System by itself, not only through embedded fragments. */
  readonly storesPayload: boolean;
}

/** Compiles the tree of a fragment or template for its place in the event. */
export function compilePlan(nodes: readonly XmlNode[], context: Context): Plan {
  const compiler = new PlanCompiler();
  compiler.children(nodes, context);
  return compiler.finish();
}

class PlanCompiler {
  readonly #operations: Operation[] = [];

  finish(): Plan {
    const seen = new Map<string, Target>();
    let storesPayload = false;
    for (const operation of this.#operations) {
      if (operation.kind === 'named') storesPayload = true;
      if (operation.kind === 'instance' || operation.kind === 'named') continue;
      if (operation.kind !== 'fragment' && !operation.target.system) storesPayload = true;
      const earlier = seen.get(operation.target.name);
      if (earlier !== undefined) earlier.repeated = operation.target.repeated = true;
      seen.set(operation.target.name, operation.target);
    }
    return { operations: this.#operations, storesPayload };
  }

  children(nodes: readonly XmlNode[], context: Context): void {
    for (const node of nodes) {
      if (node.kind === 'element') this.#element(node, context);
      else if (node.kind === 'instance') {
        this.#operations.push({ kind: 'instance', context, position: node.position });
      } else if (node.kind === 'substitution') {
        const target = payloadTarget(context, 'Data');
        this.#operations.push({ kind: 'fragment', context, index: node.index, target });
      }
    }
  }

  #element(element: XmlElement, context: Context): void {
    switch (context.region) {
      case 'document':
        if (element.name === 'Event') this.children(element.children, EVENT);
        else this.#eventPart(element);
        break;
      case 'event':
        this.#eventPart(element);
        break;
      case 'system':
        this.#systemMember(element);
        break;
      case 'payload':
        this.#payloadElement(element, context);
        break;
    }
  }

  #eventPart(element: XmlElement): void {
    if (element.name === 'System') {
      this.children(element.children, SYSTEM);
      return;
    }
    const isData = element.name === 'EventData' || element.name === 'UserData';
    const context: Context = isData ? PAYLOAD : { region: 'payload', prefix: `${element.name}_` };
    this.#attributes(element, PAYLOAD, element.name);
    this.#content(element, context, isData ? 'Data' : 'Text');
  }

  #systemMember(element: XmlElement): void {
    for (const attribute of element.attributes) {
      if (isNamespace(attribute.name)) continue;
      this.#store(systemTarget(`${element.name}_${attribute.name}`), attribute.value);
    }
    const texts = element.children.filter((node) => node.kind !== 'element');
    if (texts.length > 0) this.#store(systemTarget(element.name), texts);
    for (const child of element.children) if (child.kind === 'element') this.#systemMember(child);
  }

  #payloadElement(element: XmlElement, context: Context): void {
    const named = element.name === 'Data' || element.name === 'ComplexData';
    const name = named ? element.attributes.find((attribute) => attribute.name === 'Name') : undefined;
    if (name?.value.some((node) => node.kind !== 'text') === true) {
      this.#operations.push({ kind: 'named', name: parts(name.value), parts: parts(element.children) });
      return;
    }
    const base = name === undefined ? '' : literal(name.value);
    this.#attributes(element, context, base === '' ? element.name : base, named);
    this.#leaf(element, context, base);
  }

  #leaf(element: XmlElement, context: Context, base: string): void {
    const target = payloadTarget(
      context,
      base === '' ? element.name : base,
      base === '' && UNNAMED.has(element.name),
    );
    const inner = element.children.filter((node) => node.kind === 'element' || node.kind === 'instance');
    if (inner.length === 0) {
      this.#store(target, element.children);
      return;
    }
    this.children(inner, context);
    const texts = element.children.filter((node) => node.kind === 'text' || node.kind === 'substitution');
    if (texts.some((node) => node.kind === 'substitution' || node.text.trim() !== ''))
      this.#store(target, texts);
  }

  /** Children of a part of the event: elements and embedded fragments, and its own text under `textName`. */
  #content(element: XmlElement, context: Context, textName: string): void {
    this.children(element.children, context);
    const text = literal(element.children);
    if (text.trim() !== '') {
      this.#operations.push({ kind: 'constant', target: payloadTarget(context, textName), value: text });
    }
  }

  #attributes(element: XmlElement, context: Context, base: string, named = false): void {
    for (const attribute of element.attributes) {
      if (isNamespace(attribute.name) || (named && attribute.name === 'Name')) continue;
      this.#store(payloadTarget(context, `${base}_${attribute.name}`, true), attribute.value);
    }
  }

  #store(target: Target, nodes: readonly XmlNode[]): void {
    const [only] = nodes;
    if (only === undefined) {
      if (!target.skipNull) this.#operations.push({ kind: 'constant', target, value: null });
    } else if (nodes.length === 1 && only.kind === 'substitution') {
      this.#operations.push({ kind: 'value', target, index: only.index });
    } else if (nodes.every((node) => node.kind === 'text')) {
      this.#operations.push({ kind: 'constant', target, value: literal(nodes) });
    } else {
      this.#operations.push({ kind: 'text', target, parts: parts(nodes) });
    }
  }
}

function isNamespace(name: string): boolean {
  return name === 'xmlns' || name.startsWith('xmlns:');
}

function literal(nodes: readonly XmlNode[]): string {
  return nodes.map((node) => (node.kind === 'text' ? node.text : '')).join('');
}

function parts(nodes: readonly XmlNode[]): TextPart[] {
  return nodes.flatMap((node): TextPart[] =>
    node.kind === 'text' ? [node.text] : node.kind === 'substitution' ? [node.index] : [],
  );
}

function systemTarget(name: string): Target {
  return {
    name,
    alias: null,
    system: true,
    numeric: isNumericMember(name),
    time: name === 'TimeCreated_SystemTime',
    repeated: false,
    skipNull: true,
    label: '',
    leading: false,
  };
}

function payloadTarget(context: Context, name: string, skipNull = false): Target {
  const { first, alias } = payloadNames(`${context.prefix}${name}`);
  const label = ` ${first}=`;
  const flags = { system: false, numeric: false, time: false, repeated: false };
  return { name: first, alias, skipNull, label, leading: isLeading(first), ...flags };
}

/** Number of a numeric member of System that a forwarded record states as text. */
export function numericMember(value: FieldValue): FieldValue {
  return typeof value === 'string' && /^\d{1,15}$/.test(value) ? Number(value) : value;
}
