import type { z } from 'zod';

export const METHODS = ['GET', 'POST', 'PATCH', 'PUT', 'DELETE'] as const;

export type Method = (typeof METHODS)[number];

/** Rate-limit buckets of document 000, and our own for what it does not name. */
export const BUCKETS = ['list', 'detail', 'coverage', 'config', 'auth', 'none'] as const;

export type Bucket = (typeof BUCKETS)[number];

/** `resource:action`, checked on every request; `public` needs no credential. */
export type Permission =
  | 'public'
  | 'stats:read'
  | 'config:read'
  | 'siem:read'
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
  /** Status of success. */
  readonly status: number;
  readonly response: z.ZodType;
}

/** Keeps the literal types of a route definition. */
export function route<const R extends Route>(definition: R): R {
  return definition;
}
