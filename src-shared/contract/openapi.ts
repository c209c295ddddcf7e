import { z } from 'zod';
import { routes, type RouteName } from './index.ts';
import type { Route } from './route.ts';

type Json = Readonly<Record<string, unknown>>;

const ERROR_STATUSES: Readonly<Record<string, string>> = {
  '400': 'The request is not valid',
  '401': 'No valid credential was sent',
  '403': 'This web page or this caller may not do that',
  '404': 'It does not exist',
  '429': 'Too many requests; Retry-After says when to try again',
  '500': 'Something failed inside; the log has the details under the request id',
};

const errorSchema = z
  .object({
    detail: z.string(),
    error: z.string(),
    success: z.literal(false),
    data: z.null(),
    code: z.string(),
    request_id: z.string(),
  })
  .meta({ id: 'Error' });

/** This API as an OpenAPI 3.1 document, derived from the route table. `version` is Harrier's own. */
export function buildOpenApi(version: string): Json {
  const schemas: Record<string, unknown> = {};
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [name, definition] of Object.entries<Route>(routes)) {
    const operations = (paths[definition.path] ??= {});
    // Object.entries forgets that the keys are route names.
    operations[definition.method.toLowerCase()] = operation(name as RouteName, definition, schemas);
  }
  schemaOf(errorSchema, 'output', schemas);
  return {
    openapi: '3.1.0',
    info: { title: 'Harrier', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    paths,
    components: {
      schemas,
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer' },
        apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
      },
    },
    security: [{ bearer: [] }, { apiKey: [] }],
  };
}

function operation(name: RouteName, definition: Route, schemas: Record<string, unknown>): Json {
  const { summary, description, tag, permission, params, query } = definition;
  return {
    operationId: name,
    summary,
    ...(description === undefined ? {} : { description }),
    tags: [tag],
    ...(permission === 'public' ? { security: [] } : {}),
    parameters: [...parameters('path', params, schemas), ...parameters('query', query, schemas)],
    ...requestBody(definition, schemas),
    responses: responses(definition, schemas),
  };
}

function parameters(
  place: 'path' | 'query',
  schema: z.ZodObject | undefined,
  schemas: Record<string, unknown>,
): readonly Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input', schemas) as {
    readonly properties?: Readonly<Record<string, Json>>;
    readonly required?: readonly string[];
  }; // What z.toJSONSchema makes of an object.
  return Object.entries(properties).map(([name, { description, ...one }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: one,
  }));
}

function requestBody({ body, bodyType, textBody }: Route, schemas: Record<string, unknown>): Json {
  if (bodyType !== undefined) return { requestBody: { required: true, content: { [bodyType]: {} } } };
  if (body === undefined) return {};
  const content: Record<string, Json> = { ...jsonContent(schemaOf(body, 'input', schemas)) };
  for (const type of textBody?.types ?? []) content[type] = { schema: { type: 'string' } };
  return { requestBody: { required: true, content } };
}

function responses(definition: Route, schemas: Record<string, unknown>): Json {
  const type = definition.responseType ?? 'application/json';
  const success =
    definition.status === 204
      ? { description: 'Done; there is nothing to say.' }
      : {
          description: definition.summary,
          content: { [type]: { schema: schemaOf(definition.response, 'output', schemas) } },
        };
  const statuses = [definition.status, definition.alternateStatus].filter((one) => one !== undefined);
  const content = jsonContent({ $ref: '#/components/schemas/Error' });
  return {
    ...Object.fromEntries(statuses.map((status) => [String(status), success])),
    ...Object.fromEntries(
      Object.entries(ERROR_STATUSES).map(([status, description]) => [status, { description, content }]),
    ),
  };
}

function jsonContent(schema: Json): Readonly<Record<string, Json>> {
  return { 'application/json': { schema } };
}

/** JSON Schema of `schema`; named schemas move to `components/schemas` and are referred to. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): Json {
  const { $defs, ...own } = z.toJSONSchema(schema, { io, target: 'draft-2020-12' });
  delete own.$schema; // OpenAPI 3.1 names the dialect once for the whole document.
  for (const [name, one] of Object.entries($defs ?? {})) schemas[name] ??= relocated(one);
  const named = schema.meta()?.id;
  if (named === undefined) return relocated(own);
  schemas[named] ??= relocated(own);
  return { $ref: `#/components/schemas/${named}` };
}

function relocated(schema: unknown): Json {
  // The name of a schema is its key among the components; a string `id` is no keyword of JSON Schema.
  const text = JSON.stringify(schema, (key, value: unknown) =>
    key === 'id' && typeof value === 'string' ? undefined : value,
  );
  // A JSON Schema is plain JSON, and this is one again.
  return JSON.parse(text.replaceAll('"#/$defs/', '"#/components/schemas/')) as Json;
}
