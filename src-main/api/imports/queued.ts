import type { ImportRecord } from '../../store/interface/imports.ts';

/** An import of which nothing is known yet but what was asked for. */
export function queuedImport(id: string, paths: readonly string[], nowMs: number): ImportRecord {
  return {
    id,
    paths,
    state: 'queued',
    reason: null,
    createdTs: nowMs,
    finishedTs: null,
    bytesTotal: 0,
    bytesDone: 0,
    events: 0,
    rejected: {},
    alerts: 0,
    firstEventTs: null,
    lastEventTs: null,
    hosts: [],
    files: [],
  };
}
