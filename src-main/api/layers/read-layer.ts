import { z } from 'zod';
import { LAYER_DOMAIN } from '#shared/attack/navigator-layer.ts';
import type { AttackCatalogue } from '#shared/model/attack-catalogue.ts';
import type { AttackLayer, LayerEntry, SkipReason } from './attack-layer.ts';

/** The Navigator downloads its open layers as one list; nobody compares more tabs than this. */
export const MAX_LAYERS_IN_FILE = 20;

/** Five times the cells of the enterprise matrix. */
const MAX_ENTRIES = 5_000;

const MAX_NAME = 200;
const MAX_DESCRIPTION = 2_000;

/** Comments are tooltips; a layer of other tools may hold whole reports, of which the start is kept. */
const MAX_COMMENT = 500;

/** Only what is used; everything else that format 4.x allows may be there. */
const entry = z.object({
  techniqueID: z.string().max(32),
  tactic: z.string().max(64).optional(),
  score: z.number().nullish(),
  enabled: z.boolean().optional(),
  color: z.string().max(64).optional(),
  comment: z.string().optional(),
});

const layerFile = z.object({
  name: z.string().min(1).max(MAX_NAME),
  domain: z.string().max(64),
  description: z.string().optional(),
  version: z.string().max(16).optional(),
  versions: z.object({ layer: z.string().max(16), attack: z.string().max(16).optional() }).optional(),
  techniques: z.array(entry).max(MAX_ENTRIES).optional(),
});

export type LayerReading =
  | { readonly ok: true; readonly layer: AttackLayer }
  | { readonly ok: false; readonly name: string; readonly reason: string };

/** Reads one parsed layer of anybody's making. What is wrong with it is a reason for a person. */
export function readLayer(value: unknown, catalogue: AttackCatalogue): LayerReading {
  const parsed = layerFile.safeParse(value);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const place = issue === undefined || issue.path.length === 0 ? 'the layer' : issue.path.join('.');
    return { ok: false, name: nameOf(value), reason: `${place}: ${issue?.message ?? 'not a layer'}` };
  }
  const { name, domain, description, version, versions, techniques } = parsed.data;
  const refuse = (reason: string): LayerReading => ({ ok: false, name, reason });
  if (domain !== LAYER_DOMAIN)
    return refuse(`domain: it is of ${domain}, and only ${LAYER_DOMAIN} can be laid over this matrix`);
  const format = versions?.layer ?? version ?? '4.5';
  if (!format.startsWith('4.'))
    return refuse(`versions.layer: format ${format} is not read; save it with Navigator 4.9 or newer`);
  const skipped = new Map<SkipReason, number>();
  const entries = (techniques ?? []).flatMap((one) => {
    const read = readEntry(one, catalogue);
    if (typeof read !== 'string') return [read];
    skipped.set(read, (skipped.get(read) ?? 0) + 1);
    return [];
  });
  return {
    ok: true,
    layer: {
      name,
      description: (description ?? '').slice(0, MAX_DESCRIPTION),
      attackVersion: versions?.attack ?? null,
      entries,
      skipped: Object.fromEntries(skipped),
    },
  };
}

/** An entry in the names of our release, or why it says nothing here. */
function readEntry(
  { techniqueID, tactic, score, enabled = true, color = '', comment = '' }: z.infer<typeof entry>,
  catalogue: AttackCatalogue,
): LayerEntry | SkipReason {
  const technique = catalogue.technique(techniqueID);
  if (technique === undefined) return 'unknown_technique';
  const current = tactic === undefined ? null : catalogue.toV19(tactic, technique.id);
  if (current !== null && !technique.tactics.includes(current)) return 'not_in_tactic';
  // The Navigator lists every technique that it shows, touched or not.
  if (typeof score !== 'number' && enabled && color === '' && comment === '') return 'not_annotated';
  return {
    technique: technique.id,
    tactic: current,
    score: score ?? null,
    enabled,
    comment: comment.slice(0, MAX_COMMENT),
  };
}

function nameOf(value: unknown): string {
  const named = z.object({ name: z.string() }).safeParse(value);
  return named.success ? named.data.name.slice(0, MAX_NAME) : '';
}
