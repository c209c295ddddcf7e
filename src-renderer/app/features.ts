import { alertsFeature } from '../features/alerts/feature.ts';
import { coverageFeature } from '../features/coverage/feature.ts';
import { eventsFeature } from '../features/events/feature.ts';
import { importFeature } from '../features/import/feature.ts';
import { overviewFeature } from '../features/overview/feature.ts';
import { rulesFeature } from '../features/rules/feature.ts';
import { welcomeFeature } from '../features/welcome/feature.ts';
import { NAV_SECTIONS, type Feature, type NavEntry, type NavSection } from '../workbench/feature.ts';

/** Every screen of the workstation. One line per feature; the order inside a section is the sidebar's. */
export const features: readonly Feature[] = [
  overviewFeature,
  alertsFeature,
  eventsFeature,
  rulesFeature,
  coverageFeature,
  importFeature,
  welcomeFeature,
];

export interface NavGroup {
  readonly section: NavSection;
  readonly entries: readonly NavEntry[];
}

/** Sidebar sections that have at least one entry. */
export const navGroups: readonly NavGroup[] = NAV_SECTIONS.map((section) => ({
  section,
  entries: features.flatMap(({ nav }) => (nav?.section === section ? [nav] : [])),
})).filter((group) => group.entries.length > 0);

/** Sidebar entries from top to bottom: Alt+1 is the first. */
export const navEntries: readonly NavEntry[] = navGroups.flatMap((group) => group.entries);
