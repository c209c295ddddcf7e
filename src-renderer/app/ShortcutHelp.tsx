import { Modal, Switch } from '@mantine/core';
import { KeyCaps } from '../ui/KeyCaps.tsx';
import type { Command } from '../workbench/commands.ts';
import { usePreferences } from '../workbench/preferences.ts';
import { useCommandList } from '../workbench/use-commands.ts';
import { useShellState } from './shell-state.ts';
import styles from './ShortcutHelp.module.css';

/** Every shortcut that works on this screen, read from the registry. */
export function ShortcutHelp() {
  const opened = useShellState((state) => state.helpOpen);
  const characterKeys = usePreferences((preferences) => preferences.characterKeys);
  const withKeys = useCommandList().filter((command) => (command.keys?.length ?? 0) > 0);
  return (
    <Modal
      opened={opened}
      onClose={() => useShellState.setState({ helpOpen: false })}
      title="Keyboard shortcuts"
      size={820}
    >
      <div className={styles.groups}>
        {[...Map.groupBy(withKeys.toReversed(), groupOf)].map(([category, list]) => (
          <section key={category} className={styles.group}>
            <h3>{category}</h3>
            <dl>
              {list.map((command) => (
                <div key={command.id} className={styles.row}>
                  <dt>{command.title}</dt>
                  <dd>
                    {command.keys?.map((keys) => (
                      <KeyCaps key={keys} keys={keys} />
                    ))}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        ))}
      </div>
      <Switch
        className={styles.switch ?? ''}
        label="Single keys that work anywhere (?, /, g then a letter)"
        description="Off: they need a list or a chart in focus. Keys with Ctrl or Alt always work."
        checked={characterKeys}
        onChange={(event) => usePreferences.setState({ characterKeys: event.currentTarget.checked })}
      />
    </Modal>
  );
}

function groupOf(command: Command): string {
  return command.within === undefined ? command.category : `${command.category} (in focus)`;
}
