import type { MenuItemConstructorOptions } from 'electron';

export interface MenuOptions {
  readonly platform: NodeJS.Platform;
  /** Reload and developer tools exist in development only. */
  readonly isPackaged: boolean;
  readonly openEvidence: () => void;
  readonly openEvidenceFolder: () => void;
}

/** The application menu. Everything else is in the page's own command palette. */
export function menuTemplate(options: MenuOptions): MenuItemConstructorOptions[] {
  const isMac = options.platform === 'darwin';
  const appMenu: MenuItemConstructorOptions[] = isMac ? [{ role: 'appMenu' }] : [];
  return [
    ...appMenu,
    fileMenu(options, isMac),
    { role: 'editMenu' },
    viewMenu(options),
    { role: 'windowMenu' },
  ];
}

function fileMenu(options: MenuOptions, isMac: boolean): MenuItemConstructorOptions {
  return {
    label: '&File',
    submenu: [
      { label: 'Open evidence…', accelerator: 'CmdOrCtrl+O', click: options.openEvidence },
      { label: 'Open evidence folder…', accelerator: 'CmdOrCtrl+Shift+O', click: options.openEvidenceFolder },
      { type: 'separator' },
      { role: isMac ? 'close' : 'quit' },
    ],
  };
}

function viewMenu({ isPackaged }: MenuOptions): MenuItemConstructorOptions {
  const development: MenuItemConstructorOptions[] = [
    { role: 'reload' },
    { role: 'toggleDevTools' },
    { type: 'separator' },
  ];
  return {
    label: '&View',
    submenu: [
      ...(isPackaged ? [] : development),
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  };
}
