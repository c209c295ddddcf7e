import { createHash } from 'node:crypto';
import { deserialize, serialize } from 'node:v8';
import type { CorrelatorState } from './correlator.ts';

/** What is known of one correlation; only one of the same meaning may go on from it. */
export interface SavedCorrelation {
  readonly ruleId: string;
  readonly fingerprint: string;
  readonly state: CorrelatorState;
}

/** To be raised whenever the form of the state changes: older bytes are then not used. */
const VERSION = 1;

const DIGEST_BYTES = 32;

/** State as bytes: a digest, then version and data in V8's serialization. */
export function encodeState(saved: readonly SavedCorrelation[]): Uint8Array {
  const body = serialize({ version: VERSION, saved });
  return Buffer.concat([digestOf(body), body]);
}

/** What `encodeState` wrote; null for bytes that are damaged or of another version. */
export function decodeState(bytes: Uint8Array): readonly SavedCorrelation[] | null {
  const body = bytes.subarray(DIGEST_BYTES);
  // The digest also keeps the deserializer from anything but what this version wrote: it is not made for strangers.
  if (!digestOf(body).equals(bytes.subarray(0, DIGEST_BYTES))) return null;
  const content = deserialize(body) as { version: number; saved: readonly SavedCorrelation[] };
  return content.version === VERSION ? content.saved : null;
}

function digestOf(body: Uint8Array): Buffer {
  return createHash('sha256').update(body).digest();
}
