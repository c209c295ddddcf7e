import type { PipelineWire, PlaceholderWire, ruleSettingsRoutes } from '#shared/contract/rule-settings.ts';
import { isoTimeOrNull } from '#shared/wire/time.ts';
import type { PipelineSetting, PlaceholderList } from '../../pipeline/rule-settings.ts';
import type { ResourceDeps } from '../deps.ts';
import type { Handlers } from '../kit/handler.ts';
import { problemToWire } from '../kit/problem-wire.ts';

/** Value lists and processing pipelines. */
export function ruleSettingsHandlers({
  commands: { ruleSettings },
}: Pick<ResourceDeps, 'commands'>): Handlers<keyof typeof ruleSettingsRoutes> {
  return {
    listPlaceholders: async () => ({ items: (await ruleSettings.placeholders()).map(placeholderToWire) }),
    savePlaceholder: async ({ params, body }) =>
      placeholderToWire(await ruleSettings.savePlaceholder(params.name, body.values)),
    deletePlaceholder: async ({ params }) => {
      await ruleSettings.deletePlaceholder(params.name);
      return { deleted: true };
    },
    listPipelines: async () => ({ items: (await ruleSettings.pipelines()).map(pipelineToWire) }),
    savePipeline: async ({ params, body }) =>
      pipelineToWire(await ruleSettings.savePipeline({ name: params.name, ...body })),
    deletePipeline: async ({ params }) => {
      await ruleSettings.deletePipeline(params.name);
      return { deleted: true };
    },
  };
}

function placeholderToWire({ isStandard, updatedTs, ...list }: PlaceholderList): PlaceholderWire {
  return { ...list, values: [...list.values], standard: isStandard, updated_at: isoTimeOrNull(updatedTs) };
}

function pipelineToWire({ updatedTs, problems, ...pipeline }: PipelineSetting): PipelineWire {
  return { ...pipeline, problems: problems.map(problemToWire), updated_at: isoTimeOrNull(updatedTs) };
}
