import { z } from 'zod';
import type { RuleSettings } from '../../pipeline/rule-settings.ts';
import type { StoreReader } from '../../store/interface/reader.ts';

const placeholderBody = z.object({ values: z.array(z.string()) });
const pipelineBody = z.object({ yaml: z.string(), enabled: z.boolean() });

export type PlaceholderBody = z.infer<typeof placeholderBody>;
export type PipelineBody = z.infer<typeof pipelineBody>;

/** Something that a person keeps with the data. */
export type Stored<Body> = Body & { readonly name: string; readonly updatedTs: number };

export interface StoredSettings {
  readonly placeholders: readonly Stored<PlaceholderBody>[];
  readonly pipelines: readonly Stored<PipelineBody>[];
}

/** Value lists and pipelines of the workspace, by name. */
export async function readStoredSettings(reader: Pick<StoreReader, 'records'>): Promise<StoredSettings> {
  const [placeholders, pipelines] = await Promise.all([
    reader.records('placeholder'),
    reader.records('pipeline'),
  ]);
  return {
    placeholders: placeholders.map(({ name, body, updatedTs }) => ({
      ...placeholderBody.parse(JSON.parse(body)),
      name,
      updatedTs,
    })),
    pipelines: pipelines.map(({ name, body, updatedTs }) => ({
      ...pipelineBody.parse(JSON.parse(body)),
      name,
      updatedTs,
    })),
  };
}

/** What is stored, in the form that engines take. */
export function asSettings({
  placeholders,
  pipelines,
}: StoredSettings): Pick<RuleSettings, 'placeholders' | 'pipelines'> {
  return {
    placeholders: Object.fromEntries(placeholders.map(({ name, values }) => [name, values])),
    pipelines: pipelines.map(({ name, yaml, enabled }) => ({ name, yaml, enabled })),
  };
}
