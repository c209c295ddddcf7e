import type { StoreReader } from '../store/interface/reader.ts';
import type { StoreWriter } from '../store/interface/writer.ts';
import { openReaderPool } from '../store/reader-pool.ts';
import { openWriter } from '../store/writer-client.ts';
import type { StopStack } from './stop-stack.ts';

/** Two readers: one may run a long hunt while the other answers the screens (architecture 3). */
const READERS = 2;

/** Both sides of the store. */
export interface Store {
  readonly writer: StoreWriter;
  readonly reader: StoreReader;
}

/** Opens the store of a data folder. Throws `data_dir_unusable` when the folder cannot be used. */
export async function openStore(dataDir: string, stops: StopStack): Promise<Store> {
  const writer = await openWriter(dataDir);
  stops.push(() => writer.close());
  const reader = await openReaderPool(dataDir, READERS);
  stops.push(() => reader.close());
  return { writer, reader };
}
