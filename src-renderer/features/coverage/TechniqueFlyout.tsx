import { Link } from '@tanstack/react-router';
import { useApi } from '../../api/queries.ts';
import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { Flyout } from '../../ui/Flyout.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { SeverityBadge } from '../../ui/Severity.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { alertsLink, ruleLink, rulesLink } from '../../workbench/links.ts';
import type { Coverage } from './matrix.ts';
import styles from './TechniqueFlyout.module.css';

interface TechniqueFlyoutProps {
  readonly technique: string;
  readonly coverage: Coverage;
  readonly onOpen: (technique: string) => void;
  readonly onClose: () => void;
}

const SHOWN_RULES = 100;

/** One technique: its tactics, what it counts, its sub-techniques and its rules. */
export function TechniqueFlyout({ technique, coverage, onOpen, onClose }: TechniqueFlyoutProps) {
  const cells = coverage.items.filter((cell) => cell.technique === technique);
  const first = cells[0];
  const subs = coverage.items.filter((cell) => cell.parent === technique && cell.tactic === first?.tactic);
  const names = new Map(coverage.tactics.map(({ tactic, name }) => [tactic, name]));
  const lastFired = cells
    .map(({ last_fired }) => last_fired ?? '')
    .sort()
    .at(-1);
  return (
    <Flyout
      kind="technique"
      label="Technique"
      onClose={onClose}
      title={
        <span className={styles.title}>
          <span className="mono">{technique}</span>
          <strong>{first?.name ?? 'Not in this release of ATT&CK'}</strong>
        </span>
      }
    >
      <div className={styles.facts}>
        <p>{cells.map(({ tactic }) => names.get(tactic) ?? tactic).join(', ')}</p>
        {first !== undefined && (
          <p className={styles.quiet}>
            {formatCount(first.enabled_count)} of {formatNoun(first.rule_count, 'rule')} on, fired{' '}
            {formatNoun(first.fired, 'time')}
            {lastFired !== undefined && lastFired !== '' && (
              <>
                , last at <TimeText time={lastFired} precision="second" />
              </>
            )}
          </p>
        )}
        <div className={styles.links}>
          <LinkButton link={rulesLink({ technique })}>Open in Rules</LinkButton>
          <LinkButton link={alertsLink({ technique, status: 'all' })}>Open its alerts</LinkButton>
        </div>
      </div>
      {subs.length > 0 && (
        <section className={styles.section} aria-label="Sub-techniques">
          <h2>Sub-techniques</h2>
          <ul className={styles.list}>
            {subs.map((sub) => (
              <li key={sub.technique}>
                <button type="button" className={styles.sub} onClick={() => onOpen(sub.technique)}>
                  <span className="mono">{sub.technique}</span>
                  <span className={styles.name}>{sub.name}</span>
                  <span className={styles.count}>
                    {sub.enabled_count === 0 ? '' : formatNoun(sub.enabled_count, 'rule')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <RulesOf technique={technique} />
    </Flyout>
  );
}

function RulesOf({ technique }: { readonly technique: string }) {
  const { data, error, refetch } = useApi('listRules', {
    query: { technique, sort: 'fired', limit: SHOWN_RULES },
  });
  if (error !== null && data === undefined) {
    return (
      <ErrorState compact title="Rules could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  if (data === undefined) return <SkeletonRows rows={6} />;
  return (
    <section className={styles.section} aria-label="Rules">
      <h2>{formatNoun(data.total, 'rule')}</h2>
      {data.total === 0 && (
        <EmptyState
          compact
          cause="no-data"
          title="No rule is mapped to this technique"
          actions={<LinkButton link={{ to: '/rules/new', search: {} }}>New rule</LinkButton>}
        />
      )}
      <ul className={styles.list}>
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
