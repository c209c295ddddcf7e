import { z } from 'zod';

/** Why an entry of an imported layer was left out. */
export const SKIP_REASONS = ['unknown_technique', 'not_in_tactic', 'not_annotated'] as const;

export type SkipReason = (typeof SKIP_REASONS)[number];

const layerEntry = z.object({
  /** Current id. */
  technique: z.string(),
  /** Current short name; null means every tactic of the technique. */
  tactic: z.string().nullable(),
  score: z.number().nullable(),
  enabled: z.boolean(),
  comment: z.string(),
});

export type LayerEntry = Readonly<z.infer<typeof layerEntry>>;

/** An imported layer, reduced to what is laid over the grid: the body of its workspace record. */
export const attackLayer = z.object({
  name: z.string(),
  description: z.string(),
  attackVersion: z.string().nullable(),
  entries: z.array(layerEntry),
  skipped: z.partialRecord(z.enum(SKIP_REASONS), z.number()),
});

export interface AttackLayer {
  readonly name: string;
  readonly description: string;
  /** As the file said; its names are translated to ours. */
  readonly attackVersion: string | null;
  readonly entries: readonly LayerEntry[];
  /** Entries left out, by reason. */
  readonly skipped: Readonly<Partial<Record<SkipReason, number>>>;
}
