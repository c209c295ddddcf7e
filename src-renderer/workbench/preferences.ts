import { create } from 'zustand';
import { createJSONStorage, persist } from 'zustand/middleware';
import { UTC, type Zone } from '../lib/time.ts';

export type Density = 'compact' | 'default' | 'roomy';

export const ROW_HEIGHT_PX: Readonly<Record<Density, number>> = { compact: 24, default: 28, roomy: 34 };

/** What a table remembers: width by column id, order, and which are shown. */
export interface ColumnLayout {
  readonly widths: Readonly<Record<string, number>>;
  readonly order: readonly string[];
  readonly hidden: Readonly<Record<string, boolean>>;
}

interface Preferences {
  readonly zone: Zone;
  readonly density: Density;
  readonly sidebarFolded: boolean;
  /** Character keys that work anywhere (`?`, `/`, `g a`): WCAG 2.1.4 asks for a switch. */
  readonly characterKeys: boolean;
  /** Share of the width that a flyout takes, by kind of thing. */
  readonly flyoutShare: Readonly<Record<string, number>>;
  readonly columns: Readonly<Record<string, ColumnLayout>>;
  readonly recentQueries: readonly string[];
}

const RECENT_QUERIES = 12;

/** Choices of this person on this machine. Nothing about the evidence is kept here. */
export const usePreferences = create<Preferences>()(
  persist(
    (): Preferences => ({
      zone: UTC,
      density: 'default',
      sidebarFolded: false,
      characterKeys: true,
      flyoutShare: {},
      columns: {},
      recentQueries: [],
    }),
    { name: 'harrier.preferences', version: 1, storage: createJSONStorage(() => localStorage) },
  ),
);

/** Zone in which every time is shown. */
export function useZone(): Zone {
  return usePreferences((preferences) => preferences.zone);
}

/** Puts a query first among the recent ones. */
export function rememberQuery(query: string): void {
  if (query.trim() === '') return;
  usePreferences.setState((preferences) => ({
    recentQueries: [query, ...preferences.recentQueries.filter((other) => other !== query)].slice(
      0,
      RECENT_QUERIES,
    ),
  }));
}
