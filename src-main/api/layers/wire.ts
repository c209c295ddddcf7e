import type { AttackLayerWire } from '#shared/contract/attack-layers.ts';
import { isoTime } from '#shared/wire/time.ts';
import type { AttackLayer } from './attack-layer.ts';

export interface StoredLayer {
  readonly id: string;
  /** UTC epoch milliseconds. */
  readonly createdTs: number;
  readonly layer: AttackLayer;
}

/** A layer without its entries. */
export function layerToWire({ id, createdTs, layer }: StoredLayer): AttackLayerWire {
  return {
    id,
    name: layer.name,
    description: layer.description,
    attack_version: layer.attackVersion,
    created_at: isoTime(createdTs),
    technique_count: new Set(layer.entries.map(({ technique }) => technique)).size,
    skipped: { ...layer.skipped },
  };
}
