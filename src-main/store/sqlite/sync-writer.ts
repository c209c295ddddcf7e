import type { StoreWriter } from '../interface/writer.ts';
import type { UndoStep } from './import-undo.ts';

type Calls = Omit<StoreWriter, 'undoImport'>;

/** The store's write side as a thread of its own runs it: the same calls, answered before they return. */
export type SyncWriter = {
  readonly [Method in keyof Calls]: (
    ...args: Parameters<Calls[Method]>
  ) => Awaited<ReturnType<Calls[Method]>>;
} & {
  /** A part of `undoImport`: other calls run between two steps. */
  undoStep(importId: string): UndoStep;
};

/** The asynchronous interface over a writer in this thread, or over calls to one in another. */
export function asStoreWriter(
  call: <Method extends keyof SyncWriter>(
    method: Method,
    ...args: Parameters<SyncWriter[Method]>
  ) => Promise<ReturnType<SyncWriter[Method]>>,
): StoreWriter {
  return {
    commit: (batch) => call('commit', batch),
    setAlertStatus: (alertId, status) => call('setAlertStatus', alertId, status),
    addFeedback: (feedback) => call('addFeedback', feedback),
    saveRules: (changes) => call('saveRules', changes),
    saveImport: (record) => call('saveImport', record),
    saveDetectionRun: (run) => call('saveDetectionRun', run),
    addDetectionFeedback: (feedback) => call('addDetectionFeedback', feedback),
    saveRecord: (record) => call('saveRecord', record),
    deleteRecord: (kind, name) => call('deleteRecord', kind, name),
    saveToken: (token) => call('saveToken', token),
    tokens: () => call('tokens'),
    close: () => call('close'),
    async undoImport(importId) {
      let events = 0;
      let alerts = 0;
      for (;;) {
        const step = await call('undoStep', importId);
        events += step.events;
        alerts += step.alerts;
        if (step.done) return { events, alerts };
      }
    },
  };
}
