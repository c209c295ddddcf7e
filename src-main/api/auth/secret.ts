import { createHash, randomBytes } from 'node:crypto';

/** 256 bits: cannot be guessed, so a plain SHA-256 may stand for it at rest (no slow hash needed). */
const SECRET_BYTES = 32;

/** A fresh random secret, base64url. */
export function newSecret(): string {
  return randomBytes(SECRET_BYTES).toString('base64url');
}

/** SHA-256 of a secret, lower-case hex: what is stored, compared and looked up in its place. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret, 'utf8').digest('hex');
}
