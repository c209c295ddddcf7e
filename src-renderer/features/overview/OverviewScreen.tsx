import { useNavigate } from '@tanstack/react-router';
import { useEffect } from 'react';
import { useApi } from '../../api/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { ActivityPanel } from './ActivityPanel.tsx';
import { ImportsPanel } from './ImportsPanel.tsx';
import { OpenAlertsPanel } from './OpenAlertsPanel.tsx';
import styles from './OverviewScreen.module.css';
import { SourcesPanel } from './SourcesPanel.tsx';
import { Tiles } from './Tiles.tsx';
import { TopRulesPanel } from './TopRulesPanel.tsx';
import { useWelcomeOffer } from './welcome-offer.ts';

const REFRESH_MS = 10_000;

/** What flows in, what fired, what needs a look. Everything on it leads to the list behind it. */
export function OverviewScreen() {
  const { data: stats, error, refetch } = useApi('stats', {}, { refetchIntervalMs: REFRESH_MS });
  const navigate = useNavigate();
  const offerWelcome = useWelcomeOffer((state) => !state.wasMade);
  const isEmpty = stats?.events === 0 && stats.alerts === 0;
  useEffect(() => {
    if (!isEmpty || !offerWelcome) return;
    useWelcomeOffer.setState({ wasMade: true });
    void navigate({ to: '/welcome', replace: true });
  }, [isEmpty, offerWelcome, navigate]);

  if (stats === undefined) {
    return error === null ? (
      <SkeletonRows rows={24} />
    ) : (
      <ErrorState title="The overview could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  }
  return (
    <div className={styles.screen}>
      <Tiles stats={stats} />
      <ActivityPanel />
      <div className={styles.columns}>
        <OpenAlertsPanel />
        <TopRulesPanel />
      </div>
      <div className={styles.columns}>
        <SourcesPanel stats={stats} />
        <ImportsPanel />
      </div>
    </div>
  );
}
