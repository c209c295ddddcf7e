import { Button } from '@mantine/core';
import { RefreshCw, TriangleAlert } from 'lucide-react';
import type { EngineWire } from '#shared/contract/sigma-engine.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { formatSpan } from '../../../lib/time.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { ScheduledCount } from '../scheduled/ScheduledCount.tsx';
import styles from './EngineLine.module.css';
import { KIND_NOUNS } from './rule-words.ts';

interface EngineLineProps {
  readonly problemFiles: number;
  readonly onShowProblems: () => void;
  readonly onShowNeverMatches: () => void;
}

/** What the engine runs, what it refused and when it last read its rules. */
export function EngineLine({ problemFiles, onShowProblems, onShowNeverMatches }: EngineLineProps) {
  const { data: engine, error } = useApi('getEngine', {}, { keepPrevious: true });
  const reload = useApiMutation('reloadEngine', {
    invalidates: ['getEngine', 'listRules', 'getRule', 'attackCoverage'],
  });
  if (engine === undefined) {
    return error === null ? (
      <div className={styles.line} aria-hidden="true" />
    ) : (
      <ErrorState compact title="The state of the engine could not be loaded" error={error} />
    );
  }
  return (
    <section className={styles.line} aria-label="Engine">
      <Kinds engine={engine} />
      <ScheduledCount />
      {problemFiles > 0 && (
        <button type="button" className={styles.warning} onClick={onShowProblems}>
          {formatNoun(problemFiles, 'file')} with problems
        </button>
      )}
      {engine.rules.never_matches > 0 && (
        <button type="button" className={styles.link} onClick={onShowNeverMatches}>
          {formatNoun(engine.rules.never_matches, 'rule')} without data
        </button>
      )}
      <span className={styles.grow} />
      <LastReload engine={engine} />
      {reload.error !== null && <span className={styles.failure}>{reload.error.message}</span>}
      <Button
        variant="subtle"
        color="gray"
        size="compact-xs"
        leftSection={<RefreshCw aria-hidden="true" />}
        disabled={reload.isPending}
        onClick={() => reload.mutate({})}
      >
        {reload.isPending ? 'Reading rules' : 'Reload'}
      </Button>
    </section>
  );
}

function Kinds({ engine }: { readonly engine: EngineWire }) {
  const { by_kind: kinds, total, enabled } = engine.rules;
  return (
    <>
      <span>
        <b>{formatCount(enabled)}</b> of {formatNoun(total, 'rule')} on
      </span>
      {Object.entries(KIND_NOUNS).map(([kind, [one, many]]) => {
        const count = kinds[kind] ?? 0;
        return count === 0 ? null : <span key={kind}>{formatNoun(count, one, many)}</span>;
      })}
    </>
  );
}

/** When it went well it is a time; when not, it is the reason, and that the rules from before go on. */
function LastReload({ engine: { last_reload: last, loaded_at: loadedAt } }: { readonly engine: EngineWire }) {
  if (last.error !== null) {
    return (
      <span className={styles.failure} role="alert">
        <TriangleAlert aria-hidden="true" />
        <span>
          Reload failed: <HostileText text={last.error} maxLength={120} /> The rules of{' '}
          <TimeText time={loadedAt} precision="second" /> go on.
        </span>
      </span>
    );
  }
  return (
    <span>
      Read <TimeText time={last.at} ago /> in {formatSpan(Math.round(last.duration_ms))}
    </span>
  );
}
