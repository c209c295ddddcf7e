import type { importRoutes } from '#shared/contract/imports.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { queuedImport, type ImportRecord } from '../../store/interface/imports.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { listWire, pageOf, pageRequest } from '../kit/lists.ts';
import { importToWire, rejectToWire } from './wire.ts';

type ImportDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock'>;

/** Imports: start by path, upload or sample; progress, report, rejects, cancel, undo. */
export function importHandlers(deps: ImportDeps): Handlers<keyof typeof importRoutes> {
  const { reader } = deps;
  const { imports } = deps.commands;
  const wireOf = async (id: string) => toWire(deps, await existingImport(deps, id));
  return {
    startImport: async ({ body }) => started(deps, await imports.start({ paths: body.paths }), body.paths),
    uploadImport: async ({ query, body }) =>
      started(deps, await imports.receive(query.name, body), [query.name]),
    openSample: async () => started(deps, await imports.openSample(), []),
    listImports: async ({ query }) => {
      const request = pageRequest(query);
      const newestFirst = [...(await reader.imports())].sort((a, b) => b.createdTs - a.createdTs);
      return listWire(
        pageOf(newestFirst, request, (record) => record.id),
        request,
        (record) => toWire(deps, record),
      );
    },
    getImport: ({ params }) => wireOf(params.import_id),
    cancelImport: async ({ params }) => {
      await existingImport(deps, params.import_id);
      if (!imports.cancel(params.import_id)) {
        throw new AppError('conflict', { reason: 'This import is not running any more' });
      }
      return wireOf(params.import_id);
    },
    undoImport: async ({ params }) => {
      await existingImport(deps, params.import_id);
      const removed = await imports.undo(params.import_id);
      return {
        import: await wireOf(params.import_id),
        events_removed: removed.events,
        alerts_removed: removed.alerts,
      };
    },
    importRejects: async ({ params, query }) => {
      await existingImport(deps, params.import_id);
      const request = pageRequest(query);
      return listWire(await reader.importRejects(params.import_id, request), request, rejectToWire);
    },
  };
}

async function existingImport({ reader }: ImportDeps, id: string): Promise<ImportRecord> {
  const record = await findImport(reader, id);
  if (record === undefined) throw new AppError('not_found', { what: `The import ${id}` });
  return record;
}

/** A new import as it stands; one that the store has not heard of yet is still in the queue. */
async function started(deps: ImportDeps, id: string, paths: readonly string[]) {
  const record = await findImport(deps.reader, id);
  return toWire(deps, record ?? queuedImport(id, paths, deps.clock.now()));
}

async function findImport(reader: StoreReader, id: string): Promise<ImportRecord | undefined> {
  return (await reader.imports()).find((one) => one.id === id);
}

function toWire({ commands }: ImportDeps, record: ImportRecord) {
  return importToWire(record, commands.imports.progress().get(record.id) ?? null);
}
