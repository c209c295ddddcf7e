import { createSpotlight, type SpotlightStore } from '@mantine/spotlight';
import { useEffect } from 'react';
import { useShellState } from './shell-state.ts';

const [store, actions] = createSpotlight();

/** Lets the shell's own state open and close the palette. */
export function usePaletteStore(): SpotlightStore {
  const open = useShellState((state) => state.paletteOpen);
  useEffect(() => {
    if (open) actions.open();
    else actions.close();
  }, [open]);
  return store;
}
