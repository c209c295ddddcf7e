import { z } from 'zod';
import { routes } from './index.ts';
import type { Route } from './route.ts';

const INTRODUCTION = `# REST API

Generated from the route table in \`src-shared/contract\`; a test fails when this page is stale. The same table is
served as OpenAPI 3.1 at \`/api/v1/openapi.json\`. The stream \`/api/v1/ws\` is described in
\`src-shared/contract/stream.ts\`.

- **Credentials**: \`Authorization: Bearer <token>\` or \`X-API-Key: <token>\`. Only routes marked *public* work
  without one, unless \`api_auth_mode: disabled\` is set (loopback addresses only).
- **Errors** have one body: \`{ "detail", "error", "success": false, "data": null, "code", "request_id" }\`. Rely
  on \`code\`.
- **Lists** answer \`{ "items", "total", "total_is_exact", "limit", "offset", "has_more", "next_cursor" }\`.
  \`skip\` is another name for \`offset\`.
- **Times** are UTC, ISO-8601 with \`Z\`. \`since\` and \`until\` also take times relative to now: \`15m\`, \`24h\`,
  \`7d\`, \`4w\`.
- **Limits** are counted per client and bucket: list 60, detail 300, coverage 10, config 60, auth 10, other 1000 a
  minute. Every counted answer has \`X-RateLimit-Limit\`, \`-Remaining\` and \`-Reset\` (seconds since 1970); a
  refused one (429) has \`Retry-After\`.
`;

/** The API reference as Markdown, one section a tag, in the order of the table. */
export function apiPage(): string {
  const table = Object.values<Route>(routes);
  const tags = [...new Set(table.map(({ tag }) => tag))];
  const sections = tags.map((tag) =>
    [`## ${tag}`, ...table.filter((route) => route.tag === tag).map(section)].join('\n\n'),
  );
  return [INTRODUCTION.trimEnd(), ...sections].join('\n\n') + '\n';
}

function section(route: Route): string {
  const facts = [
    `\`${route.permission}\``,
    `bucket ${route.bucket}`,
    `answers ${[route.status, route.alternateStatus].filter((status) => status !== undefined).join(' or ')}`,
    ...(route.responseType === undefined ? [] : [`as \`${route.responseType}\``]),
    ...(route.bodyType === undefined ? [] : [`body \`${route.bodyType}\``]),
  ];
  const parts = [
    `### ${route.method} ${route.path}`,
    `${route.summary}. ${route.description ?? ''}`.trimEnd(),
    facts.join(' · '),
    ...parameterTable(route),
    ...(route.examples ?? []).map((example) => exampleText(route, example)),
  ];
  return parts.join('\n\n');
}

function parameterTable({ query, body }: Route): string[] {
  const rows = [...rowsOf('query', query), ...rowsOf('body', body)];
  if (rows.length === 0) return [];
  return [
    ['| in | name | type | default | meaning |', '| --- | --- | --- | --- | --- |', ...rows].join('\n'),
  ];
}

interface Property {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Property[];
  readonly items?: Property;
  readonly default?: unknown;
  readonly description?: string;
}

function rowsOf(place: string, schema: z.ZodType | undefined): string[] {
  if (schema === undefined) return [];
  // What z.toJSONSchema makes of an object; every query and body of the table is one.
  const { properties = {} } = z.toJSONSchema(schema, { io: 'input' }) as {
    readonly properties?: Readonly<Record<string, Property>>;
  };
  return Object.entries(properties).map(([name, property]) => {
    const fallback = property.default === undefined ? '' : `\`${JSON.stringify(property.default)}\``;
    return `| ${place} | \`${name}\` | ${typeText(property)} | ${fallback} | ${property.description ?? ''} |`;
  });
}

function typeText(property: Property): string {
  if (property.enum !== undefined) return property.enum.map((value) => `\`${String(value)}\``).join(', ');
  if (property.anyOf !== undefined) return [...new Set(property.anyOf.map(typeText))].join(' or ');
  if (property.type === 'array')
    return `list of ${property.items === undefined ? 'values' : typeText(property.items)}`;
  return String(property.type ?? 'any');
}

function exampleText(route: Route, example: NonNullable<Route['examples']>[number]): string {
  const query = example.query === undefined ? '' : `?${example.query}`;
  const body = example.body === undefined ? [] : [JSON.stringify(example.body)];
  return ['```http', `${route.method} ${route.path}${query}`, ...body, '```'].join('\n');
}
