import { ActionIcon, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useApi } from '../api/queries.ts';
import { formatCompact } from '../lib/numbers.ts';
import { classNames } from '../ui/class-names.ts';
import type { NavEntry } from '../workbench/feature.ts';
import { usePreferences } from '../workbench/preferences.ts';
import { BrandMark } from './BrandMark.tsx';
import { navEntries, navGroups } from './features.ts';
import styles from './Sidebar.module.css';

export function Sidebar() {
  const chosen = usePreferences((preferences) => preferences.sidebarFolded);
  const narrow = useMediaQuery('(max-width: 1099px)');
  const folded = chosen || narrow;
  const toggle = () => {
    usePreferences.setState({ sidebarFolded: !chosen });
  };
  return (
    <nav className={classNames(styles.sidebar, folded && styles.folded)} aria-label="Screens">
      <div className={styles.brand}>
        <BrandMark />
        {!folded && <span>Harrier</span>}
      </div>
      {navGroups.map((group) => (
        <div key={group.section} className={styles.group} role="group" aria-label={group.section}>
          <span className={styles.section} aria-hidden="true">
            {folded ? '' : group.section}
          </span>
          {group.entries.map((entry) => (
            <Entry key={entry.path} entry={entry} folded={folded} />
          ))}
        </div>
      ))}
      <span className={styles.grow} />
      {!narrow && (
        <Tooltip label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'} position="right">
          <ActionIcon
            className={styles.fold ?? ''}
            aria-label={folded ? 'Unfold the sidebar' : 'Fold the sidebar'}
            onClick={toggle}
          >
            {folded ? <PanelLeftOpen /> : <PanelLeftClose />}
          </ActionIcon>
        </Tooltip>
      )}
    </nav>
  );
}

function Entry({ entry, folded }: { readonly entry: NavEntry; readonly folded: boolean }) {
  const Icon = entry.icon;
  const digit = navEntries.indexOf(entry) + 1;
  return (
    <Tooltip label={`${entry.label} · Alt+${digit}`} position="right" openDelay={folded ? 100 : 800}>
      <Link
        to={entry.path}
        className={styles.entry}
        activeProps={{ 'data-active': true, 'aria-current': 'page' }}
        activeOptions={{ exact: entry.path === '/', includeSearch: false }}
        aria-label={folded ? entry.label : undefined}
      >
        <Icon aria-hidden="true" />
        {!folded && <span className={styles.label}>{entry.label}</span>}
        {entry.badge === 'open-alerts' && <OpenAlerts folded={folded} />}
      </Link>
    </Tooltip>
  );
}

/** Count of alerts that nobody has looked at, from the whole store whatever the time range. */
function OpenAlerts({ folded }: { readonly folded: boolean }) {
  const { data } = useApi(
    'listAlerts',
    { query: { status: 'new', limit: 1 } },
    { refetchIntervalMs: 30_000 },
  );
  if (data === undefined || data.total === 0) return null;
  const worst = (['critical', 'high', 'medium', 'low', 'informational'] as const).find(
    (level) => data.counts[level] > 0,
  );
  return (
    <span className={styles.badge} data-level={worst} title={`${data.total} new alerts`}>
      {folded ? '' : formatCompact(data.total)}
    </span>
  );
}
