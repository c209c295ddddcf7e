import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { PAGE_CALLS, PAGE_EVENTS } from '#shared/ipc/channels.ts';
import { silentLogger } from '../telemetry/logger.ts';
import { runShell } from './shell.ts';

type StandingApp = EventEmitter &
  Readonly<
    Record<'requestSingleInstanceLock' | 'enableSandbox' | 'getPath' | 'whenReady' | 'quit', () => unknown>
  >;

/** The parts of Electron that the shell calls, standing still: this tests our wiring, not Electron. */
const stage = vi.hoisted(() => ({
  // Set before each test.
  app: null as never as StandingApp,
  core: null as never as EventEmitter & { sent: { type: string; token?: string }[] },
  calls: new Map<string, (event: unknown, ...args: unknown[]) => Promise<unknown>>(),
  toPage: [] as unknown[][],
  order: [] as string[],
  lock: true,
  quits: 0,
}));

vi.mock('electron', async () => {
  const { EventEmitter: Emitter } = await import('node:events');
  const session = { protocol: { handle: () => stage.order.push('page served') } };
  class BrowserWindow extends Emitter {
    readonly webContents = Object.assign(new Emitter(), {
      send: (...message: unknown[]) => stage.toPage.push(message),
    });
    loadURL(url: string): Promise<void> {
      stage.order.push(`loaded ${url}`);
      return Promise.resolve();
    }
    isDestroyed = (): boolean => false;
    isMinimized = (): boolean => false;
    show = (): void => undefined;
    focus = (): number => stage.order.push('focused');
  }
  const on =
    (name: string) =>
    (...args: unknown[]): unknown =>
      (Reflect.get(stage.app, name) as (...given: unknown[]) => unknown).apply(stage.app, args);
  return {
    app: new Proxy({}, { get: (_target, name: string) => (name === 'isPackaged' ? true : on(name)) }),
    BrowserWindow,
    dialog: { showOpenDialog: () => Promise.resolve({ filePaths: ['/chosen.evtx'] }) },
    ipcMain: { handle: (channel: string, handler: never) => stage.calls.set(channel, handler) },
    Menu: { buildFromTemplate: (template: unknown) => template, setApplicationMenu: () => undefined },
    nativeTheme: { shouldUseDarkColors: true },
    protocol: { registerSchemesAsPrivileged: () => stage.order.push('scheme registered') },
    session: {
      defaultSession: new Proxy(session, {
        get: (target, name): unknown => Reflect.get(target, name) ?? (() => undefined),
      }),
    },
    shell: {},
    utilityProcess: { fork: () => stage.core },
  };
});

const page = { url: 'app://harrier/' };
const fromPage = { senderFrame: page, sender: { mainFrame: page } };
const call = (channel: string): Promise<unknown> => stage.calls.get(channel)!(fromPage);

const argv = process.argv;

beforeEach(() => {
  process.argv = ['harrier', '--no-such-option'];
  stage.order.length = 0;
  stage.toPage.length = 0;
  stage.lock = true;
  stage.quits = 0;
  stage.core = Object.assign(new EventEmitter(), {
    sent: [] as { type: string }[],
    postMessage(this: { sent: { type: string }[] }, message: { type: string }) {
      this.sent.push(message);
    },
    kill: () => undefined,
  });
  stage.app = Object.assign(new EventEmitter(), {
    requestSingleInstanceLock: () => stage.lock,
    enableSandbox: () => stage.order.push('sandbox on'),
    getPath: () => '/profile',
    whenReady: () => Promise.resolve(stage.order.push('ready')),
    quit: () => (stage.quits += 1),
  });
});

afterEach(() => {
  process.argv = argv;
});

async function start(): Promise<void> {
  runShell(silentLogger);
  await vi.waitUntil(() => stage.order.includes('loaded app://harrier/'));
}

describe('shell', () => {
  test('sandbox and scheme come before ready, the page after it is served', async () => {
    await start();
    expect(stage.order).toEqual([
      'sandbox on',
      'scheme registered',
      'ready',
      'page served',
      'loaded app://harrier/',
    ]);
  });

  test('the page gets the session of the core that serves', async () => {
    await start();
    const session = call(PAGE_CALLS.session);
    stage.core.emit('message', { type: 'ready', url: 'http://127.0.0.1:4711' });
    expect(await session).toEqual({ url: 'http://127.0.0.1:4711', token: stage.core.sent[0]?.token });
    expect(stage.toPage).toContainEqual([
      PAGE_EVENTS.coreState,
      { state: 'ready', message: 'The core is ready.' },
    ]);
  });

  test('evidence from a second start and from the system waits until the page takes it', async () => {
    await start();
    stage.app.emit('second-instance', {}, [], '/', { paths: ['/second.evtx'] });
    stage.app.emit('second-instance', {}, [], '/', { paths: 'not in the contract' });
    stage.app.emit('open-file', { preventDefault: () => undefined }, '/clicked.evtx');
    expect(stage.toPage.filter(([channel]) => channel === PAGE_EVENTS.evidenceOpened).length).toBe(2);
    expect(stage.order).toContain('focused');
    expect(await call(PAGE_CALLS.takeOpened)).toEqual(['/second.evtx', '/clicked.evtx']);
    expect(await call(PAGE_CALLS.openEvidence)).toEqual(['/chosen.evtx']);
  });

  test('a second start hands over and quits, without a core of its own', () => {
    stage.lock = false;
    runShell(silentLogger);
    expect(stage.quits).toBe(1);
    expect(stage.order).toEqual([]);
  });

  test('quitting waits for the core to stop', async () => {
    await start();
    let prevented = 0;
    stage.app.emit('before-quit', { preventDefault: () => (prevented += 1) });
    expect(stage.core.sent.at(-1)).toEqual({ type: 'stop' });
    expect([prevented, stage.quits]).toEqual([1, 0]);
    stage.core.emit('exit', 0);
    await vi.waitUntil(() => stage.quits === 1);
    stage.app.emit('before-quit', { preventDefault: () => (prevented += 1) });
    expect(prevented).toBe(1);
  });
});
