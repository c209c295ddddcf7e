import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Worker } from 'node:worker_threads';
import { AppError } from '#shared/errors/app-error.ts';
import type { ImportSource } from '../../pipeline/rule-commands.ts';
import { callsTo } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { RuleImportAnswer, RuleImportRequest, RuleImportWorkerMethods } from './messages.ts';

/** All of SigmaHQ takes 3 s on a loaded machine; what takes this long is not a set of rules. */
const LIMIT_MS = 120_000;

/** An uploaded archive of rules; SigmaHQ's has 4 MB. Larger ones are imported by path. */
const MAX_UPLOAD_BYTES = 64 * 1024 * 1024;

/**
 * Judges the rules of an import in a thread of its own, which ends with it: archives and rules of strangers may take
 * all its memory and time. Rejects with `query_timeout` over the limit.
 */
export async function judgeRules(
  source: ImportSource,
  context: Omit<RuleImportRequest, 'inputs'>,
): Promise<RuleImportAnswer> {
  if (source.kind === 'paths') {
    return inWorker({ ...context, inputs: source.paths.map((path) => ({ path, label: path })) });
  }
  const folder = await mkdtemp(join(tmpdir(), 'harrier-rules-'));
  try {
    // The sender's name is for people; the file has ours.
    const path = join(folder, 'upload');
    await pipeline(limited(source.body), createWriteStream(path, { flags: 'wx', mode: 0o600 }));
    return await inWorker({ ...context, inputs: [{ path, label: source.name }] });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function inWorker(request: RuleImportRequest): Promise<RuleImportAnswer> {
  const worker = new Worker(workerUrl('rule-import-worker'));
  // What ends the thread reaches the open call; without a listener it would end the process.
  worker.on('error', () => undefined);
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(
    () => late.reject(new AppError('query_timeout', { seconds: LIMIT_MS / 1000 })),
    LIMIT_MS,
  );
  try {
    return await Promise.race([
      callsTo<RuleImportWorkerMethods>(worker).call('judge', request),
      late.promise,
    ]);
  } finally {
    clearTimeout(timer);
    await worker.terminate();
  }
}

async function* limited(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let sizeBytes = 0;
  for await (const piece of body) {
    sizeBytes += piece.length;
    if (sizeBytes > MAX_UPLOAD_BYTES) throw new AppError('too_large', { limit: `${MAX_UPLOAD_BYTES} bytes` });
    yield piece;
  }
}
