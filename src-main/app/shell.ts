import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow } from 'electron';
import { app, dialog, Menu, session, shell } from 'electron';
import { PAGE_EVENTS } from '#shared/ipc/channels.ts';
import { secondStart, type PageCallHandlers, type SecondStart } from '#shared/ipc/page-messages.ts';
import { installPath } from '../platform/install-path.ts';
import type { Logger } from '../telemetry/logger.ts';
import { isAllowedReference, PAGE_URL } from './addresses.ts';
import { forkCore } from './core-process.ts';
import { CoreSupervisor } from './core-supervisor.ts';
import { menuTemplate } from './menu.ts';
import { evidenceFromArguments, OpenedEvidence } from './opened-evidence.ts';
import { answerPageCalls } from './page-calls.ts';
import { registerPageScheme, servePage } from './protocol.ts';
import { hardenContents, hardenSession } from './security.ts';
import { createWindow, focusWindow } from './windows.ts';

/** Pause before a crashed page is loaded again: a page that crashes at once must not spin. */
const RELOAD_AFTER_MS = 1_000;

/**
 * The desktop shell: one window, one core. It parses nothing, runs no SQL and no detection; it supervises.
 * Returns at once; Electron's event loop does the rest.
 */
export function runShell(logger: Logger): void {
  const opened = evidenceFromArguments(process.argv.slice(app.isPackaged ? 1 : 2), process.cwd(), existsSync);
  // The second start hands its evidence over with the lock: Chromium reorders the command line that it passes on.
  if (!app.requestSingleInstanceLock({ paths: opened } satisfies SecondStart)) {
    app.quit();
    return;
  }
  app.enableSandbox();
  registerPageScheme();
  new Shell(logger).run(opened);
}

class Shell {
  readonly #logger: Logger;
  readonly #evidence = new OpenedEvidence(() => this.#toPage(PAGE_EVENTS.evidenceOpened));
  readonly #supervisor: CoreSupervisor;
  #window: BrowserWindow | null = null;
  #stopped = false;

  constructor(logger: Logger) {
    this.#logger = logger;
    this.#supervisor = new CoreSupervisor({
      dataDir: join(app.getPath('userData'), 'data'),
      fork: () =>
        forkCore(installPath('dist', 'main', 'core.js'), (reason, exitCode) =>
          logger.error({ reason, exitCode }, 'The core process is gone.'),
        ),
      stateChanged: (state) => {
        logger.info({ ...state }, 'The core changed its state.');
        this.#toPage(PAGE_EVENTS.coreState, state);
      },
      monotonicMs: () => performance.now(),
      later: (callback, delayMs) => {
        const timer = setTimeout(callback, delayMs);
        return () => clearTimeout(timer);
      },
    });
  }

  run(opened: readonly string[]): void {
    this.#evidence.add(opened);
    app.on('second-instance', (_event, _arguments, _folder, data) => this.#startedAgain(data));
    // macOS: sent before the app is ready when a file was double-clicked.
    app.on('open-file', (event, path) => {
      event.preventDefault();
      this.#evidence.add([path]);
    });
    app.on('web-contents-created', (_event, contents) => hardenContents(contents));
    app.on('window-all-closed', () => app.quit());
    app.on('before-quit', (event) => this.#stopFirst(event));
    void app.whenReady().then(() => this.#ready());
  }

  #ready(): void {
    hardenSession(session.defaultSession);
    servePage(session.defaultSession, installPath('dist', 'renderer'));
    answerPageCalls(this.#handlers());
    Menu.setApplicationMenu(
      Menu.buildFromTemplate(
        menuTemplate({
          platform: process.platform,
          isPackaged: app.isPackaged,
          openEvidence: () => void this.#choose('openFile').then((paths) => this.#evidence.add(paths)),
          openEvidenceFolder: () =>
            void this.#choose('openDirectory').then((paths) => this.#evidence.add(paths)),
        }),
      ),
    );
    this.#supervisor.start();
    this.#open();
  }

  #open(): void {
    const window = createWindow(
      installPath('dist', 'main', 'preload.cjs'),
      installPath('resources', 'icons', 'icon-512.png'),
    );
    this.#window = window;
    window.on('closed', () => (this.#window = null));
    window.webContents.on('render-process-gone', (_event, { reason, exitCode }) => {
      this.#logger.error({ reason, exitCode }, 'The page process is gone; the page is loaded again.');
      if (reason !== 'clean-exit') setTimeout(() => this.#load(window), RELOAD_AFTER_MS);
    });
    this.#load(window);
  }

  #load(window: BrowserWindow): void {
    if (window.isDestroyed()) return;
    window.loadURL(PAGE_URL).catch((error: unknown) => {
      this.#logger.error({ error: String(error) }, 'The page could not be loaded.');
    });
  }

  #handlers(): PageCallHandlers {
    return {
      session: () => this.#supervisor.session(),
      openEvidence: () => this.#choose('openFile'),
      openEvidenceFolder: () => this.#choose('openDirectory'),
      takeOpened: () => Promise.resolve(this.#evidence.take()),
      openReference: (url) => this.#openReference(url),
    };
  }

  async #choose(kind: 'openFile' | 'openDirectory'): Promise<string[]> {
    const options = { title: 'Open evidence', properties: [kind, 'multiSelections' as const] };
    const { filePaths } =
      this.#window === null
        ? await dialog.showOpenDialog(options)
        : await dialog.showOpenDialog(this.#window, options);
    return filePaths;
  }

  async #openReference(url: string): Promise<boolean> {
    if (!isAllowedReference(url) || this.#window === null) return false;
    const { response } = await dialog.showMessageBox(this.#window, {
      type: 'question',
      message: 'Open this page in your browser?',
      detail: url,
      buttons: ['Open', 'Cancel'],
      defaultId: 1,
      cancelId: 1,
    });
    if (response !== 0) return false;
    await shell.openExternal(url);
    return true;
  }

  #startedAgain(data: unknown): void {
    const parsed = secondStart.safeParse(data);
    if (parsed.success) this.#evidence.add(parsed.data.paths);
    if (this.#window !== null) focusWindow(this.#window);
  }

  /** Quitting waits until the core has drained, committed and closed, at most 5 s. */
  #stopFirst(event: { preventDefault(): void }): void {
    if (this.#stopped) return;
    event.preventDefault();
    void this.#supervisor.stop().then(() => {
      this.#stopped = true;
      this.#logger.info({}, 'The core has stopped.');
      app.quit();
    });
  }

  #toPage(channel: string, ...payload: readonly unknown[]): void {
    this.#window?.webContents.send(channel, ...payload);
  }
}
