import { useMemo } from 'react';
import type { AlertWire } from '#shared/contract/alerts.ts';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { BarList } from '../../../ui/BarList.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { alertsLink } from '../../../workbench/links.ts';
import { topEntities } from './top-entities.ts';
import styles from './TuningTab.module.css';

/** Alerts that are looked through: what makes a rule loud shows in its newest ones. */
const SAMPLE = 200;

/** On whom and what the rule fires most: what an exclusion would be written for. */
export function AlertEntities({ rule }: { readonly rule: RuleDetailWire }) {
  const { data, error } = useApi('listAlerts', {
    query: { rule: rule.id, limit: SAMPLE },
  });
  const alerts: readonly AlertWire[] | undefined = data?.items;
  const groups = useMemo(() => topEntities(alerts ?? []), [alerts]);
  if (error !== null) {
    return <ErrorState compact title="Its alerts could not be loaded" error={error} />;
  }
  if (alerts === undefined) return <SkeletonRows rows={4} />;
  if (groups.length === 0) return null;
  return (
    <section className={styles.part} aria-label="Most frequent in its alerts">
      <h2>Most frequent in its newest {formatNoun(alerts.length, 'alert')}</h2>
      <div className={styles.groups}>
        {groups.map(({ type, values }) => (
          <div key={type}>
            <h3>{type}</h3>
            <BarList
              label={type}
              items={values.map(({ value, count }) => ({
                key: value,
                count,
                label: <HostileText text={value} maxLength={60} />,
                link: alertsLink({ rule: rule.id, status: 'all', entity: value }, {}),
              }))}
            />
          </div>
        ))}
      </div>
    </section>
  );
}
