import type { Session, WebContents } from 'electron';
import { isOwnPage } from './addresses.ts';

/** What the page may use without asking: it copies values. Everything else is denied (Electron grants all by default). */
const PERMISSIONS: ReadonlySet<string> = new Set(['clipboard-sanitized-write']);

/** True for a permission that our own page may have. */
export function isAllowedPermission(permission: string, address: string): boolean {
  return PERMISSIONS.has(permission) && isOwnPage(address);
}

/** Denies permissions and devices; the spell checker would fetch its dictionaries from the internet. */
export function hardenSession(session: Session): void {
  session.setPermissionRequestHandler((contents, permission, answer) =>
    answer(isAllowedPermission(permission, contents.getURL())),
  );
  session.setPermissionCheckHandler(
    (contents, permission) => contents !== null && isAllowedPermission(permission, contents.getURL()),
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
