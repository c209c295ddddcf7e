import { z } from 'zod';
import { listOf, paging, timestamp } from './primitives.ts';
import { route } from './route.ts';

export const importWire = z
  .object({
    id: z.string(),
    paths: z.array(z.string()),
    state: z.enum(['queued', 'running', 'done', 'cancelled', 'failed', 'undone']),
    reason: z.string().nullable(),
    created_at: timestamp,
    finished_at: timestamp.nullable(),
    progress: z
      .object({
        current_file: z.string(),
        bytes_total: z.number(),
        bytes_done: z.number(),
        events: z.number().int(),
        rejected: z.number().int(),
        events_per_second: z.number(),
        bytes_per_second: z.number(),
        eta_seconds: z.number().nullable(),
      })
      .nullable(),
    report: z.object({
      events: z.number().int(),
      alerts: z.number().int(),
      rejected: z.record(z.string(), z.number().int()),
      first_event_ts: timestamp.nullable(),
      last_event_ts: timestamp.nullable(),
      hosts: z.array(z.string()),
      files: z.array(
        z.object({
          path: z.string(),
          format: z.string().nullable(),
          outcome: z.enum(['ok', 'empty', 'partly_read', 'failed', 'duplicate', 'cancelled']),
          reason: z.string().nullable(),
          size_bytes: z.number(),
          sha256: z.string().nullable(),
          events: z.number().int(),
          rejected: z.number().int(),
        }),
      ),
    }),
  })
  .meta({ id: 'Import' });

export type ImportWire = z.infer<typeof importWire>;

const importParams = z.object({ import_id: z.string().max(64) });

export const importRoutes = {
  startImport: route({
    method: 'POST',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: "Import files, folders or archives by path on the core's machine",
    examples: [{ body: { paths: ['/evidence/case-7'] } }],
    permission: 'imports:write',
    bucket: 'detail',
    status: 202,
    body: z.object({ paths: z.array(z.string().min(1).max(4096)).min(1).max(1000) }),
    response: importWire,
  }),
  uploadImport: route({
    method: 'POST',
    path: '/api/v1/imports/upload',
    tag: 'Imports',
    summary: 'Upload one file and import it',
    description: 'The body is the file itself, of up to 16 GiB; it is written to disk as it arrives.',
    examples: [{ query: 'name=Security.evtx' }],
    permission: 'imports:write',
    bucket: 'detail',
    status: 202,
    query: z.object({ name: z.string().min(1).max(512) }),
    bodyType: 'application/octet-stream',
    response: importWire,
  }),
  openSample: route({
    method: 'POST',
    path: '/api/v1/imports/sample',
    tag: 'Imports',
    summary: 'Open the sample case',
    permission: 'imports:write',
    bucket: 'detail',
    status: 202,
    response: importWire,
  }),
  listImports: route({
    method: 'GET',
    path: '/api/v1/imports',
    tag: 'Imports',
    summary: 'Imports, newest first',
    permission: 'imports:read',
    bucket: 'detail',
    status: 200,
    query: z.object(paging),
    response: listOf(importWire),
  }),
  getImport: route({
    method: 'GET',
    path: '/api/v1/imports/{import_id}',
    tag: 'Imports',
    summary: 'Progress or report of one import',
    permission: 'imports:read',
    bucket: 'detail',
    status: 200,
    params: importParams,
    response: importWire,
  }),
  cancelImport: route({
    method: 'POST',
    path: '/api/v1/imports/{import_id}/cancel',
    tag: 'Imports',
    summary: 'Stop a running import; what is in stays until undone',
    permission: 'imports:write',
    bucket: 'detail',
    status: 200,
    params: importParams,
    response: importWire,
  }),
  undoImport: route({
    method: 'POST',
    path: '/api/v1/imports/{import_id}/undo',
    tag: 'Imports',
    summary: 'Remove what an import brought in',
    permission: 'imports:write',
    bucket: 'detail',
    status: 200,
    params: importParams,
    response: z.object({
      import: importWire,
      events_removed: z.number().int(),
      alerts_removed: z.number().int(),
    }),
  }),
  importRejects: route({
    method: 'GET',
    path: '/api/v1/imports/{import_id}/rejects',
    tag: 'Imports',
    summary: 'Records that were not understood',
    permission: 'imports:read',
    bucket: 'detail',
    status: 200,
    params: importParams,
    query: z.object(paging),
    response: listOf(
      z.object({
        path: z.string(),
        offset: z.number(),
        length: z.number(),
        reason: z.string(),
        detail: z.string(),
        sample: z.string(),
      }),
    ),
  }),
};
