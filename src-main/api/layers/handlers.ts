import type { attackLayerRoutes } from '#shared/contract/attack-layers.ts';
import { AppError } from '#shared/errors/app-error.ts';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { attackLayer, type AttackLayer } from './attack-layer.ts';
import { letterOf, overlayOf } from './overlay.ts';
import { MAX_LAYERS_IN_FILE, readLayer } from './read-layer.ts';
import { parseExpression } from './score-expression.ts';
import { layerToWire, type StoredLayer } from './wire.ts';

type LayerDeps = Pick<ApiDeps, 'reader' | 'writer' | 'clock' | 'attack' | 'newId'>;

const KIND = 'attack_layer';

/** Layers kept at a time: they are read whole, and a list of more is no choice any longer. */
const MAX_LAYERS = 50;

/** Layers of others, laid over the grid. */
export function layerHandlers(deps: LayerDeps): Handlers<keyof typeof attackLayerRoutes> {
  const { attack, clock, newId, reader, writer } = deps;
  return {
    listLayers: async () => ({ items: (await storedLayers(deps)).map(layerToWire) }),
    importLayers: async ({ body }) => {
      const files = Array.isArray(body) ? body : [body];
      if (files.length === 0) throw refusal('the list holds no layer');
      if (files.length > MAX_LAYERS_IN_FILE)
        throw refusal(`a file may hold ${MAX_LAYERS_IN_FILE} layers, and this one holds ${files.length}`);
      const readings = files.map((file) => readLayer(file, attack));
      const [first] = readings;
      if (first?.ok === false && readings.every((reading) => !reading.ok)) throw refusal(first.reason);
      const fresh = readings.flatMap((reading): StoredLayer[] =>
        reading.ok ? [{ id: newId(), createdTs: clock.now(), layer: reading.layer }] : [],
      );
      if ((await reader.records(KIND)).length + fresh.length > MAX_LAYERS) {
        throw new AppError('conflict', { reason: `${MAX_LAYERS} layers are kept at most; delete one first` });
      }
      for (const { id, createdTs, layer } of fresh)
        await writer.saveRecord({ kind: KIND, name: id, body: JSON.stringify(layer), updatedTs: createdTs });
      return {
        items: fresh.map(layerToWire),
        refused: readings.flatMap((reading, index) =>
          reading.ok ? [] : [{ position: index + 1, name: reading.name, reason: reading.reason }],
        ),
      };
    },
    deleteLayer: async ({ params }) => {
      const isGone = await writer.deleteRecord(KIND, params.layer_id);
      if (!isGone) throw new AppError('not_found', { what: `The layer ${params.layer_id}` });
      return { deleted: params.layer_id };
    },
    layerOverlay: async ({ query }) => {
      const stored = await storedLayers(deps);
      const chosen = query.layers.map((id) => {
        const found = stored.find((one) => one.id === id);
        if (found === undefined) throw new AppError('not_found', { what: `The layer ${id}` });
        return found;
      });
      const letters = chosen.map((_, index) => letterOf(index));
      const expression = query.expression ?? letters.join(' + ');
      const score = scoreOf(expression, letters);
      const cells = overlayOf(
        chosen.map(({ layer }) => layer),
        score,
        attack,
      );
      return {
        expression,
        layers: chosen.map(({ id, layer }, index) => ({ id, letter: letterOf(index), name: layer.name })),
        items: cells.map((cell) => ({ ...cell, comments: [...cell.comments] })),
      };
    },
  };
}

function scoreOf(expression: string, letters: readonly string[]) {
  const parsed = parseExpression(expression);
  if (!parsed.ok) throw new AppError('bad_request', { reason: `query.expression: ${parsed.reason}` });
  const missing = parsed.letters.find((letter) => !letters.includes(letter));
  if (missing !== undefined)
    throw new AppError('bad_request', { reason: `query.expression: there is no layer ${missing}` });
  return parsed.score;
}

/** Newest first. */
async function storedLayers({ reader }: LayerDeps): Promise<StoredLayer[]> {
  const records = await reader.records(KIND);
  return records
    .map(({ name, body, updatedTs }) => ({
      id: name,
      createdTs: updatedTs,
      layer: attackLayer.parse(JSON.parse(body)) satisfies AttackLayer,
    }))
    .sort((left, right) => right.createdTs - left.createdTs || (left.id < right.id ? 1 : -1));
}

function refusal(reason: string): AppError {
  return new AppError('layer_invalid', { reason });
}
