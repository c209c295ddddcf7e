import { Button } from '@mantine/core';
import { Upload } from 'lucide-react';
import { useRef, useState } from 'react';
import type { RequestOf } from '#shared/contract/client.ts';
import { useApiMutation } from '../../api/queries.ts';
import { formatBytes, formatNoun } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { toast } from '../../ui/toast.ts';

type LayerBody = NonNullable<RequestOf<'importLayers'>['body']>;

/** What the API takes as one body; a layer of the whole matrix with comments has about 400 KiB. */
const MAX_FILE_BYTES = 1024 * 1024;

interface LayerFileProps {
  readonly onImported: (ids: readonly string[]) => void;
}

/** Imports a layer file. What is wrong with it is said beneath the button. */
export function LayerFile({ onImported }: LayerFileProps) {
  const input = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const { mutate, error, isPending, reset } = useApiMutation('importLayers', { invalidates: ['listLayers'] });
  const read = async (file: File) => {
    reset();
    const layers = await readLayerFile(file);
    setProblem(typeof layers === 'string' ? layers : null);
    if (typeof layers === 'string') return;
    mutate(
      { body: layers },
      {
        onSuccess: ({ items, refused }) => {
          onImported(items.map(({ id }) => id));
          toast(`Imported ${formatNoun(items.length, 'layer')}.`);
          setProblem(
            refused.length === 0
              ? null
              : refused.map(({ position, reason }) => `Layer ${position} was left out: ${reason}.`).join(' '),
          );
        },
      },
    );
  };
  return (
    <div>
      <Button
        leftSection={<Upload aria-hidden="true" />}
        loading={isPending}
        onClick={() => input.current?.click()}
      >
        Import a layer
      </Button>
      <input
        ref={input}
        type="file"
        hidden
        accept=".json,application/json"
        aria-label="Layer file"
        onChange={(event) => {
          const file = event.currentTarget.files?.[0];
          // The same file may be chosen again after it was mended.
          event.currentTarget.value = '';
          if (file !== undefined) void read(file);
        }}
      />
      {problem !== null && <p role="alert">{problem}</p>}
      {error !== null && <ErrorState compact title="The layer was not imported" error={error} />}
    </div>
  );
}

/** The parsed file, or why it is none. */
async function readLayerFile(file: File): Promise<LayerBody | string> {
  if (file.size > MAX_FILE_BYTES)
    return `The file has ${formatBytes(file.size)}; a layer file may have ${formatBytes(MAX_FILE_BYTES)}.`;
  try {
    const parsed: unknown = JSON.parse(await file.text());
    if (typeof parsed !== 'object' || parsed === null) return 'The file is JSON, but not a layer.';
    return parsed as LayerBody; // An object or a list: the core looks into it.
  } catch {
    return 'The file is not JSON. Layers are downloaded from the Navigator as JSON.';
  }
}
