import { contextBridge, ipcRenderer, webUtils } from 'electron';
import {
  PAGE_CALLS,
  PAGE_EVENTS,
  type CoreState,
  type ShellBridge,
  type ShellSession,
} from '#shared/ipc/channels.ts';

/**
 * What the page gets of the shell: one function a message. The page never sees ipcRenderer, a channel name or an
 * Electron event object; the shell checks every call again.
 */
const bridge: ShellBridge = {
  platform: process.platform,
  // Each `as` names what the shell's contract (page-messages.ts) answers on this channel.
  session: () => ipcRenderer.invoke(PAGE_CALLS.session) as Promise<ShellSession>,
  openEvidence: () => ipcRenderer.invoke(PAGE_CALLS.openEvidence) as Promise<string[]>,
  openEvidenceFolder: () => ipcRenderer.invoke(PAGE_CALLS.openEvidenceFolder) as Promise<string[]>,
  openReference: (url) => ipcRenderer.invoke(PAGE_CALLS.openReference, url) as Promise<boolean>,
  pathForFile: (file) => webUtils.getPathForFile(file as Parameters<typeof webUtils.getPathForFile>[0]),
  onOpenEvidence(callback) {
    const fetch = async (): Promise<void> => {
      const paths = (await ipcRenderer.invoke(PAGE_CALLS.takeOpened)) as string[];
      if (paths.length > 0) callback(paths);
    };
    const listener = (): void => void fetch();
    ipcRenderer.on(PAGE_EVENTS.evidenceOpened, listener);
    // What was opened before the page was there to listen.
    void fetch();
    return () => ipcRenderer.off(PAGE_EVENTS.evidenceOpened, listener);
  },
  onCoreState(callback) {
    const listener = (_event: unknown, state: CoreState): void => callback(state);
    ipcRenderer.on(PAGE_EVENTS.coreState, listener);
    return () => ipcRenderer.off(PAGE_EVENTS.coreState, listener);
  },
};

contextBridge.exposeInMainWorld('harrier', bridge);
