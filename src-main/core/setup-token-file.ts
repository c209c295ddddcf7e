import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Name of the file in the data folder that holds the one-time set-up token (reliability D2). */
const FILE_NAME = 'setup-token';

/** Writes the token where only its owner can read it; returns how to remove it. */
export async function keepSetupToken(dataDir: string, token: string): Promise<() => Promise<void>> {
  const path = join(dataDir, FILE_NAME);
  await rm(path, { force: true });
  await writeFile(path, `${token}\n`, { mode: 0o600, flag: 'wx' });
  return () => rm(path, { force: true });
}
