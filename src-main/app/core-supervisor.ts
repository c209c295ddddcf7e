import { randomBytes } from 'node:crypto';
import type { CoreState, ShellSession } from '#shared/ipc/channels.ts';
import { coreToShell, type CoreToShell, type ShellToCore } from '#shared/ipc/core-messages.ts';

/** The core as the supervisor sees it: Electron's utility process, or a stand-in in tests. */
export interface CoreProcess {
  send(message: ShellToCore): void;
  onMessage(callback: (message: unknown) => void): void;
  /** `code` is 0 after a graceful stop. */
  onExit(callback: (code: number) => void): void;
  kill(): void;
}

export interface CoreSupervisorOptions {
  readonly dataDir: string;
  readonly fork: () => CoreProcess;
  readonly stateChanged: (state: CoreState) => void;
  /** Milliseconds that only grow. */
  readonly monotonicMs: () => number;
  /** Runs `callback` later; returns how to cancel it. */
  readonly later: (callback: () => void, delayMs: number) => () => void;
}

const FIRST_BACKOFF_MS = 500;
const MAX_BACKOFF_MS = 30_000;

/** Crashes in a row before the shell gives up and says so: with the pauses above, after about 90 s. */
const MAX_ATTEMPTS = 8;

/** A core that served for this long has recovered: the next crash counts as the first. */
const STABLE_MS = 60_000;

/** A graceful stop drains, commits and closes within 5 s (reliability F25); then the process is killed. */
const STOP_LIMIT_MS = 5_000;

/** Pause before start number `attempt` (1 is the first after a crash): doubling, at most 30 s. */
export function nextBackoffMs(attempt: number): number {
  return Math.min(MAX_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** (attempt - 1));
}

/**
 * Keeps one core process running: forks it, hands it a token of its own, starts it again after a crash with a
 * growing pause, and gives up with a sentence for the analyst when that does not help.
 */
export class CoreSupervisor {
  readonly #options: CoreSupervisorOptions;
  #process: CoreProcess | null = null;
  #token = '';
  #session: ShellSession | null = null;
  #failure: string | null = null;
  #lastMessage = '';
  #attempts = 0;
  #readySinceMs = 0;
  #stopping = false;
  #cancelRestart: (() => void) | null = null;
  readonly #waiting: { resolve: (session: ShellSession) => void; reject: (error: Error) => void }[] = [];
  #exited = Promise.withResolvers<undefined>();

  constructor(options: CoreSupervisorOptions) {
    this.#options = options;
  }

  start(): void {
    this.#announce('starting', 'The core is starting.');
    this.#fork();
  }

  /** Where the core serves, as soon as it does; rejects when it was given up. */
  session(): Promise<ShellSession> {
    if (this.#session !== null) return Promise.resolve(this.#session);
    if (this.#failure !== null) return Promise.reject(new Error(this.#failure));
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  /** Asks the core to stop and waits for its exit, at most 5 s; then kills it. */
  async stop(): Promise<void> {
    this.#stopping = true;
    this.#cancelRestart?.();
    if (this.#process === null) return;
    this.#process.send({ type: 'stop' });
    const cancelKill = this.#options.later(() => this.#process?.kill(), STOP_LIMIT_MS);
    await this.#exited.promise;
    cancelKill();
  }

  #fork(): void {
    // A new token for each process: one that leaked with a crashed core is worth nothing.
    this.#token = randomBytes(32).toString('base64url');
    this.#lastMessage = '';
    this.#exited = Promise.withResolvers<undefined>();
    const core = this.#options.fork();
    this.#process = core;
    core.onMessage((message) => {
      if (this.#process === core) this.#receive(message);
    });
    core.onExit((code) => {
      if (this.#process === core) this.#ended(code);
    });
    core.send({ type: 'start', token: this.#token, dataDir: this.#options.dataDir });
  }

  #receive(message: unknown): void {
    const parsed = coreToShell.safeParse(message);
    // A message that is not in the contract cannot be acted on; the core's log has its side.
    if (parsed.success) this.#act(parsed.data);
  }

  #act(message: CoreToShell): void {
    if (message.type === 'failed') {
      this.#lastMessage = message.message;
      return;
    }
    this.#session = { url: message.url, token: this.#token };
    this.#readySinceMs = this.#options.monotonicMs();
    for (const { resolve } of this.#waiting.splice(0)) resolve(this.#session);
    this.#announce('ready', 'The core is ready.');
  }

  #ended(code: number): void {
    const served = this.#session !== null;
    this.#process = null;
    this.#session = null;
    this.#exited.resolve(undefined);
    if (this.#stopping) return;
    if (served && this.#options.monotonicMs() - this.#readySinceMs >= STABLE_MS) this.#attempts = 0;
    this.#attempts += 1;
    const reason =
      this.#lastMessage === '' ? `The core ended unexpectedly (code ${code}).` : this.#lastMessage;
    if (this.#attempts > MAX_ATTEMPTS) this.#giveUp(reason);
    else this.#restartLater(reason);
  }

  #restartLater(reason: string): void {
    const delayMs = nextBackoffMs(this.#attempts);
    this.#announce(
      'restarting',
      `${reason} It is started again in ${Math.ceil(delayMs / 1000)} s. What was acknowledged is kept.`,
    );
    this.#cancelRestart = this.#options.later(() => this.#fork(), delayMs);
  }

  #giveUp(reason: string): void {
    this.#failure = `${reason} It was started ${MAX_ATTEMPTS} times without success. What was acknowledged is kept; start Harrier again, or look into its log.`;
    for (const { reject } of this.#waiting.splice(0)) reject(new Error(this.#failure));
    this.#announce('failed', this.#failure);
  }

  #announce(state: CoreState['state'], message: string): void {
    this.#options.stateChanged({ state, message });
  }
}
