import { BrowserWindow, nativeTheme, type BrowserWindowConstructorOptions } from 'electron';

/** First paint before the page has drawn, in the page's own background: no white flash at night. */
const BACKGROUND = { dark: '#0e1216', light: '#f7f9fa' } as const;

/** Narrower than this the tables of the workstation stop being tables. */
const MIN_WIDTH = 960;
const MIN_HEIGHT = 600;

/** How the one window is made; what Electron's security checklist asks for is written out, defaults or not. */
export function windowOptions(
  preload: string,
  icon: string,
  isDark: boolean,
): BrowserWindowConstructorOptions {
  return {
    width: 1440,
    height: 900,
    minWidth: MIN_WIDTH,
    minHeight: MIN_HEIGHT,
    show: false,
    title: 'Harrier',
    icon,
    backgroundColor: isDark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
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
    },
  };
}

/** Makes the window, empty; it shows itself once its page has drawn. */
export function createWindow(preload: string, icon: string): BrowserWindow {
  const window = new BrowserWindow(windowOptions(preload, icon, nativeTheme.shouldUseDarkColors));
  window.once('ready-to-show', () => window.show());
  return window;
}

/** Brings the window to the front, as a second start of the app should. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
