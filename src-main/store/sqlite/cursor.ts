import { AppError } from '#shared/errors/app-error.ts';

/** Place in a list ordered by time and then by row number: the last row that a page showed. */
export interface Cursor {
  readonly ts: number;
  readonly key: number;
}

/** Opaque text of a cursor. */
export function encodeCursor({ ts, key }: Cursor): string {
  return Buffer.from(`${String(ts)}.${String(key)}`).toString('base64url');
}

/** Inverse of `encodeCursor`; throws `bad_request` for anything else. */
export function decodeCursor(text: string): Cursor {
  const match = /^(-?\d{1,16})\.(\d{1,16})$/.exec(Buffer.from(text, 'base64url').toString('latin1'));
  if (match === null)
    throw new AppError('bad_request', { reason: 'the cursor is not one that Harrier gave out' });
  return { ts: Number(match[1]), key: Number(match[2]) };
}
