import type { z } from 'zod';
import { routes, type RouteName } from './index.ts';
import type { Route } from './route.ts';

type Routes = typeof routes;

type Part<R, K extends 'params' | 'query' | 'body'> =
  R extends Record<K, infer S extends z.ZodType> ? z.input<S> : never;

/** `{key: T}`, with the key optional where nothing in `T` is required; no key at all where there is no part. */
type Keyed<K extends string, T> = [T] extends [never]
  ? unknown
  : Partial<T> extends T
    ? Readonly<Partial<Record<K, T>>>
    : Readonly<Record<K, T>>;

/**
 * What a caller of one route states: path parameters, query and JSON body, each before defaults are filled in.
 * The body of a route with a `bodyType` is bytes and travels beside it.
 */
export type RequestOf<N extends RouteName> = Keyed<'params', Part<Routes[N], 'params'>> &
  Keyed<'query', Part<Routes[N], 'query'>> &
  Keyed<'body', Part<Routes[N], 'body'>>;

/** The success body of one route. */
export type ResponseOf<N extends RouteName> = z.output<Routes[N]['response']>;

interface UrlParts {
  readonly params?: Readonly<Record<string, unknown>>;
  readonly query?: Readonly<Record<string, unknown>>;
}

/**
 * Path and query string of one call, e.g. `/api/v1/alerts?severity=high&limit=50`. Values are percent-encoded;
 * absent ones are left out and lists are repeated.
 */
export function buildUrl<N extends RouteName>(name: N, request: RequestOf<N>): string {
  const definition: Route = routes[name];
  // Every RequestOf is made of these two optional parts and a body; TypeScript cannot see through the generic.
  const { params = {}, query = {} } = request as UrlParts;
  const path = definition.path.replace(/\{(\w+)\}/g, (_, key: string) => segment(name, key, params[key]));
  const pairs = Object.entries(query).flatMap(([key, value]) => pairsOf(key, value));
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function segment(name: string, key: string, value: unknown): string {
  const text = textOf(value);
  // An empty or dotted segment would be normalised away and reach another route.
  if (text === null || text === '' || text === '.' || text === '..') {
    throw new TypeError(`The route ${name} needs the path parameter ${key}.`);
  }
  return encodeURIComponent(text);
}

function pairsOf(key: string, value: unknown): string[] {
  const values: readonly unknown[] = Array.isArray(value) ? value : [value];
  return values.flatMap((one) => {
    const text = textOf(one);
    return text === null ? [] : [`${encodeURIComponent(key)}=${encodeURIComponent(text)}`];
  });
}

function textOf(value: unknown): string | null {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : null;
}
