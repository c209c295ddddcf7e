import { AppError } from '#shared/errors/app-error.ts';
import type { ImportCommands, ImportRequest } from '../../pipeline/commands.ts';
import type { Ledger } from '../../pipeline/ledger.ts';
import type { Clock } from '../../platform/clock.ts';
import type { NewId } from '../../platform/ids.ts';
import { installPath } from '../../platform/install-path.ts';
import { queuedImport, type ImportRecord } from '../../store/interface/imports.ts';
import type { StoreReader } from '../../store/interface/reader.ts';
import type { StoreWriter } from '../../store/interface/writer.ts';
import type { Logger } from '../../telemetry/logger.ts';
import type { Flow } from '../flow/flow.ts';
import { correlated, type ImportCorrelator, type Raise } from './correlated.ts';
import { ImportJob } from './job.ts';
import { keepUpload } from './uploads.ts';

export interface ImportsOptions {
  readonly flow: Pick<Flow, 'submit'>;
  readonly ledger: Ledger;
  readonly importCorrelation: ImportCorrelator;
  readonly raise: Raise;
  readonly writer: Pick<StoreWriter, 'saveImport' | 'undoImport'>;
  /** For what nobody waits for: how an import that runs came on. */
  readonly patient: Pick<StoreWriter, 'saveImport'>;
  readonly reader: Pick<StoreReader, 'imports'>;
  /** Uploads are kept under it: they are evidence. */
  readonly dataDir: string;
  readonly clock: Clock;
  readonly newId: NewId;
  readonly logger: Logger;
}

/** Import commands of the running core, and their end. */
export interface Imports extends ImportCommands {
  /** Cancels what runs and waits for it. */
  stop(): Promise<void>;
}

/** Runs imports one after the other: two at once would only make each slower on one disk and one detector. */
export async function createImports(options: ImportsOptions): Promise<Imports> {
  const jobs = new Map<string, ImportJob>();
  const queued = new Set<string>();
  let tail: Promise<unknown> = Promise.resolve();
  let stopping = false;
  await closeInterrupted(options);

  async function start(request: ImportRequest): Promise<string> {
    const record = queuedImport(`imp_${options.newId()}`, request.paths, options.clock.now());
    await options.writer.saveImport(record);
    queued.add(record.id);
    tail = tail
      .then(() => runQueued(record))
      .catch((error: unknown) => {
        options.logger.error(
          { importId: record.id, error: String(error) },
          'An import could not be recorded.',
        );
      });
    return record.id;
  }

  async function runQueued(record: ImportRecord): Promise<void> {
    const isWanted = (): boolean => queued.has(record.id) && !stopping;
    if (isWanted()) await options.patient.saveImport({ ...record, state: 'running' });
    if (!isWanted()) {
      queued.delete(record.id);
      await options.patient.saveImport({ ...record, state: 'cancelled', finishedTs: options.clock.now() });
      return;
    }
    queued.delete(record.id);
    await options.importCorrelation.beginImport(record.id);
    const job = new ImportJob({
      record,
      book: options.ledger.book(record.id),
      flow: options.flow,
      clock: options.clock,
      logger: options.logger.child({ importId: record.id }),
      isKnown: (sha256) => isKnown(options.reader, record.id, sha256),
    });
    jobs.set(record.id, job);
    const finished = await correlated(options, await job.finished);
    await options.patient.saveImport(finished);
    jobs.delete(record.id);
    options.logger.info(
      { importId: record.id, state: finished.state, events: finished.events },
      'Import ended.',
    );
  }

  return {
    start,
    receive: async (name, body) => start({ paths: [await keepUpload(options, name, body)] }),
    openSample: () => start({ paths: [installPath('resources', 'sample-case', 'evidence')] }),
    cancel(importId) {
      if (queued.delete(importId)) return true;
      const job = jobs.get(importId);
      job?.cancel();
      return job !== undefined;
    },
    async undo(importId) {
      const record = (await options.reader.imports()).find((known) => known.id === importId);
      if (record === undefined) throw new AppError('not_found', { what: `Import ${importId}` });
      if (jobs.has(importId) || queued.has(importId)) {
        throw new AppError('conflict', { reason: 'The import is still running; cancel it first' });
      }
      const removed = await options.writer.undoImport(importId);
      await options.writer.saveImport({ ...record, state: 'undone' });
      return removed;
    },
    progress: () => new Map([...jobs].map(([id, job]) => [id, job.progress()])),
    async stop() {
      stopping = true;
      for (const job of jobs.values()) job.cancel();
      await tail;
    },
  };
}

/** A file that an earlier import read and that was not undone. Partly read files may be tried again. */
async function isKnown(
  reader: Pick<StoreReader, 'imports'>,
  importId: string,
  sha256: string,
): Promise<boolean> {
  const earlier = (await reader.imports()).filter(
    (record) => record.id !== importId && record.state === 'done',
  );
  return earlier.some((record) =>
    record.files.some((file) => file.sha256 === sha256 && file.outcome === 'ok'),
  );
}

/** An import that ran when Harrier last stopped did not finish; its committed events stay and can be undone. */
async function closeInterrupted(options: ImportsOptions): Promise<void> {
  for (const record of await options.reader.imports()) {
    if (record.state !== 'running' && record.state !== 'queued') continue;
    await options.writer.saveImport({
      ...record,
      state: 'failed',
      reason:
        'Harrier stopped while this import ran. What was committed is kept; undo it and import again for a full report.',
      finishedTs: options.clock.now(),
    });
  }
}
