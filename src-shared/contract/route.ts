import type { z } from 'zod';

export const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

export type Method = (typeof METHODS)[number];

/**
 * Rate-limit buckets: those of document 000 (`list` holds only the lists that it names, ours are in `detail`: one
 * view of the workstation needs several of them), `auth` for sign-in (D8), and `other` for everything else (document
 * 002's limit for all requests).
 */
export const BUCKETS = ['list', 'detail', 'coverage', 'config', 'auth', 'other'] as const;

export type Bucket = (typeof BUCKETS)[number];

/**
 * `resource:action`. `public` needs no credential; every other one is granted to whoever is signed in, until
 * users with roles exist.
 */
export type Permission =
  | 'public'
  | 'stats:read'
  | 'config:read'
  | 'siem:read'
  | 'siem:search'
  | 'alerts:read'
  | 'alerts:write'
  | 'detections:read'
  | 'detections:write'
  | 'imports:read'
  | 'imports:write'
  | 'stream:read';

/**
 * One operation of the API. The route table is the only place where a route exists: server validation, the
 * typed client, OpenAPI, docs and permission checks derive from it.
 */
export interface Route {
  readonly method: Method;
  /** Full path with `{param}` placeholders, as in OpenAPI. */
  readonly path: string;
  readonly summary: string;
  readonly tag: string;
  readonly permission: Permission;
  readonly bucket: Bucket;
  readonly params?: z.ZodObject;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Media type of the body when it is not JSON. */
  readonly bodyType?: 'application/octet-stream';
  /** Media types whose text may stand for a JSON body that has this one member. */
  readonly textBody?: { readonly types: readonly string[]; readonly member: string };
  /** Status of success. */
  readonly status: number;
  /** Second status of success, for calls that ask for less (200 for a dry run of a creation). */
  readonly alternateStatus?: number;
  /** `noContent` for status 204. */
  readonly response: z.ZodType;
  /** Media type of an answer that is text and not JSON; its `response` is then a string. */
  readonly responseType?: 'application/yaml';
  /** What the summary cannot say, as sentences. */
  readonly description?: string;
  /** Query strings and JSON bodies that work, for the generated page; a test reads each with the schemas. */
  readonly examples?: readonly { readonly query?: string; readonly body?: unknown }[];
}

/** Keeps the literal types of a route definition. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}
