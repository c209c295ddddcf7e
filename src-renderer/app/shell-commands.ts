import { useMantineColorScheme } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useLive } from '../api/live.ts';
import { localZone, UTC } from '../lib/time.ts';
import type { Command } from '../workbench/commands.ts';
import { usePreferences, type Density } from '../workbench/preferences.ts';
import { useCommands } from '../workbench/use-commands.ts';
import { navEntries } from './features.ts';
import { useShellState } from './shell-state.ts';

/** Commands that work on every screen. */
export function useShellCommands(): void {
  const navigate = useNavigate();
  const { toggleColorScheme } = useMantineColorScheme();
  const go = (to: string) => () => void navigate({ to });
  const back = () => {
    window.history.back();
  };
  useCommands([
    ...navEntries.map((entry, index) => goCommand(entry, index, go(entry.path))),
    ...SHELL,
    ...VIEW,
    {
      id: 'view.theme',
      title: 'Switch between dark and light',
      category: 'View',
      keys: ['mod+shift+k'],
      inFields: true,
      run: toggleColorScheme,
    },
    { id: 'go.back', title: 'Go back', category: 'Go to', keys: ['alt+arrowleft'], run: back },
    { id: 'go.welcome', title: 'Welcome', category: 'Go to', run: go('/welcome') },
  ]);
}

function goCommand(entry: (typeof navEntries)[number], index: number, run: () => void): Command {
  return {
    id: `go.${entry.path}`,
    title: entry.label,
    category: 'Go to',
    keys: [
      ...(entry.goKey === undefined ? [] : [`g ${entry.goKey}`]),
      ...(index < 9 ? [`alt+${index + 1}`] : []),
    ],
    run,
  };
}

const SHELL: readonly Command[] = [
  {
    id: 'shell.palette',
    title: 'Commands',
    category: 'Help',
    keys: ['mod+k'],
    inFields: true,
    inPalette: false,
    run: () => useShellState.setState((state) => ({ paletteOpen: !state.paletteOpen })),
  },
  {
    id: 'shell.help',
    title: 'Keyboard shortcuts',
    category: 'Help',
    keys: ['?', 'mod+/'],
    run: () => useShellState.setState((state) => ({ helpOpen: !state.helpOpen })),
  },
];

function density(value: Density, title: string): Command {
  return {
    id: `view.density.${value}`,
    title,
    category: 'View',
    run: () => usePreferences.setState({ density: value }),
  };
}

const VIEW: readonly Command[] = [
  {
    id: 'view.sidebar',
    title: 'Fold or unfold the sidebar',
    category: 'View',
    keys: ['mod+b'],
    run: () => usePreferences.setState((state) => ({ sidebarFolded: !state.sidebarFolded })),
  },
  {
    id: 'view.zone',
    title: 'Switch times between UTC and local',
    category: 'View',
    run: () => usePreferences.setState((state) => ({ zone: state.zone === UTC ? localZone() : UTC })),
  },
  {
    id: 'view.live',
    title: 'Pause or resume live updates',
    category: 'View',
    keys: ['mod+shift+l'],
    inFields: true,
    run: () => useLive.setState((live) => ({ paused: !live.paused })),
  },
  density('compact', 'Rows: compact'),
  density('default', 'Rows: default'),
  density('roomy', 'Rows: roomy'),
];
