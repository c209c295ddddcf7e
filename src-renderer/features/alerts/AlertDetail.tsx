import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { formatSpan } from '../../lib/time.ts';
import { AttackLabel } from '../../ui/AttackLabel.tsx';
import { EntityChips } from '../../ui/EntityChips.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { alertsLink, ruleLink } from '../../workbench/links.ts';
import styles from './AlertDetail.module.css';
import { reasonOf } from './reason.ts';
import { aroundLink, RelatedEvents } from './RelatedEvents.tsx';
import { StatusButtons } from './StatusButtons.tsx';
import { KIND_WORDS } from './status-words.ts';
import type { Triage } from './use-triage.ts';
import type { Verdicts } from './use-verdicts.ts';
import { VerdictButtons } from './VerdictButtons.tsx';
import { WhyItFired } from './WhyItFired.tsx';

interface AlertDetailProps {
  readonly alert: AlertDetailWire;
  readonly triage: Triage;
  readonly verdicts: Verdicts;
}

/** Everything about one alert, in the order in which one asks (ALR-5). Two columns where there is room. */
export function AlertDetail({ alert, triage, verdicts }: AlertDetailProps) {
  const host = alert.events[0]?.host ?? '';
  return (
    <div className={styles.detail}>
      <StatusButtons alert={alert} triage={triage} />
      <div className={styles.columns}>
        <div className={styles.main}>
          <p className={styles.reason}>
            {reasonOf(alert).map((part, index) =>
              part.kind === 'text' ? (
                part.text
              ) : (
                <b key={index}>
                  <HostileText text={part.text} maxLength={80} />
                </b>
              ),
            )}
          </p>
          <Section title="Verdict">
            <VerdictButtons alert={alert} verdicts={verdicts} />
          </Section>
          {alert.evidence.matched.length > 0 && (
            <Section title="Why it fired">
              <WhyItFired matched={alert.evidence.matched} kind={alert.rule_kind} />
            </Section>
          )}
          <Section title="Entities">
            <EntityChips
              entities={alert.entities}
              timeMs={Date.parse(alert.first_seen)}
              host={host}
              row={alert}
            />
          </Section>
          <Section
            title={alert.count === 1 && alert.events.length < 2 ? 'Event' : 'Events'}
            action={<Link {...aroundLink(alert.first_seen, alert.last_seen, host)}>±15 min in Events</Link>}
          >
            <RelatedEvents alert={alert} />
          </Section>
        </div>
        <div className={styles.side}>
          <Section title="Occurrences">
            <Occurrences alert={alert} />
          </Section>
          {alert.attack !== null && (
            <Section title="ATT&CK">
              <AttackLabel {...alert.attack} />
            </Section>
          )}
          <Section title="Rule">
            <AboutRule alert={alert} />
          </Section>
        </div>
      </div>
    </div>
  );
}

interface SectionProps {
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Section({ title, action, children }: SectionProps) {
  return (
    <section className={styles.section} aria-label={title}>
      <header className={styles.heading}>
        <h2>{title}</h2>
        {action}
      </header>
      {children}
    </section>
  );
}

function Occurrences({ alert }: { readonly alert: AlertDetailWire }) {
  const spanMs = Date.parse(alert.last_seen) - Date.parse(alert.first_seen);
  return (
    <dl className={styles.facts}>
      <dt>Count</dt>
      <dd>
        {formatNoun(alert.count, 'time')}
        {spanMs > 0 && ` within ${formatSpan(spanMs)}`}
      </dd>
      <dt>First seen</dt>
      <dd>
        <TimeText time={alert.first_seen} />
      </dd>
      <dt>Last seen</dt>
      <dd>
        <TimeText time={alert.last_seen} />
      </dd>
      <dt>Folded by</dt>
      <dd className="mono">
        <HostileText text={alert.dedup_key} />
      </dd>
    </dl>
  );
}

function AboutRule({ alert }: { readonly alert: AlertDetailWire }) {
  const { rule } = alert;
  return (
    <>
      <p>
        {rule === null ? (
          <HostileText text={alert.rule_id} />
        ) : (
          <Link {...ruleLink(rule.id)}>
            <HostileText text={rule.title} />
          </Link>
        )}
      </p>
      {rule === null && <p className={styles.quiet}>This rule is not loaded any more.</p>}
      {rule !== null && rule.description !== '' && (
        <p className={styles.description}>
          <HostileText text={rule.description} layout="block" />
        </p>
      )}
      <p className={styles.quiet}>
        {KIND_WORDS[alert.rule_kind]}
        {alert.author !== '' && (
          <>
            {' · by '}
            <HostileText text={alert.author} />
          </>
        )}
      </p>
      <p className={styles.quiet}>
        <Link {...alertsLink({ rule: alert.rule_id, status: 'all' })}>All alerts of this rule</Link>
      </p>
      {rule !== null && (
        <p className={styles.quiet}>
          <Link {...ruleLink(rule.id, 'tuning')}>Tune detection</Link>
        </p>
      )}
    </>
  );
}
