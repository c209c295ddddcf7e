import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import { AppError } from '#shared/errors/app-error.ts';

/** Where `--output` writes to. */
export interface OutputFile {
  /** Resolves when the disk has room again. */
  readonly write: (text: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens the file that `--output` names, emptying it. Throws `config_invalid` when it cannot be written. */
export async function openOutput(path: string): Promise<OutputFile> {
  const stream = createWriteStream(path);
  try {
    await once(stream, 'open');
  } catch (error) {
    throw new AppError('config_invalid', { reason: `--output ${path} cannot be written` }, { cause: error });
  }
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        stream.write(text, (error) => (error ? reject(error) : resolve()));
      }),
    close: async () => {
      stream.end();
      await finished(stream);
    },
  };
}
