import { describe, expect, test } from 'vitest';
import type { CoreState } from '#shared/ipc/channels.ts';
import type { ShellToCore } from '#shared/ipc/core-messages.ts';
import { CoreSupervisor, nextBackoffMs, type CoreProcess } from './core-supervisor.ts';

/** A core that does what the test says. */
class ScriptedCore implements CoreProcess {
  readonly sent: ShellToCore[] = [];
  killed = false;
  #message: (message: unknown) => void = () => undefined;
  #exit: (code: number) => void = () => undefined;

  send(message: ShellToCore): void {
    this.sent.push(message);
  }
  onMessage(callback: (message: unknown) => void): void {
    this.#message = callback;
  }
  onExit(callback: (code: number) => void): void {
    this.#exit = callback;
  }
  kill(): void {
    this.killed = true;
    this.exits(9);
  }
  says(message: unknown): void {
    this.#message(message);
  }
  exits(code: number): void {
    this.#exit(code);
  }
  get token(): string {
    const [first] = this.sent;
    return first?.type === 'start' ? first.token : '';
  }
}

function setUp() {
  const cores: ScriptedCore[] = [];
  const states: CoreState[] = [];
  const timers: { run: () => void; delayMs: number }[] = [];
  const clock = { ms: 0 };
  const supervisor = new CoreSupervisor({
    dataDir: '/data',
    fork: () => {
      const core = new ScriptedCore();
      cores.push(core);
      return core;
    },
    stateChanged: (state) => states.push(state),
    monotonicMs: () => clock.ms,
    later: (run, delayMs) => {
      const timer = { run, delayMs };
      timers.push(timer);
      return () => {
        const at = timers.indexOf(timer);
        if (at >= 0) timers.splice(at, 1);
      };
    },
  });
  const runTimer = (): number => {
    const timer = timers.shift();
    timer?.run();
    return timer?.delayMs ?? -1;
  };
  return { supervisor, cores, states, timers, clock, runTimer };
}

const READY = { type: 'ready', url: 'http://127.0.0.1:4711' };

describe('CoreSupervisor', () => {
  test('the token is in the first message, and the session waits for ready', async () => {
    const { supervisor, cores } = setUp();
    supervisor.start();
    const session = supervisor.session();
    expect(cores[0]!.sent).toEqual([{ type: 'start', token: cores[0]!.token, dataDir: '/data' }]);
    expect(cores[0]!.token).toMatch(/^[\w-]{43}$/);
    cores[0]!.says(READY);
    expect(await session).toEqual({ url: READY.url, token: cores[0]!.token });
    expect(await supervisor.session()).toEqual(await session);
  });

  test('a crash: started again with a pause and a token of its own', async () => {
    const { supervisor, cores, states, runTimer } = setUp();
    supervisor.start();
    cores[0]!.says(READY);
    cores[0]!.exits(139);
    expect(states.map(({ state }) => state)).toEqual(['starting', 'ready', 'restarting']);
    expect(states[2]!.message).toContain('(code 139)');
    expect(runTimer()).toBe(500);
    expect(cores[1]!.token).not.toBe(cores[0]!.token);
    cores[1]!.says({ ...READY, url: 'http://127.0.0.1:4712' });
    expect(await supervisor.session()).toEqual({ url: 'http://127.0.0.1:4712', token: cores[1]!.token });
  });

  test('a core that never serves is given up after eight attempts, with its own reason', async () => {
    const { supervisor, cores, states, runTimer } = setUp();
    supervisor.start();
    const session = supervisor.session();
    for (let attempt = 0; attempt <= 8; attempt += 1) {
      cores[attempt]!.says({
        type: 'failed',
        code: 'data_dir_unusable',
        message: 'The data folder is read-only.',
      });
      cores[attempt]!.exits(1);
      runTimer();
    }
    expect(cores.length).toBe(9);
    expect(states.at(-1)).toMatchObject({ state: 'failed' });
    await expect(session).rejects.toThrow('The data folder is read-only.');
    await expect(supervisor.session()).rejects.toThrow('The data folder is read-only.');
  });

  test('a core that served for a minute starts with a clean record', () => {
    const { supervisor, cores, clock, runTimer } = setUp();
    supervisor.start();
    cores[0]!.exits(1);
    expect(runTimer()).toBe(500);
    cores[1]!.exits(1);
    expect(runTimer()).toBe(1000);
    cores[2]!.says(READY);
    clock.ms = 60_000;
    cores[2]!.exits(1);
    expect(runTimer()).toBe(500);
  });

  test('stop asks, waits, and does not start again', async () => {
    const { supervisor, cores, timers } = setUp();
    supervisor.start();
    cores[0]!.says(READY);
    const stopped = supervisor.stop();
    expect(cores[0]!.sent.at(-1)).toEqual({ type: 'stop' });
    cores[0]!.exits(0);
    await stopped;
    expect(timers).toEqual([]);
    expect(cores[0]!.killed).toBe(false);
  });

  test('a core that does not stop is killed after 5 s', async () => {
    const { supervisor, cores, runTimer } = setUp();
    supervisor.start();
    const stopped = supervisor.stop();
    expect(runTimer()).toBe(5_000);
    await stopped;
    expect(cores[0]!.killed).toBe(true);
  });

  test('stop during the pause after a crash cancels the next start', async () => {
    const { supervisor, cores, timers } = setUp();
    supervisor.start();
    cores[0]!.exits(1);
    await supervisor.stop();
    expect(timers).toEqual([]);
  });

  test('messages outside the contract change nothing', () => {
    const { supervisor, cores, states } = setUp();
    supervisor.start();
    for (const message of [
      null,
      'ready',
      { type: 'ready', url: 'http://evil.example:80' },
      { type: 'ready' },
    ]) {
      cores[0]!.says(message);
    }
    expect(states.map(({ state }) => state)).toEqual(['starting']);
  });

  test('the pause doubles up to 30 s', () => {
    expect([1, 2, 3, 6, 7, 8, 60].map(nextBackoffMs)).toEqual([
      500, 1000, 2000, 16_000, 30_000, 30_000, 30_000,
    ]);
  });
});
