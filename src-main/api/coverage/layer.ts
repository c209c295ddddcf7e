import type { NavigatorLayer } from '#shared/attack/navigator-layer.ts';
import { AppError } from '#shared/errors/app-error.ts';
import { isoTime, isoTimeOrNull } from '#shared/wire/time.ts';
import { layerOfDetections, layerOfRules, type LayerHeading } from '../../query/coverage-layer.ts';
import type { MappedRule } from '../../query/rule-mapping.ts';
import type { FireFilter } from '../../store/interface/reader.ts';
import type { ResourceDeps } from '../deps.ts';
import { spanOf } from '../kit/filters.ts';
import type { Call } from '../kit/handler.ts';
import { allRules, mappedRules } from './mapped-rules.ts';

type LayerDeps = Pick<ResourceDeps, 'reader' | 'commands' | 'clock' | 'attack'>;
type LayerQuery = Call<'coverageLayer'>['query'];

/** The Navigator layer that a query asks for. */
export async function coverageLayer(deps: LayerDeps, query: LayerQuery): Promise<NavigatorLayer> {
  const { attack, clock, commands, reader } = deps;
  const filter: FireFilter = { ...spanOf(query, clock.now()), importId: query.import_id ?? null };
  const rules = mappedRules(allRules(commands)).filter((rule) => isWanted(rule, query));
  if (query.from === 'rules') {
    if (isNarrowed(filter)) {
      throw new AppError('bad_request', {
        reason: 'query.from: since, until and import_id narrow detections; use from=detections',
      });
    }
    return layerOfRules(attack, rules, await reader.ruleFires(), heading(query, rules, filter, clock.now()));
  }
  if (filter.importId !== null && !(await reader.imports()).some(({ id }) => id === filter.importId))
    throw new AppError('not_found', { what: `The import ${filter.importId}` });
  const fires = await reader.ruleFires(isNarrowed(filter) ? filter : undefined);
  return layerOfDetections(attack, rules, fires, heading(query, rules, filter, clock.now()));
}

function isNarrowed({ since, until, importId }: FireFilter): boolean {
  return since !== null || until !== null || importId !== null;
}

function isWanted(rule: MappedRule, { status, origin, kind, enabled }: LayerQuery): boolean {
  const allows = (values: readonly string[] | undefined, value: string): boolean =>
    values === undefined || values.length === 0 || values.includes(value.toLowerCase());
  return (
    allows(status, rule.status) &&
    allows(origin, rule.origin) &&
    allows(kind, rule.kind) &&
    (enabled === undefined || String(rule.enabled) === enabled)
  );
}

const TITLES = { rules: 'Harrier: rules mapped', detections: 'Harrier: detections' } as const;

const CLAIMS = {
  rules: 'Detection rules mapped to techniques, which is not a claim of protection.',
  detections: 'How often detection rules mapped to a technique fired.',
} as const;

function heading(
  query: LayerQuery,
  rules: readonly MappedRule[],
  { since, until, importId }: FireFilter,
  nowMs: number,
): LayerHeading {
  const stated: Readonly<Record<string, string | null | undefined>> = {
    source: query.from,
    generated_at: isoTime(nowMs),
    rules: String(rules.length),
    status: query.status?.join(', '),
    origin: query.origin?.join(', '),
    kind: query.kind?.join(', '),
    enabled: query.enabled,
    since: isoTimeOrNull(since),
    until: isoTimeOrNull(until),
    import: importId,
  };
  const metadata = Object.entries(stated).filter((entry): entry is [string, string] => Boolean(entry[1]));
  return {
    name: query.name ?? TITLES[query.from],
    description: CLAIMS[query.from],
    metadata: Object.fromEntries(metadata),
  };
}
