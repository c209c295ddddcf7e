import { z } from 'zod';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';

/** What is remembered of a suggestion: its draft, or that someone did not want it. */
const keptSuggestion = z.discriminatedUnion('state', [
  z.object({
    state: z.literal('draft'),
    truePositives: z.number(),
    yaml: z.string(),
    generatedTs: z.number(),
  }),
  z.object({ state: z.literal('discarded'), truePositives: z.number() }),
]);

export type KeptSuggestion = z.output<typeof keptSuggestion>;

/** By pattern key. */
export async function keptSuggestions(
  reader: Pick<StoreReader, 'records'>,
): Promise<ReadonlyMap<string, KeptSuggestion>> {
  const records = await reader.records('rule_suggestion');
  return new Map(records.map(({ name, body }) => [name, keptSuggestion.parse(JSON.parse(body))]));
}

export function keepSuggestion(
  writer: Pick<StoreWriter, 'saveRecord'>,
  key: string,
  { kept, nowMs }: { readonly kept: KeptSuggestion; readonly nowMs: number },
): Promise<void> {
  const body = JSON.stringify(kept);
  return writer.saveRecord({ kind: 'rule_suggestion', name: key, body, updatedTs: nowMs });
}
