import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import { callsTo, type WorkerCalls } from '../../platform/worker-calls.ts';
import { workerUrl } from '../../platform/worker-url.ts';
import type { Detection } from '#shared/model/alert.ts';
import type { BaseMatch } from '../../detect/sigma/correlation/plan.ts';
import type { EvidenceInput } from '../../ingest/evidence/plan.ts';
import type { ScanNotice, ScanRules, ScanRulesReport, ScanWorkerMethods, Unmatchable } from './messages.ts';
import type { ScannedFile } from './report.ts';

/** Each worker compiles the rules for itself; below this many bytes a second one costs more than it saves. */
const BYTES_PER_WORKER = 8 * 1024 * 1024;

/** Beyond this many, memory grows faster than speed. */
const MAX_WORKERS = 4;

/** A worker that is silent this long is stuck in a hostile file: it is replaced and the file reported. */
const SILENCE_LIMIT_MS = 60_000;

/**
 * A small nursery: with V8's own size two workers peaked at 760 MB on the 295 attack files, with this one at
 * 520 MB, in the same time (npm run bench -- scan).
 */
const WORKER_LIMITS = { maxYoungGenerationSizeMb: 16 };

interface Member {
  readonly worker: Worker;
  readonly calls: WorkerCalls<ScanWorkerMethods>;
  heardMs: number;
}

/** Workers that read evidence and run the rules, one input at a time each. */
export class ScanPool {
  readonly #rules: ScanRules;
  readonly #onNotice: (notice: ScanNotice) => void;
  readonly #members: (Member | null)[];

  constructor(rules: ScanRules, bytesTotal: number, onNotice: (notice: ScanNotice) => void) {
    this.#rules = rules;
    this.#onNotice = onNotice;
    const wanted = Math.ceil(bytesTotal / BYTES_PER_WORKER);
    const size = Math.max(1, Math.min(wanted, MAX_WORKERS, availableParallelism()));
    this.#members = Array.from({ length: size }, () => this.#spawn());
  }

  /** Loads the rules in every worker; all report the same. */
  async load(): Promise<ScanRulesReport> {
    const reports = await Promise.all(
      this.#present().map((member) => member.calls.call('load', this.#rules)),
    );
    return reports[0] ?? { loaded: 0, problems: [] };
  }

  /** Scans every input; each report is handed over as it comes. `mayStart` holds inputs back while output is behind. */
  async run(
    inputs: readonly EvidenceInput[],
    onFile: (index: number, file: ScannedFile) => void,
    mayStart: () => Promise<void>,
  ): Promise<void> {
    let next = 0;
    const work = async (slot: number): Promise<void> => {
      for (let index = next++; index < inputs.length; index = next++) {
        await mayStart();
        const input = inputs[index];
        if (input !== undefined) onFile(index, await this.#scan(slot, index, input));
      }
    };
    await Promise.all(this.#members.map((_, slot) => work(slot)));
  }

  /** What correlations find in the matches of all inputs, in time order. */
  async correlate(matches: readonly BaseMatch[]): Promise<readonly Detection[]> {
    const [member = await this.#respawn()] = this.#present();
    return member.calls.call('correlate', matches);
  }

  /** Rules that none of the workers could have matched. */
  async unmatchable(): Promise<Unmatchable> {
    const lists = await Promise.all(this.#present().map((member) => member.calls.call('unmatchable', null)));
    const [first = [], ...others] = lists;
    const inAll = others.map((list) => new Set(list.map((entry) => entry.ruleId)));
    return first.filter((entry) => inAll.every((ids) => ids.has(entry.ruleId)));
  }

  async stop(): Promise<void> {
    await Promise.all(this.#present().map((member) => member.worker.terminate()));
  }

  #present(): readonly Member[] {
    return this.#members.filter((member) => member !== null);
  }

  async #scan(slot: number, index: number, input: EvidenceInput): Promise<ScannedFile> {
    const member = (this.#members[slot] ??= await this.#respawn());
    member.heardMs = performance.now();
    const watch = { stuck: false };
    const watchdog = setInterval(() => {
      if (performance.now() - member.heardMs < SILENCE_LIMIT_MS) return;
      watch.stuck = true;
      void member.worker.terminate();
    }, 1_000);
    try {
      return await member.calls.call('scan', { index, input });
    } catch (error) {
      this.#members[slot] = null;
      const reason = watch.stuck
        ? 'reading it made no progress for a minute and was stopped'
        : `reading it failed: ${error instanceof Error ? error.message : String(error)}`;
      return { path: input.path, outcome: 'failed', reason, events: 0, rejected: {} };
    } finally {
      clearInterval(watchdog);
    }
  }

  async #respawn(): Promise<Member> {
    const member = this.#spawn();
    await member.calls.call('load', this.#rules);
    return member;
  }

  #spawn(): Member {
    const worker = new Worker(workerUrl('scan-worker'), { resourceLimits: WORKER_LIMITS });
    const member: Member = { worker, calls: callsTo<ScanWorkerMethods>(worker), heardMs: performance.now() };
    worker.on('message', (message: ScanNotice | { readonly kind: 'answer' | 'failure' }) => {
      member.heardMs = performance.now();
      if (isNotice(message)) this.#onNotice(message);
    });
    // The open call rejects with it; without a listener it would end the process.
    worker.on('error', () => undefined);
    return member;
  }
}

function isNotice(message: ScanNotice | { readonly kind: 'answer' | 'failure' }): message is ScanNotice {
  return message.kind !== 'answer' && message.kind !== 'failure';
}
