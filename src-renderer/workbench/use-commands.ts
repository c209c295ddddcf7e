import { useEffect, useRef, useSyncExternalStore } from 'react';
import { commands, type Command } from './commands.ts';

/**
 * Registers commands while the component is mounted. `make` may read the latest props and state: `run` and
 * `enabled` always see the last render. The set of ids must not change between renders.
 */
export function useCommands(list: readonly Command[]): void {
  const latest = useRef(list);
  useEffect(() => {
    latest.current = list;
  });
  const ids = list.map((command) => command.id).join(' ');
  useEffect(() => {
    const current = (id: string) => latest.current.find((command) => command.id === id);
    return commands.register(
      latest.current.map((command) => ({
        ...command,
        enabled: () => current(command.id)?.enabled?.() ?? true,
        run: () => current(command.id)?.run(),
      })),
    );
  }, [ids]);
}

/** Every command that is registered now. */
export function useCommandList(): readonly Command[] {
  return useSyncExternalStore(commands.subscribe, commands.list);
}
