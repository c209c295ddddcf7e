import type { LucideIcon } from 'lucide-react';
import type { ComponentType } from 'react';

export const NAV_SECTIONS = ['Monitor', 'Triage', 'Investigate', 'Detect', 'Evidence', 'Administer'] as const;

export type NavSection = (typeof NAV_SECTIONS)[number];

/** The sidebar entry of a feature. Its place in the sidebar gives it Alt+1..9; `goKey` gives it `g` then a letter. */
export interface NavEntry {
  readonly section: NavSection;
  readonly label: string;
  readonly icon: LucideIcon;
  readonly path: string;
  readonly goKey?: string;
  /** Query key under which the sidebar finds a count to show beside the label. */
  readonly badge?: 'open-alerts';
}

export interface ScreenRoute {
  /** TanStack path: `/rules`, `/rules/$id`. */
  readonly path: string;
  /** Breadcrumb. */
  readonly title: string;
  /** Whether the screen follows the time range of the top bar. */
  readonly usesTimeRange: boolean;
  readonly load: () => Promise<ComponentType>;
}

/**
 * What a feature gives to the shell. `features/<name>/feature.ts` exports one; app/features.ts lists them; the
 * sidebar, the router, the palette and the shortcuts are made from that list.
 */
export interface Feature {
  readonly id: string;
  readonly nav?: NavEntry;
  readonly routes: readonly ScreenRoute[];
}
