import type { FieldValue } from '#shared/model/event.ts';
import { addField, emptyFields, payloadNames, type FieldMap } from '../windows-fields.ts';
import type { Chunk } from './chunk.ts';
import { parseFragment } from './fragment-parser.ts';
import { SubstitutionTable } from './instance.ts';
import { MAX_DEPTH, MAX_MESSAGE_LENGTH, MAX_RECORD_WORK } from './layout.ts';
import {
  compilePlan,
  DOCUMENT,
  PAYLOAD,
  numericMember,
  type Context,
  type Operation,
  type Plan,
  type Target,
  type TextPart,
} from './plan.ts';
import { Templates } from './template.ts';
import { TOKEN, TOKEN_MASK, VALUE } from './tokens.ts';
import { ValueReader } from './values.ts';

/** Longest part of one value that goes into the message. */
const MAX_MESSAGE_VALUE = 240;

/**
 * Runs plans over the bytes of records. One per reader: its tables are reused from record to record, its results
 * are read before the next `run`.
 */
export class Interpreter {
  fields: FieldMap = emptyFields();
  /** `Name=value` pairs of the payload so far. */
  leading = '';
  details = '';
  /** TimeCreated as UTC epoch milliseconds. */
  timeMs: number | null = null;
  /** Why the record cannot be read; empty while it can. */
  failure = '';
  readonly #values = new ValueReader();
  readonly #templates = new Templates(this.#values);
  readonly #tables: SubstitutionTable[] = [];
  #depth = 0;
  #work = 0;
  /** Payload was stored by another plan of this record: names may be taken. */
  #mixed = false;
  #payloads = 0;
  #recovered = false;

  /**
   * Reads the BinXML in [start, end) of `chunk` as an event. False where it cannot be read: see `failure`.
   * `recovered`: found in damaged surroundings, where a template may have been overwritten by another.
   */
  run(chunk: Chunk, start: number, end: number, recovered: boolean): boolean {
    this.#recovered = recovered;
    this.fields = emptyFields();
    this.leading = '';
    this.details = '';
    this.timeMs = null;
    this.failure = '';
    this.#depth = 0;
    this.#work = MAX_RECORD_WORK;
    this.#mixed = false;
    this.#payloads = 0;
    return this.#fragments(chunk, start, end, DOCUMENT);
  }

  /** Milliseconds of the FILETIME at `at`. */
  filetimeMs(chunk: Chunk, at: number): number | null {
    return this.#values.filetime.toMs(chunk.view.getUint32(at, true), chunk.view.getUint32(at + 4, true));
  }

  #fail(reason: string): false {
    if (this.failure === '') this.failure = reason;
    return false;
  }

  /** One or more fragments: a template with its values, or elements written out. */
  #fragments(chunk: Chunk, start: number, end: number, context: Context): boolean {
    let at = start;
    while (at < end) {
      const token = chunk.view.getUint8(at);
      if (token === TOKEN.fragmentHeader) at += 4;
      else if (token === TOKEN.templateInstance) {
        at = this.#instance(chunk, at, end, context);
        if (at === 0) return false;
      } else if ((token & TOKEN_MASK) === TOKEN.openElement || token === TOKEN.piTarget) {
        return this.#elements(chunk, at, end, context);
      } else if (token === TOKEN.endOfFragment) break;
      else return this.#fail('a token that no fragment starts with');
    }
    return true;
  }

  #elements(chunk: Chunk, start: number, end: number, context: Context): boolean {
    if (this.#depth >= MAX_DEPTH) return this.#fail('fragments nested too deeply');
    const nodes = parseFragment(chunk, this.#values, { start, end, dependencyIds: false });
    if (nodes === null) return this.#fail('elements that cannot be read');
    this.#work -= end - start;
    this.#depth++;
    const done = this.#execute(chunk, compilePlan(nodes, context), this.#table());
    this.#depth--;
    return done;
  }

  /** Runs the template instance at `at`; returns where it ends, 0 where it cannot be read. */
  #instance(chunk: Chunk, at: number, end: number, context: Context): number {
    if (this.#depth >= MAX_DEPTH) return Number(this.#fail('templates nested too deeply'));
    const table = this.#table();
    const next = table.readInstance(chunk, at, end);
    if (next === 0) return Number(this.#fail('values that do not fit into the record'));
    const template = this.#templates.at(chunk, table.definitionOffset);
    if (template === null || (this.#recovered && template.id !== table.templateId))
      return Number(this.#fail('a template that cannot be read'));
    this.#work -= table.count;
    let plan = template.knownPlan(context);
    if (plan === undefined) {
      this.#work -= template.sizeBytes;
      plan = template.compile(context);
    }
    this.#depth++;
    const done = this.#execute(chunk, plan, table);
    this.#depth--;
    return done ? next : 0;
  }

  #table(): SubstitutionTable {
    const table = (this.#tables[this.#depth] ??= new SubstitutionTable());
    table.count = 0;
    return table;
  }

  #execute(chunk: Chunk, plan: Plan, table: SubstitutionTable): boolean {
    const { operations } = plan;
    if (plan.storesPayload && this.#payloads++ > 0) this.#mixed = true;
    for (const operation of operations) {
      if (!this.#perform(chunk, operation, table)) return false;
      if (--this.#work < 0) return this.#fail('more work than a record may cost');
    }
    return true;
  }

  #perform(chunk: Chunk, operation: Operation, table: SubstitutionTable): boolean {
    switch (operation.kind) {
      case 'value':
        return this.#value(chunk, operation.target, table, operation.index);
      case 'constant':
        this.#store(operation.target, operation.value);
        return true;
      case 'text':
        return this.#storeDecoded(operation.target, this.#decodeParts(chunk, operation.parts, table));
      case 'named':
        return this.#named(chunk, operation, table);
      case 'fragment':
        return this.#fragment(chunk, operation, table);
      case 'instance':
        return this.#instance(chunk, operation.position, chunk.bytes.length, operation.context) > 0;
    }
  }

  #value(chunk: Chunk, target: Target, table: SubstitutionTable, index: number): boolean {
    if (target.time) this.#readTime(chunk, table, index);
    return this.#storeDecoded(target, this.#decode(chunk, table, index));
  }

  #readTime(chunk: Chunk, table: SubstitutionTable, index: number): void {
    if (index >= table.count || table.types[index] !== VALUE.filetime || table.sizes[index] !== 8) return;
    this.timeMs = this.filetimeMs(chunk, table.starts[index] ?? 0);
  }

  /** The value of substitution `index`; undefined where it cannot be read. An embedded fragment stores its own. */
  #decode(chunk: Chunk, table: SubstitutionTable, index: number): FieldValue | undefined {
    // A template may name more values than the record brings: those are null.
    if (index >= table.count) return null;
    const type = table.types[index] ?? VALUE.null;
    const start = table.starts[index] ?? 0;
    const size = table.sizes[index] ?? 0;
    this.#work -= size;
    if (type === VALUE.binXml) {
      this.#mixed = true;
      return size === 0 || this.#nested(chunk, start, size, PAYLOAD) ? null : undefined;
    }
    const value = this.#values.read(chunk, type, start, size);
    if (value === undefined) this.#fail(`a value of unknown type ${type}`);
    return value;
  }

  #nested(chunk: Chunk, start: number, size: number, context: Context): boolean {
    if (this.#depth >= MAX_DEPTH) return this.#fail('fragments nested too deeply');
    return this.#fragments(chunk, start, start + size, context);
  }

  #decodeParts(chunk: Chunk, parts: readonly TextPart[], table: SubstitutionTable): FieldValue | undefined {
    if (parts.length === 1 && typeof parts[0] === 'number') return this.#decode(chunk, table, parts[0]);
    let text = '';
    for (const part of parts) {
      const value = typeof part === 'string' ? part : this.#decode(chunk, table, part);
      if (value === undefined || this.#work < 0) return undefined;
      if (value !== null) text += asText(value);
    }
    return text === '' ? null : text;
  }

  #named(chunk: Chunk, operation: Operation & { kind: 'named' }, table: SubstitutionTable): boolean {
    const name = this.#decodeParts(chunk, operation.name, table);
    const value = this.#decodeParts(chunk, operation.parts, table);
    if (name === undefined || value === undefined) return this.#fail('a named value that cannot be read');
    const { first, alias } = payloadNames(name === null || name === '' ? 'Data' : asText(name));
    addField(this.fields, first, value);
    if (alias !== null) addField(this.fields, alias, ownCopy(value));
    this.#mixed = true;
    return true;
  }

  #fragment(chunk: Chunk, operation: Operation & { kind: 'fragment' }, table: SubstitutionTable): boolean {
    const { index, context } = operation;
    if (table.types[index] !== VALUE.binXml || index >= table.count) {
      return this.#storeDecoded(operation.target, this.#decode(chunk, table, index));
    }
    const size = table.sizes[index] ?? 0;
    this.#work -= size;
    return size === 0 || this.#nested(chunk, table.starts[index] ?? 0, size, context);
  }

  #storeDecoded(target: Target, value: FieldValue | undefined): boolean {
    if (value === undefined) return this.#fail('a value that cannot be read');
    this.#store(target, value);
    return true;
  }

  #store(target: Target, value: FieldValue): void {
    if (value === null && target.skipNull) return;
    if (target.system) {
      this.#storeSystem(target, value);
      return;
    }
    const { name, alias } = target;
    if (target.repeated || this.#mixed) addField(this.fields, name, value);
    else this.fields[name] = value;
    if (alias !== null) addField(this.fields, alias, ownCopy(value));
    if (value !== null && this.details.length < MAX_MESSAGE_LENGTH) {
      const part = target.label + shortText(value);
      if (target.leading) this.leading += part;
      else this.details += part;
    }
  }

  #storeSystem(target: Target, value: FieldValue): void {
    const stored = target.numeric ? numericMember(value) : value;
    if (stored === 0 && target.name === 'EventID_Qualifiers') return;
    if (target.time && this.timeMs === null && typeof value === 'string') {
      const parsed = Date.parse(value);
      if (!Number.isNaN(parsed)) this.timeMs = parsed;
    }
    this.fields[target.name] = stored;
  }
}

/** Arrays in fields grow when their name is repeated: two names must not share one. */
function ownCopy(value: FieldValue): FieldValue {
  return Array.isArray(value) ? [...(value as readonly FieldValue[])] : value;
}

function asText(value: FieldValue): string {
  if (typeof value === 'string') return value;
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

function shortText(value: FieldValue): string {
  const text = asText(value);
  return text.length > MAX_MESSAGE_VALUE ? `${text.slice(0, MAX_MESSAGE_VALUE)}...` : text;
}
