import { describe, expect, test, vi } from 'vitest';
import { coreEnvironment } from './core-process.ts';
import { menuTemplate } from './menu.ts';
import { hardenContents, hardenSession, isAllowedPermission } from './security.ts';
import { windowOptions } from './windows.ts';

vi.mock('electron', () => ({ BrowserWindow: null, nativeTheme: {}, app: {}, utilityProcess: {} }));

/** Collects what is set on it: stands in for the parts of Electron's objects that are set once. */
function recorder() {
  const set = new Map<string, (...args: never[]) => unknown>();
  const target = new Proxy(
    {},
    {
      get: (_target, method: string) => (first: unknown, second?: unknown) => {
        if (typeof first === 'function') set.set(method, first as never);
        else if (typeof second === 'function') set.set(String(first), second as never);
      },
    },
  );
  const call = (name: string, ...args: unknown[]): unknown =>
    (set.get(name) as (...a: unknown[]) => unknown)(...args);
  return { target: target as never, call };
}

describe('hardening', () => {
  test('the window has every protection of the checklist written out', () => {
    expect(windowOptions('/preload.cjs', '/icon.png', true).webPreferences).toEqual({
      preload: '/preload.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      spellcheck: false,
    });
  });

  test.each(['clipboard-sanitized-write', 'loopback-network', 'local-network-access'])(
    'our page may use %s',
    (permission) => {
      expect(isAllowedPermission(permission, 'app://harrier/')).toBe(true);
      expect(isAllowedPermission(permission, 'app://harrier')).toBe(true);
      expect(isAllowedPermission(permission, 'https://evil.example/')).toBe(false);
    },
  );

  test.each([
    'clipboard-read',
    'media',
    'geolocation',
    'openExternal',
    'fileSystem',
    'local-network',
    'unknown',
  ])('nobody may use %s', (permission) => {
    expect(isAllowedPermission(permission, 'app://harrier/')).toBe(false);
  });

  test('the session denies what it is asked', () => {
    const { target, call } = recorder();
    hardenSession(target);
    const answers: boolean[] = [];
    const ask = (permission: string, requestingUrl: string): unknown =>
      call('setPermissionRequestHandler', null, permission, (granted: boolean) => answers.push(granted), {
        requestingUrl,
      });
    ask('media', 'app://harrier/');
    ask('loopback-network', 'app://harrier/');
    ask('loopback-network', 'https://evil.example/');
    expect(answers).toEqual([false, true, false]);
    expect(call('setPermissionCheckHandler', null, 'clipboard-sanitized-write', 'https://evil.example')).toBe(
      false,
    );
    expect(call('setPermissionCheckHandler', null, 'loopback-network', 'app://harrier')).toBe(true);
    expect(call('setDevicePermissionHandler')).toBe(false);
  });

  test('a page stays where it is', () => {
    const { target, call } = recorder();
    hardenContents(target);
    const prevented = (name: string, url: string): boolean => {
      const event = { url, preventDefault: vi.fn() };
      call(name, event);
      return event.preventDefault.mock.calls.length > 0;
    };
    for (const name of ['will-navigate', 'will-frame-navigate', 'will-redirect']) {
      expect(prevented(name, 'https://evil.example/')).toBe(true);
      expect(prevented(name, 'file:///home/analyst/dropped.html')).toBe(true);
      expect(prevented(name, 'app://harrier/alerts')).toBe(false);
    }
    expect(prevented('will-attach-webview', 'app://harrier/')).toBe(true);
    expect(call('setWindowOpenHandler', { url: 'app://harrier/' })).toEqual({ action: 'deny' });
  });

  test('the core gets no variable that changes how Node runs', () => {
    const environment = {
      PATH: '/bin',
      NODE_OPTIONS: '--require /tmp/x.js',
      ELECTRON_RUN_AS_NODE: '1',
      node_path: '/x',
    };
    expect(coreEnvironment(environment)).toEqual({ PATH: '/bin' });
  });

  test.each([
    { platform: 'linux', isPackaged: true, development: false, last: 'quit' },
    { platform: 'win32', isPackaged: false, development: true, last: 'quit' },
    { platform: 'darwin', isPackaged: true, development: false, last: 'close' },
  ] as const)('menu on $platform, packaged $isPackaged', ({ platform, isPackaged, development, last }) => {
    const template = menuTemplate({
      platform,
      isPackaged,
      openEvidence: vi.fn(),
      openEvidenceFolder: vi.fn(),
    });
    expect(JSON.stringify(template).includes('toggleDevTools')).toBe(development);
    expect(JSON.stringify(template)).toContain(`{"role":"${last}"}`);
    expect(template[0]?.role === 'appMenu').toBe(platform === 'darwin');
  });
});
