import { savedViewWire, type savedViewRoutes, type SavedViewWire } from '#shared/contract/saved-views.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { WorkspaceRecord } from '../../store/interface/records.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';

type ViewsDeps = Pick<ResourceDeps, 'reader' | 'writer' | 'clock'>;

/** A record is named after its screen and the name that a person gave. */
function recordName(screen: SavedViewWire['screen'], name: string): string {
  return `${screen}/${name}`;
}

/** Saved filters of the lists. */
export function savedViewHandlers({
  reader,
  writer,
  clock,
}: ViewsDeps): Handlers<keyof typeof savedViewRoutes> {
  return {
    listSavedViews: async ({ params }) => {
      const records = await reader.records('saved_view');
      return {
        items: records.filter(({ name }) => name.startsWith(recordName(params.screen, ''))).map(viewOf),
      };
    },
    saveView: async ({ params, body }) => {
      const updatedTs = clock.now();
      const view = { ...params, search: body.search, updated_at: isoTime(updatedTs) };
      const name = recordName(params.screen, params.name);
      await writer.saveRecord({ kind: 'saved_view', name, body: JSON.stringify(view), updatedTs });
      return view;
    },
    deleteView: async ({ params }) => {
      if (!(await writer.deleteRecord('saved_view', recordName(params.screen, params.name)))) {
        throw new AppError('not_found', { what: `The saved filter ${params.name}` });
      }
      return { deleted: true };
    },
  };
}

function viewOf({ body }: WorkspaceRecord): SavedViewWire {
  return savedViewWire.parse(JSON.parse(body));
}
