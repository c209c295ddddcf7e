import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { apiPage } from './api-page.ts';
import { routes } from './index.ts';
import { buildOpenApi } from './openapi.ts';
import type { Route } from './route.ts';

const table: readonly (readonly [string, Route])[] = Object.entries<Route>(routes);

describe('the route table', () => {
  it('has one route for each method and path', () => {
    const keys = table.map(([, { method, path }]) => `${method} ${path.replace(/\{\w+\}/g, '{}')}`);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it.each(table)('%s has a schema for exactly the parameters of its path', (_, { path, params }) => {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(params?.shape ?? {})).toEqual(named);
  });

  it.each(table.filter(([, { examples }]) => examples !== undefined))(
    '%s takes its own examples',
    (_, route) => {
      for (const { query, body } of route.examples ?? []) {
        if (query !== undefined) expect(route.query?.safeParse(fromText(query)).error).toBeUndefined();
        if (body !== undefined) expect(route.body?.safeParse(body).error).toBeUndefined();
      }
    },
  );

  it('lets strangers see no more than liveness and set-up', () => {
    const open = table.filter(([, { permission }]) => permission === 'public').map(([name]) => name);
    expect(open).toEqual(['health', 'ready', 'setup']);
  });
});

describe('buildOpenApi', () => {
  const document = buildOpenApi('1.2.3');
  const text = JSON.stringify(document);

  it('describes every route once', () => {
    const { paths } = document as { paths: Record<string, Record<string, { operationId: string }>> };
    const ids = Object.values(paths).flatMap((path) =>
      Object.values(path).map(({ operationId }) => operationId),
    );
    expect(ids.sort()).toEqual(table.map(([name]) => name).sort());
  });

  it('refers only to schemas that it has', () => {
    const { components } = document as { components: { schemas: Record<string, unknown> } };
    const referred = [...text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(([, name]) => name);
    expect(referred.length).toBeGreaterThan(10);
    for (const name of referred) expect(components.schemas).toHaveProperty([String(name)]);
    expect(text).not.toContain('$defs');
  });

  it('keeps properties that are called id', () => {
    const { components } = document as { components: { schemas: { Event: { properties: object } } } };
    expect(components.schemas.Event.properties).toHaveProperty('id');
  });

  it('declares every path parameter of every operation', () => {
    const { paths } = document as {
      paths: Record<
        string,
        Record<string, { parameters: { in: string; name: string; required: boolean }[] }>
      >;
    };
    for (const [path, operations] of Object.entries(paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters } of Object.values(operations)) {
        const declared = parameters.filter((one) => one.in === 'path' && one.required);
        expect(declared.map(({ name }) => name)).toEqual(named);
      }
    }
  });
});

describe('docs/api.md', () => {
  it('is what the table says (UPDATE_DOCS=1 writes it)', () => {
    const file = new URL('../../docs/api.md', import.meta.url);
    const page = apiPage();
    if (process.env.UPDATE_DOCS === '1') writeFileSync(file, page);
    expect(readFileSync(file, 'utf8')).toBe(page);
  });
});

/** A query string as the server reads it: a name that is repeated becomes a list. */
function fromText(query: string): Record<string, string | string[]> {
  const pairs = new URLSearchParams(query);
  return Object.fromEntries(
    [...pairs.keys()].map((key) => {
      const values = pairs.getAll(key);
      return [key, values.length === 1 ? (values[0] ?? '') : values];
    }),
  );
}
