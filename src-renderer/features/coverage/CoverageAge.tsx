import { ActionIcon, Tooltip } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import { useEffect, useState } from 'react';
import { asApiError } from '../../api/api-error.ts';
import { callApi } from '../../api/client.ts';
import { formatAgo } from '../../lib/time.ts';
import styles from './CoverageScreen.module.css';

/** The route is limited to ten calls a minute: one in six seconds never meets the limit. */
const PAUSE_MS = 6000;

interface CoverageAgeProps {
  /** ISO time at which the numbers were made. */
  readonly madeAt: string;
}

/** How old the numbers are, and a button that makes them anew; while it may not be used it counts down (ATT-6). */
export function CoverageAge({ madeAt }: CoverageAgeProps) {
  const client = useQueryClient();
  const nowMs = useSeconds();
  const [availableMs, setAvailableMs] = useState(0);
  const [failure, setFailure] = useState<string | null>(null);
  const waitSeconds = Math.max(0, Math.ceil((availableMs - nowMs) / 1000));
  const refresh = async () => {
    setAvailableMs(Date.now() + PAUSE_MS);
    try {
      const answer = await callApi('attackCoverage', { query: { refresh: 'true' } });
      client.setQueryData(['attackCoverage', {}], answer);
      setFailure(null);
    } catch (error) {
      const { message, retryAfterSeconds } = asApiError(error);
      setFailure(message);
      if (retryAfterSeconds !== null) setAvailableMs(Date.now() + retryAfterSeconds * 1000);
    }
  };
  const label = waitSeconds > 0 ? `Refresh in ${waitSeconds} s` : 'Refresh the numbers';
  return (
    <>
      counted {formatAgo(Date.parse(madeAt), nowMs)}
      <Tooltip label={label}>
        <ActionIcon
          size={20}
          aria-label={label}
          aria-disabled={waitSeconds > 0}
          onClick={() => {
            if (waitSeconds === 0) void refresh();
          }}
        >
          <RotateCw />
        </ActionIcon>
      </Tooltip>
      {waitSeconds > 0 && <span className={styles.countdown}>{waitSeconds} s</span>}
      {failure !== null && <span role="alert">{failure}</span>}
    </>
  );
}

/** The time, new each second. */
function useSeconds(): number {
  const [nowMs, setNowMs] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), 1000);
    return () => clearInterval(timer);
  }, []);
  return nowMs;
}
