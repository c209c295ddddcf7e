import { Button } from '@mantine/core';
import type { AlertWire } from '#shared/contract/alerts.ts';
import { VERDICTS } from '#shared/model/feedback.ts';
import { useApi } from '../../api/queries.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { VERDICT_WORDS } from './status-words.ts';
import type { Verdicts } from './use-verdicts.ts';
import styles from './VerdictButtons.module.css';

interface VerdictButtonsProps {
  readonly alert: AlertWire;
  readonly verdicts: Verdicts;
}

/** Was the alert right? The newest verdict, who gave it, and a button for each. */
export function VerdictButtons({ alert, verdicts }: VerdictButtonsProps) {
  const { data } = useApi('listFeedback', { params: { alert_id: alert.id }, query: { limit: 1 } });
  const newest = data?.items[0];
  return (
    <>
      <div className={styles.buttons} role="group" aria-label="Verdict">
        {VERDICTS.map((verdict, index) => (
          <Button
            key={verdict}
            aria-pressed={newest?.feedback === verdict}
            variant={newest?.feedback === verdict ? 'filled' : 'default'}
            rightSection={<KeyCaps keys={String(index + 1)} />}
            onClick={() => verdicts.give(alert, verdict)}
          >
            {VERDICT_WORDS[verdict]}
          </Button>
        ))}
      </div>
      {newest === undefined ? (
        <p className={styles.said}>Nobody has said yet whether this alert was right.</p>
      ) : (
        <p className={styles.said}>
          <HostileText text={newest.actor} /> · <TimeText time={newest.ts} />
          {newest.note !== '' && (
            <>
              {' · '}
              <HostileText text={newest.note} />
            </>
          )}
          {(data?.total ?? 0) > 1 && ` · ${String(data?.total)} verdicts in all`}
        </p>
      )}
    </>
  );
}
