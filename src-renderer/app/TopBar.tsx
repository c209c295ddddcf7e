import { ActionIcon, Tooltip, useComputedColorScheme, useMantineColorScheme } from '@mantine/core';
import { Link, useMatches } from '@tanstack/react-router';
import { ChevronRight, CircleHelp, Command as CommandIcon, Moon, Sun } from 'lucide-react';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import { TimeRangePicker } from '../ui/TimeRangePicker.tsx';
import { ZoneChip } from '../ui/ZoneChip.tsx';
import { ConnectionState } from './ConnectionState.tsx';
import { navGroups } from './features.ts';
import { useShellState } from './shell-state.ts';
import styles from './TopBar.module.css';

interface ScreenMatch {
  readonly fullPath: string;
  readonly staticData: { readonly title?: string; readonly usesTimeRange?: boolean };
}

export function TopBar() {
  // Routes come from contributions, so their types are open; these two fields are set in router.tsx.
  const screen: ScreenMatch | undefined = useMatches().at(-1);
  return (
    <header className={styles.bar}>
      <Breadcrumb path={screen?.fullPath ?? ''} title={screen?.staticData.title ?? 'No such screen'} />
      <span className={styles.grow} />
      {screen?.staticData.usesTimeRange === true && <TimeRangePicker />}
      <ZoneChip />
      <ConnectionState />
      <button
        type="button"
        className={styles.palette}
        onClick={() => useShellState.setState({ paletteOpen: true })}
      >
        <CommandIcon aria-hidden="true" />
        <span>Commands</span>
        <KeyCaps keys="mod+k" />
      </button>
      <ThemeSwitch />
      <Tooltip label="Keyboard shortcuts · ?">
        <ActionIcon
          aria-label="Keyboard shortcuts"
          onClick={() => useShellState.setState({ helpOpen: true })}
        >
          <CircleHelp />
        </ActionIcon>
      </Tooltip>
    </header>
  );
}

function Breadcrumb({ path, title }: { readonly path: string; readonly title: string }) {
  const root = `/${path.split('/')[1] ?? ''}`;
  const group = navGroups.find((candidate) => candidate.entries.some((entry) => entry.path === root));
  const parent = path === root ? undefined : group?.entries.find((entry) => entry.path === root);
  return (
    <div className={styles.crumbs}>
      {group !== undefined && (
        <>
          <span className={styles.crumb}>{group.section}</span>
          <ChevronRight aria-hidden="true" />
        </>
      )}
      {parent !== undefined && (
        <>
          <Link to={parent.path} className={styles.crumb}>
            {parent.label}
          </Link>
          <ChevronRight aria-hidden="true" />
        </>
      )}
      <h1 className={styles.title}>{title}</h1>
    </div>
  );
}

function ThemeSwitch() {
  const scheme = useComputedColorScheme('dark');
  const { setColorScheme } = useMantineColorScheme();
  const next = scheme === 'dark' ? 'light' : 'dark';
  return (
    <Tooltip label={`Use the ${next} theme`}>
      <ActionIcon aria-label={`Use the ${next} theme`} onClick={() => setColorScheme(next)}>
        {scheme === 'dark' ? <Sun /> : <Moon />}
      </ActionIcon>
    </Tooltip>
  );
}
