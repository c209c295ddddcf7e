import type { Session, WebContents } from 'electron';
import { isOwnPage } from './addresses.ts';

/**
 * What the page may use without asking; everything else is denied (Electron grants all by default). It copies
 * values, and it talks to its core: since Chromium checks Local Network Access (Electron 43), a page that was not
 * itself served from loopback needs a permission for that, under either of two names. The content policy keeps
 * it to 127.0.0.1.
 */
const PERMISSIONS: ReadonlySet<string> = new Set([
  'clipboard-sanitized-write',
  'loopback-network',
  'local-network-access',
]);

/** True for a permission that our own page may have. */
export function isAllowedPermission(permission: string, address: string): boolean {
  return PERMISSIONS.has(permission) && isOwnPage(address);
}

/** Denies permissions and devices; the spell checker would fetch its dictionaries from the internet. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, permission, answer, details) =>
    answer(isAllowedPermission(permission, details.requestingUrl)),
  );
  // The origin of the asking frame, not the window's address: some checks come without a window.
  session.setPermissionCheckHandler((_contents, permission, origin) =>
    isAllowedPermission(permission, origin),
  );
  session.setDevicePermissionHandler(() => false);
  session.setSpellCheckerEnabled(false);
}

/** Keeps a page where it is: no navigation, no new windows, no embedded pages (checklist 11 to 14). */
export function hardenContents(contents: WebContents): void {
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
  const stayHome = (event: { preventDefault(): void }, address: string): void => {
    if (!isOwnPage(address)) event.preventDefault();
  };
  contents.on('will-navigate', (event) => stayHome(event, event.url));
  contents.on('will-frame-navigate', (event) => stayHome(event, event.url));
  contents.on('will-redirect', (event) => stayHome(event, event.url));
  contents.on('will-attach-webview', (event) => event.preventDefault());
}
