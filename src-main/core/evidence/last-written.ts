import { statSync } from 'node:fs';

/** Modification time of a file, UTC epoch milliseconds; 0 when it cannot be asked: reading it will fail too, and say why. */
export function lastWritten(path: string): number {
  try {
    return Math.trunc(statSync(path).mtimeMs);
  } catch {
    return 0;
  }
}
