import { AppError } from '#shared/errors/app-error.ts';
import type { PlaceholderList, RuleSettingsCommands } from '../../pipeline/rule-settings.ts';
import { NOW } from './samples.ts';

const list: PlaceholderList = {
  name: 'Administrators',
  values: ['adm_*'],
  origin: 'stored',
  isStandard: true,
  rules: 2,
  updatedTs: NOW,
};

const pipeline = { origin: 'stored', priority: 0, transformations: 0, problems: [], updatedTs: NOW } as const;

/** Settings in memory; `nowhere` is never there, and a text that says so is no pipeline. */
export function fakeRuleSettings(): RuleSettingsCommands {
  const remove = (name: string): Promise<void> =>
    name === 'nowhere' ? Promise.reject(new AppError('not_found', { what: name })) : Promise.resolve();
  return {
    placeholders: () => Promise.resolve([list]),
    savePlaceholder: (name, values) => Promise.resolve({ ...list, name, values }),
    deletePlaceholder: remove,
    pipelines: () => Promise.resolve([{ ...pipeline, name: 'ecs', yaml: 'name: ecs\n', enabled: true }]),
    savePipeline: (text) =>
      text.yaml.includes('no pipeline')
        ? Promise.reject(new AppError('pipeline_invalid', { reason: 'line 1, column 1: as asked' }))
        : Promise.resolve({ ...pipeline, ...text }),
    deletePipeline: remove,
  };
}
