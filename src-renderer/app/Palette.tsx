import { Spotlight } from '@mantine/spotlight';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { Search } from 'lucide-react';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import type { Command } from '../workbench/commands.ts';
import { eventsLink } from '../workbench/links.ts';
import { useCommandList } from '../workbench/use-commands.ts';
import styles from './Palette.module.css';
import { useShellState } from './shell-state.ts';
import { usePaletteStore } from './palette-store.ts';

/** Every command by name, and a search for whatever is typed or pasted. */
export function Palette() {
  const [query, setQuery] = useState('');
  const router = useRouter();
  const store = usePaletteStore();
  const found = matching(useCommandList(), query);
  const search = query.trim();
  return (
    <Spotlight.Root
      store={store}
      shortcut={null}
      query={query}
      onQueryChange={setQuery}
      onSpotlightClose={() => {
        setQuery('');
        useShellState.setState({ paletteOpen: false });
      }}
      maxHeight={420}
      overlayProps={{ backgroundOpacity: 0.45, blur: 0 }}
      scrollable
      className={styles.palette ?? ''}
    >
      <Spotlight.Search
        placeholder="Type a command, an address, a user, a hash"
        aria-label="Command"
        leftSection={<Search />}
      />
      <Spotlight.ActionsList>
        {groups(found).map(([category, list]) => (
          <Spotlight.ActionsGroup key={category} label={category}>
            {list.map((command) => (
              <Spotlight.Action key={command.id} onClick={command.run} className={styles.action ?? ''}>
                <span>{command.title}</span>
                {command.keys?.[0] !== undefined && <KeyCaps keys={command.keys[0]} />}
              </Spotlight.Action>
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {search !== '' && (
          <Spotlight.ActionsGroup label="Search">
            <Spotlight.Action
              className={styles.action ?? ''}
              onClick={() => void router.navigate(eventsLink({ q: search }))}
            >
              <span>
                Events with <b>{search}</b>
              </span>
            </Spotlight.Action>
          </Spotlight.ActionsGroup>
        )}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** Commands whose category and title hold every typed word. */
function matching(list: readonly Command[], query: string): readonly Command[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return list.filter((command) => {
    if (command.inPalette === false) return false;
    const text = `${command.category} ${command.title}`.toLowerCase();
    return words.every((word) => text.includes(word));
  });
}

function groups(list: readonly Command[]): readonly (readonly [string, readonly Command[]])[] {
  return [...Map.groupBy(list.toReversed(), (command) => command.category)];
}
