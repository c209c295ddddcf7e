import { ENTITY_TYPES, type Entity, type EntityType } from '#shared/model/entity.ts';
import type { FieldValue, Fields, LogSource } from '#shared/model/event.ts';
import type { ParsedEvent } from '../../pipeline/parsing.ts';
import { memberAt } from '../kit/members.ts';
import { RecentMap } from '../kit/recent-map.ts';
import {
  canonicalAddress,
  canonicalDomain,
  canonicalFile,
  canonicalHash,
  canonicalHost,
  canonicalUrl,
  canonicalUser,
  processName,
  type CanonicalName,
} from './canonical.ts';
import {
  FIELD_KINDS,
  NESTED_FIELDS,
  PROCESS_FIELDS,
  WINDOWS_FIELD_KINDS,
  WINDOWS_FIELD_POSITIONS,
  type FieldKind,
} from './field-table.ts';
import { findInText } from './text-patterns.ts';
import { uuid5 } from './uuid5.ts';

/** Harrier's own namespace for entity ids. Never change it: stored events and alerts refer to the ids. */
const ENTITY_NAMESPACE = 'b0f6a1c2-5d0e-5e8f-9a37-3f1c2d4e5a60';

/** Entities of one type that one event may have (documented limit, facts 1.3). */
const MAX_PER_TYPE = 32;

/** Texts remembered per kind of field, twice this at most; real data repeats a few thousand. */
const REMEMBERED_TEXTS = 8_000;
/** Longer texts are worked out each time, so that hostile ones cannot fill the memory (reliability T5). */
const REMEMBERED_LENGTH = 512;

const TYPE_ORDER: Readonly<Record<EntityType, number>> = Object.fromEntries(
  ENTITY_TYPES.map((type, index) => [type, index]),
) as Record<EntityType, number>; // fromEntries widens the keys to string

const NONE: readonly Entity[] = [];

type Canonicalise = (text: string) => readonly CanonicalName[];

function one(canonicalise: (text: string) => CanonicalName | null): Canonicalise {
  return (text) => {
    const name = canonicalise(text);
    return name === null ? [] : [name];
  };
}

function many(separator: RegExp, canonicalise: (text: string) => CanonicalName | null): Canonicalise {
  return (text) =>
    text
      .split(separator, MAX_PER_TYPE * 4)
      .map(canonicalise)
      .filter((name) => name !== null);
}

/** Sysmon writes `SHA256=...,IMPHASH=...`; the import hash identifies no file and is left out. */
function sysmonHash(pair: string): CanonicalName | null {
  const equals = pair.indexOf('=');
  return pair.startsWith('IMPHASH=') ? null : canonicalHash(equals === -1 ? pair : pair.slice(equals + 1));
}

const CANONICALISE: Readonly<Record<FieldKind, Canonicalise>> = {
  address: one((text) => canonicalAddress(text) ?? null),
  user: one(canonicalUser),
  host: one(canonicalHost),
  peer: one((text) => canonicalAddress(text) ?? canonicalDomain(text) ?? canonicalHost(text)),
  domain: one(canonicalDomain),
  file: one(canonicalFile),
  hash: one(canonicalHash),
  hashes: many(/,/, sysmonHash),
  answers: many(/[;,\s]+/, canonicalAddress),
  url: one(canonicalUrl),
};

/**
 * Entities of one event, deduplicated and bounded: by type (addresses, users, hosts first), then in order of
 * appearance. Kept in that order as they come, which for the half dozen of an event is cheaper than sorting.
 */
class Collector {
  readonly found: Entity[] = [];

  add(entity: Entity): void {
    const { found } = this;
    let ofType = 0;
    // An entity of the same text is the same object; a linear look through a dozen beats a set.
    for (const known of found) {
      if (known === entity || known.uuid === entity.uuid) return;
      if (known.type === entity.type) ofType++;
    }
    if (ofType >= MAX_PER_TYPE) return;
    const order = TYPE_ORDER[entity.type];
    let place = found.length;
    while (place > 0 && TYPE_ORDER[found[place - 1]?.type ?? entity.type] > order) place--;
    if (place === found.length) found.push(entity);
    else found.splice(place, 0, entity);
  }
}

/** Reads entities out of events; remembers texts that it has seen. One per worker. */
export interface EntityExtractor {
  extract(parsed: ParsedEvent, mapped: Fields | null, logsource: LogSource): readonly Entity[];
}

class CachedExtractor implements EntityExtractor {
  readonly #byText: Readonly<Record<FieldKind, RecentMap<readonly Entity[]>>>;
  readonly #processes = new RecentMap<readonly Entity[]>(REMEMBERED_TEXTS);
  /** Scratch: positions in the table of the fields that the record in hand has. */
  readonly #present: number[] = [];

  constructor() {
    // One memory a kind, so that a key needs no prefix. fromEntries widens the keys to string.
    this.#byText = Object.fromEntries(
      Object.keys(CANONICALISE).map((kind) => [kind, new RecentMap<readonly Entity[]>(REMEMBERED_TEXTS)]),
    ) as Record<FieldKind, RecentMap<readonly Entity[]>>;
  }

  extract(parsed: ParsedEvent, mapped: Fields | null, logsource: LogSource): readonly Entity[] {
    const found = new Collector();
    const { fields, host } = parsed;
    if (fields.EventID !== undefined) this.#fromWindowsFields(fields, host, found);
    else {
      this.#fromFields(fields, host, found);
      this.#fromNestedFields(fields, logsource.product, found);
    }
    if (mapped !== null) this.#fromFields(mapped, host, found);
    if (host !== '') this.#addText('host', host, found);
    this.#fromProcesses(fields, mapped, host, found);
    if (logsource.product !== 'windows' && isText(fields)) this.#fromText(parsed.message, found);
    return found.found;
  }

  #fromFields(fields: Fields, host: string, found: Collector): void {
    for (const name in fields) {
      const kind = FIELD_KINDS.get(name);
      if (kind !== undefined) this.#addValue(kind, fields[name], host, found);
    }
  }

  /** In the order of the table, so that the same facts are listed alike whoever shipped the record. */
  #fromWindowsFields(fields: Fields, host: string, found: Collector): void {
    if (Object.getPrototypeOf(fields) === null) {
      for (const [name, kind] of WINDOWS_FIELD_KINDS) this.#addValue(kind, fields[name], host, found);
      return;
    }
    const present = this.#present;
    present.length = 0;
    for (const name in fields) {
      const position = WINDOWS_FIELD_POSITIONS.get(name);
      if (position !== undefined) present.push(position);
    }
    present.sort((left, right) => left - right);
    for (const position of present) {
      const field = WINDOWS_FIELD_KINDS[position];
      if (field !== undefined) this.#addValue(field[1], fields[field[0]], host, found);
    }
  }

  #fromNestedFields(fields: Fields, product: string | null, found: Collector): void {
    if (product === null || !Object.hasOwn(NESTED_FIELDS, product)) return;
    for (const [path, kind] of NESTED_FIELDS[product] ?? []) {
      this.#addValue(kind, memberAt(fields, path), '', found);
    }
  }

  #addValue(kind: FieldKind, value: FieldValue | undefined, host: string, found: Collector): void {
    if (typeof value === 'string') {
      if (value === '' || value === '-') return;
      this.#addText(kind === 'peer' && sameDomain(value, host) ? 'host' : kind, value, found);
      return;
    }
    if (!Array.isArray(value)) return;
    // Narrowing FieldValue by Array.isArray yields any[].
    const list = value as readonly FieldValue[];
    const count = Math.min(list.length, MAX_PER_TYPE);
    for (let index = 0; index < count; index += 1) {
      const member = list[index];
      if (typeof member === 'string') this.#addText(kind, member, found);
    }
  }

  #addText(kind: FieldKind, text: string, found: Collector): void {
    const memory = this.#byText[kind];
    let entities = memory.get(text);
    if (entities === undefined) {
      const own = detached(text);
      entities = CANONICALISE[kind](own).map(toEntity);
      if (own.length <= REMEMBERED_LENGTH) memory.set(own, entities.length === 0 ? NONE : entities);
    }
    for (const entity of entities) found.add(entity);
  }

  #fromProcesses(fields: Fields, mapped: Fields | null, host: string, found: Collector): void {
    for (const [imageName, pidName] of PROCESS_FIELDS) {
      const image = mapped?.[imageName] ?? fields[imageName];
      if (typeof image !== 'string') continue;
      const pid = mapped?.[pidName] ?? fields[pidName];
      if (typeof pid !== 'string' && typeof pid !== 'number') continue;
      const key = `${image}\0${pid}\0${host}`;
      let entities = this.#processes.get(key);
      if (entities === undefined) {
        const name = processName(image, pid, host);
        entities = name === null ? NONE : [toEntity(name)];
        if (key.length <= REMEMBERED_LENGTH) this.#processes.set(key, entities);
      }
      for (const entity of entities) found.add(entity);
    }
  }

  #fromText(message: string, found: Collector): void {
    const { addresses, users } = findInText(message);
    for (const address of addresses) this.#addText('address', address, found);
    for (const user of users) this.#addText('user', user, found);
  }
}

/**
 * A copy that shares no memory with the record: a part of a string keeps the whole alive, and what is remembered
 * would keep whole messages.
 */
function detached(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}

/** Syslog text: the only records whose message says more than their fields. */
function isText(fields: Fields): boolean {
  return fields.program !== undefined || fields.facility !== undefined;
}

/** Whether `name` lies in the DNS domain of the event's own host, or has none. */
function sameDomain(name: string, host: string): boolean {
  if (!name.includes('.')) return true;
  const dot = host.indexOf('.');
  return dot > 0 && name.toLowerCase().endsWith(host.slice(dot).toLowerCase());
}

function toEntity({ type, value }: CanonicalName): Entity {
  return Object.freeze({ type, value, uuid: uuid5(ENTITY_NAMESPACE, `${type}:${value}`) });
}

/** Makes a function that lists what an event is about. It remembers texts, so each thread makes its own. */
export function createEntityExtractor(): EntityExtractor {
  return new CachedExtractor();
}
