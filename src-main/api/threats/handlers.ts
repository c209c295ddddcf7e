import type { threatRoutes } from '#shared/contract/threats.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';

/** Who uses which technique, from the facts that ship. */
export function threatHandlers({
  threats,
}: Pick<ResourceDeps, 'threats'>): Handlers<keyof typeof threatRoutes> {
  const byId = new Map(threats.map((threat) => [threat.id, threat]));
  const items = threats
    .map(({ id, kind, name, aliases, techniques }) => ({
      id,
      kind,
      name,
      aliases: [...aliases],
      technique_count: techniques.length,
    }))
    .sort((left, right) => left.name.localeCompare(right.name, 'en'));
  return {
    listThreats: () => ({ items }),
    threatTechniques: ({ query }) => {
      const users = new Map<string, string[]>();
      for (const id of new Set(query.ids)) {
        const threat = byId.get(id);
        if (threat === undefined) throw new AppError('not_found', { what: `The group or software ${id}` });
        for (const technique of threat.techniques) {
          const known = users.get(technique);
          if (known === undefined) users.set(technique, [id]);
          else known.push(id);
        }
      }
      return { items: [...users].map(([technique, ids]) => ({ technique, threats: ids })) };
    },
  };
}
