import type { EvidenceFormat } from '../../pipeline/parsing.ts';
import { CHUNK_MAGIC, FILE_HEADER_BYTES, FILE_MAGIC } from './layout.ts';
import { EvtxReader } from './reader.ts';

/** Windows event logs (.evtx), whole files and carved chunks. */
export const evtxFormat: EvidenceFormat = {
  name: 'evtx',
  source: 'evtx',
  probe(head) {
    const bytes = Buffer.from(head.buffer, head.byteOffset, head.byteLength);
    const magic = bytes.subarray(0, FILE_MAGIC.length);
    if (magic.equals(FILE_MAGIC) || magic.equals(CHUNK_MAGIC)) return 1;
    // The header may be lost; a chunk in its place is as telling.
    const chunk = bytes.subarray(FILE_HEADER_BYTES, FILE_HEADER_BYTES + CHUNK_MAGIC.length);
    return chunk.equals(CHUNK_MAGIC) ? 0.9 : 0;
  },
  open: () => new EvtxReader(),
};
