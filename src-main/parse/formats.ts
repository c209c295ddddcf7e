import type { EvidenceFormat } from '../pipeline/parsing.ts';
import { evtxFormat } from './evtx/format.ts';
import { jsonFormat } from './json/json-format.ts';
import { syslogFormat } from './syslog/syslog-format.ts';

/** Every evidence format that Harrier reads. A new format is one line here. */
export const evidenceFormats: readonly EvidenceFormat[] = [evtxFormat, jsonFormat, syslogFormat];

/**
 * The format that is surest that an input beginning with `head` (up to 64 KiB) is its own; null when none claims
 * it. Names are never looked at: evidence is renamed, and attackers choose names.
 */
export function detectFormat(
  head: Uint8Array,
  formats: readonly EvidenceFormat[] = evidenceFormats,
): EvidenceFormat | null {
  let best: EvidenceFormat | null = null;
  let bestScore = 0;
  for (const format of formats) {
    const score = format.probe(head);
    if (score > bestScore) {
      best = format;
      bestScore = score;
    }
  }
  return best;
}
