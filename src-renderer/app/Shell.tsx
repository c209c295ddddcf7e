import { Outlet } from '@tanstack/react-router';
import { useEffect } from 'react';
import { commands } from '../workbench/commands.ts';
import { usePreferences } from '../workbench/preferences.ts';
import { AlertAnnouncer } from './AlertAnnouncer.tsx';
import { ConnectionBanner } from './ConnectionBanner.tsx';
import { Palette } from './Palette.tsx';
import { listenForKeys } from './key-listener.ts';
import { useShellCommands } from './shell-commands.ts';
import styles from './Shell.module.css';
import { ShortcutHelp } from './ShortcutHelp.tsx';
import { Sidebar } from './Sidebar.tsx';
import { TopBar } from './TopBar.tsx';
import { useOpenedEvidence } from './use-opened-evidence.ts';

/** The frame around every screen. */
export function Shell() {
  const characterKeys = usePreferences((preferences) => preferences.characterKeys);
  useEffect(() => {
    commands.characterKeys = characterKeys;
  }, [characterKeys]);
  useEffect(() => listenForKeys(commands, window), []);
  useShellCommands();
  useOpenedEvidence();
  return (
    <div className={styles.shell}>
      <a className={styles.skip} href="#main" onClick={focusMain}>
        Skip to content
      </a>
      <Sidebar />
      <div className={styles.column}>
        <TopBar />
        <ConnectionBanner />
        <main id="main" className={styles.main} tabIndex={-1}>
          <Outlet />
        </main>
      </div>
      <Palette />
      <ShortcutHelp />
      <AlertAnnouncer />
    </div>
  );
}

/** A fragment link would be taken for a route by the hash history. */
function focusMain(event: { preventDefault: () => void }): void {
  event.preventDefault();
  document.getElementById('main')?.focus();
}
