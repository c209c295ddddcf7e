/** Kinds of thing that events are about. */
export const ENTITY_TYPES = [
  'ipv4',
  'ipv6',
  'user',
  'host',
  'process',
  'file',
  'domain',
  'hash',
  'url',
] as const;

export type EntityType = (typeof ENTITY_TYPES)[number];

/** One canonicalised thing. `uuid` is derived from type and value, so the same thing has the same id everywhere. */
export interface Entity {
  readonly type: EntityType;
  readonly value: string;
  readonly uuid: string;
}
