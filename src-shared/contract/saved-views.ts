import { z } from 'zod';
import { timestamp } from './primitives.ts';
import { route } from './route.ts';

const SCREENS = ['rules'] as const;

/** Fits a menu. */
const name = z.string().trim().min(1).max(60);

/** Filters as the address of the screen carries them. */
const search = z.record(z.string().max(40), z.string().max(2000));

export const savedViewWire = z
  .object({ screen: z.enum(SCREENS), name: z.string(), search, updated_at: timestamp })
  .meta({ id: 'SavedView' });

export type SavedViewWire = z.infer<typeof savedViewWire>;

const viewParams = z.object({ screen: z.enum(SCREENS), name });

/** Named filters of a list. They are kept with the data, so that every window of the workspace has them. */
export const savedViewRoutes = {
  listSavedViews: route({
    method: 'GET',
    path: '/api/v1/views/{screen}',
    tag: 'Views',
    summary: 'Saved filters of one list, by name',
    permission: 'detections:read',
    bucket: 'detail',
    status: 200,
    params: viewParams.pick({ screen: true }),
    response: z.object({ items: z.array(savedViewWire) }),
  }),
  saveView: route({
    method: 'PUT',
    path: '/api/v1/views/{screen}/{name}',
    tag: 'Views',
    summary: 'Save filters under a name; the name is used again when it exists',
    examples: [{ body: { search: { level: 'critical,high', enabled: 'true' } } }],
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: viewParams,
    body: z.object({ search }),
    response: savedViewWire,
  }),
  deleteView: route({
    method: 'DELETE',
    path: '/api/v1/views/{screen}/{name}',
    tag: 'Views',
    summary: 'Forget saved filters',
    permission: 'detections:write',
    bucket: 'detail',
    status: 200,
    params: viewParams,
    response: z.object({ deleted: z.literal(true) }),
  }),
};
