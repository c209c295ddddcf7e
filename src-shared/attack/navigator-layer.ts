import { z } from 'zod';

/** `layers/spec/v4.5/layerformat.md` of the ATT&CK Navigator; the two versions that a 4.5 layer must name. */
export const LAYER_VERSION = '4.5';
export const NAVIGATOR_VERSION = '4.9.0';

/** The one domain that the catalogue holds. */
export const LAYER_DOMAIN = 'enterprise-attack';

const hexColor = z.string().regex(/^#[0-9a-f]{6}$/i);
const named = z.strictObject({ name: z.string(), value: z.string() });
const link = z.strictObject({ label: z.string(), url: z.url({ protocol: /^https$/ }) });

/** No `color`: an explicit one would override the score and with it the gradient. */
export const layerTechnique = z.strictObject({
  techniqueID: z.string().regex(/^T\d{4}(\.\d{3})?$/),
  /** Short name; without it the entry stands under every tactic of the technique. */
  tactic: z.string().optional(),
  score: z.number(),
  enabled: z.boolean(),
  comment: z.string(),
  metadata: z.array(named),
  links: z.array(link),
  showSubtechniques: z.boolean(),
});

export type LayerTechnique = z.infer<typeof layerTechnique>;

const gradient = z
  .strictObject({ colors: z.array(hexColor).min(2), minValue: z.number(), maxValue: z.number() })
  .refine(({ minValue, maxValue }) => maxValue > minValue, { message: 'maxValue must be above minValue' });

/** A layer as Harrier writes it: the members of format 4.5 that it uses, each required here. */
export const navigatorLayer = z
  .strictObject({
    name: z.string(),
    versions: z.strictObject({
      attack: z.string(),
      navigator: z.literal(NAVIGATOR_VERSION),
      layer: z.literal(LAYER_VERSION),
    }),
    domain: z.literal(LAYER_DOMAIN),
    description: z.string(),
    /** 3: by score, highest first. */
    sorting: z.int().min(0).max(3),
    layout: z.strictObject({
      layout: z.enum(['side', 'flat', 'mini']),
      showID: z.boolean(),
      showName: z.boolean(),
      showAggregateScores: z.boolean(),
      countUnscored: z.boolean(),
      aggregateFunction: z.enum(['average', 'min', 'max', 'sum']),
      expandedSubtechniques: z.enum(['none', 'all', 'annotated']),
    }),
    hideDisabled: z.boolean(),
    techniques: z.array(layerTechnique),
    gradient,
    legendItems: z.array(z.strictObject({ label: z.string(), color: hexColor })),
    metadata: z.array(named),
  })
  .meta({ id: 'NavigatorLayer' });

export type NavigatorLayer = z.infer<typeof navigatorLayer>;
