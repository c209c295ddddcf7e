import { create } from 'zustand';

interface ShellState {
  readonly paletteOpen: boolean;
  readonly helpOpen: boolean;
}

export const useShellState = create<ShellState>()(() => ({ paletteOpen: false, helpOpen: false }));
