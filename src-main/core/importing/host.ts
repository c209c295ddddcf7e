import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { MessagePort } from 'node:worker_threads';
import type { LogEvent } from '#shared/model/event.ts';
import { createEnricher } from '../../enrich/enrich.ts';
import { planEvidence, type EvidenceInput } from '../../ingest/evidence/plan.ts';
import type { FileReport } from '../../ingest/evidence/read.ts';
import { total } from '../../pipeline/counters.ts';
import type { Rejection } from '../../pipeline/parsing.ts';
import { createIds } from '../../platform/ids.ts';
import { answerCalls, callsTo, type WorkerCalls } from '../../platform/worker-calls.ts';
import type { ImportedFile } from '../../store/interface/imports.ts';
import { lastWritten } from '../evidence/last-written.ts';
import { readEvents } from '../evidence/read-events.ts';
import { BatchSender } from './batch-sender.ts';
import type { ImportCoreMethods, ImportNotice, ImportWorkerData, ImportWorkerMethods } from './messages.ts';

/** Progress is told at most this often: the screen updates five times a second (study IMP-3). */
const PROGRESS_EVERY_MS = 200;

/**
 * Progress is repeated at least this often: hashing or unpacking a large file brings nothing new for minutes, and
 * only a thread that cannot even say so is stuck.
 */
const HEARTBEAT_MS = 500;

/** Runs inside an import worker: reads the evidence of one import and hands batches to the core. */
export function hostImport(port: MessagePort, data: ImportWorkerData): void {
  const abort = new AbortController();
  answerCalls(port, { cancel: () => abort.abort() } satisfies ImportWorkerMethods);
  const run = new ImportRun(port, data, abort.signal);
  const heartbeat = setInterval(() => run.repeatProgress(), HEARTBEAT_MS);
  // A failure ends the worker; the core sees it and blames the file in hand.
  void run.run().finally(() => {
    clearInterval(heartbeat);
    port.close();
  });
}

class ImportRun {
  readonly #port: MessagePort;
  readonly #data: ImportWorkerData;
  readonly #signal: AbortSignal;
  readonly #core: WorkerCalls<ImportCoreMethods>;
  readonly #sender: BatchSender;
  readonly #enrich = createEnricher();
  readonly #newId = createIds();
  #bytesBefore = 0;
  #events = 0;
  #rejected = 0;
  #toldMs = 0;
  #last: ImportNotice | null = null;

  constructor(port: MessagePort, data: ImportWorkerData, signal: AbortSignal) {
    this.#port = port;
    this.#data = data;
    this.#signal = signal;
    this.#core = callsTo<ImportCoreMethods>(port);
    this.#sender = new BatchSender(data.importId, (batch) => this.#core.call('submit', batch));
  }

  async run(): Promise<void> {
    const plan = await planEvidence(this.#data.paths);
    this.#tell({
      kind: 'planned',
      inputs: plan.inputs.length,
      bytesTotal: plan.inputs.reduce((sum, input) => sum + input.sizeBytes, 0),
      unreadable: plan.unreadable.map(({ path, reason }) => ({ ...unread(path, 0), reason })),
    });
    for (const [index, input] of plan.inputs.entries()) {
      if (index >= this.#data.skip && !this.#signal.aborted) await this.#file(index, input);
      this.#bytesBefore += input.sizeBytes;
    }
    this.#tell({ kind: 'done' });
  }

  async #file(index: number, input: EvidenceInput): Promise<void> {
    this.#progress(input.path, 0, true);
    const sha256 = await hashOf(input.path, this.#signal).catch(() => null);
    if (sha256 !== null && (await this.#core.call('isKnown', sha256))) {
      const reason = 'The same bytes were imported before; undo that import to read them again.';
      this.#tell({
        kind: 'file',
        index,
        file: { ...unread(input.path, input.sizeBytes), outcome: 'duplicate', reason, sha256 },
      });
      return;
    }
    try {
      const report = await this.#read(input, sha256);
      await this.#sender.flush();
      this.#tell({ kind: 'file', index, file: toImportedFile(report, sha256) });
    } catch (error) {
      if (!this.#signal.aborted) throw error;
      await this.#sender.flush();
      const reason = 'The import was cancelled while this file was read. Events read before that are kept.';
      this.#tell({
        kind: 'file',
        index,
        file: { ...unread(input.path, input.sizeBytes), outcome: 'cancelled', reason, sha256 },
      });
    }
  }

  #read(input: EvidenceInput, sha256: string | null): Promise<FileReport> {
    return readEvents(input, {
      enrich: this.#enrich,
      newId: this.#newId,
      sourceId: this.#data.importId,
      evidenceId: sha256 ?? '',
      writtenMs: lastWritten(input.path),
      observedMs: Date.now(),
      signal: this.#signal,
      onEvents: (events, rejections, position) => {
        this.#progress(position.path, position.bytesRead, false);
        return this.#take(events, rejections, position.path);
      },
    });
  }

  #take(events: readonly LogEvent[], rejections: readonly Rejection[], path: string): Promise<void> {
    this.#events += events.length;
    this.#rejected += rejections.length;
    return this.#sender.add(events, rejections, path);
  }

  #progress(currentFile: string, bytesRead: number, always: boolean): void {
    const now = performance.now();
    if (!always && now - this.#toldMs < PROGRESS_EVERY_MS) return;
    this.#toldMs = now;
    this.#last = {
      kind: 'progress',
      currentFile,
      bytesDone: this.#bytesBefore + bytesRead,
      events: this.#events,
      rejected: this.#rejected,
    };
    this.#tell(this.#last);
  }

  repeatProgress(): void {
    if (this.#last !== null) this.#tell(this.#last);
  }

  #tell(notice: ImportNotice): void {
    this.#port.postMessage(notice);
  }
}

/** SHA-256 of a file as it lies on disk, lower-case hex. Read before its records: they carry it as their origin. */
async function hashOf(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path, { signal, highWaterMark: 1024 * 1024 }))
    hash.update(chunk as Buffer);
  return hash.digest('hex');
}

function unread(path: string, sizeBytes: number): ImportedFile {
  return {
    path,
    format: null,
    outcome: 'failed',
    reason: null,
    sizeBytes,
    sha256: null,
    events: 0,
    rejected: 0,
  };
}

const CHANGED = 'The file changed while it was read; its hash is of the bytes before.';

/** An archive's own reason names what is wrong with its members. */
function toImportedFile(report: FileReport, sha256: string | null): ImportedFile {
  const changed = sha256 !== null && report.sha256 !== null && sha256 !== report.sha256;
  return {
    path: report.path,
    format: report.format,
    outcome: changed && report.outcome === 'ok' ? 'partly_read' : report.outcome,
    reason: changed ? [report.reason, CHANGED].filter((part) => part !== null).join(' ') : report.reason,
    sizeBytes: report.sizeBytes,
    sha256,
    events: report.events,
    rejected: total(report.rejected),
  };
}
