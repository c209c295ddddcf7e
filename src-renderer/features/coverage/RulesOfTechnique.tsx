import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useApi, useApiMutation } from '../../api/queries.ts';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { toastWithUndo } from '../../ui/toast.ts';
import { ruleLink, scheduledLink } from '../../workbench/links.ts';
import styles from './TechniqueFlyout.module.css';

const SHOWN_RULES = 100;

const CHANGED_BY_SWITCHES = ['listRules', 'getRule', 'attackCoverage', 'getEngine'] as const;

/** Rules of a technique and of its sub-techniques, those that fired most first; switches on all that are off. */
export function RulesOfTechnique({ technique }: { readonly technique: string }) {
  const { data, error, refetch } = useApi('listRules', {
    query: { technique, sort: 'fired', limit: SHOWN_RULES },
  });
  const scheduled = useApi('listDetectionRules', { query: { limit: 500 } }).data?.items.filter((rule) =>
    rule.mitre_techniques.some((id) => id === technique || id.startsWith(`${technique}.`)),
  );
  const disabled = useApi('listRules', { query: { technique, enabled: 'false', limit: 1 } });
  const bulk = useApiMutation('changeRules', { invalidates: CHANGED_BY_SWITCHES });
  const enableAll = () =>
    bulk.mutate(
      { body: { filter: { technique, enabled: 'false' }, enabled: true } },
      {
        onSuccess: ({ rule_ids: ids }) =>
          toastWithUndo(`Enabled ${formatNoun(ids.length, 'rule')} of ${technique}`, () =>
            bulk.mutate({ body: { ids, enabled: false } }),
          ),
      },
    );
  if (error !== null && data === undefined) {
    return (
      <ErrorState compact title="Rules could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={6} />;
  const off = disabled.data?.total ?? 0;
  return (
    <section className={styles.section} aria-label="Rules">
      <div className={styles.rulesHead}>
        <h2>{formatNoun(data.total + (scheduled?.length ?? 0), 'rule')}</h2>
        {off > 0 && (
          <Button loading={bulk.isPending} onClick={enableAll}>
            Enable all {formatCount(off)} disabled
          </Button>
        )}
      </div>
      {bulk.error !== null && <ErrorState compact title="The rules were not enabled" error={bulk.error} />}
      {data.total === 0 && (scheduled?.length ?? 0) === 0 && (
        <EmptyState
          compact
          cause="no-data"
          title="No rule is mapped to this technique"
          actions={<LinkButton link={{ to: '/rules/new', search: {} }}>New rule</LinkButton>}
        />
      )}
      <ul className={styles.list}>
        {scheduled?.map((rule) => (
          <li key={rule.id} className={styles.rule} data-enabled={rule.enabled && rule.schedule_enabled}>
            <SeverityBadge level={rule.alert_severity} iconOnly />
            <Link className={styles.name} {...scheduledLink(rule.id)}>
              <HostileText text={rule.name} />
            </Link>
            <span className={styles.count}>
              {rule.enabled && rule.schedule_enabled ? 'scheduled' : 'off'}
            </span>
          </li>
        ))}
        {data.items.map((rule) => (
          <li key={rule.id} className={styles.rule} data-enabled={rule.enabled}>
            <SeverityBadge level={rule.level} iconOnly />
            <Link className={styles.name} {...ruleLink(rule.id)}>
              <HostileText text={rule.title} />
            </Link>
            <span className={styles.count}>
              {!rule.enabled && 'off'}
              {rule.enabled && rule.fired > 0 && `fired ${formatCount(rule.fired)}`}
            </span>
          </li>
        ))}
      </ul>
      {data.total > data.items.length && (
        <p className={styles.quiet}>The first {formatCount(data.items.length)}, by how often they fired.</p>
      )}
    </section>
  );
}
