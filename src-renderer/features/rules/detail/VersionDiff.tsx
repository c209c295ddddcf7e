import { Button } from '@mantine/core';
import { useState } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { DiffView } from '../../../ui/DiffView.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { toast } from '../../../ui/toast.ts';
import { ReasonDialog } from '../ReasonDialog.tsx';
import { RULE_TEXT_READERS } from '../use-rules.ts';
import styles from './HistoryTab.module.css';

interface VersionDiffProps {
  readonly rule: RuleDetailWire;
  readonly version: number;
}

/** What one version changed, against the text before it; an earlier text can be saved again. */
export function VersionDiff({ rule, version }: VersionDiffProps) {
  const [isAsking, setAsking] = useState(false);
  const { data, error } = useApi('ruleVersion', { params: { rule_id: rule.id, version } });
  const restore = useApiMutation('restoreRule', { invalidates: RULE_TEXT_READERS });
  if (error !== null) return <ErrorState compact title="The version could not be loaded" error={error} />;
  if (data === undefined) return <SkeletonRows rows={3} />;
  const text = data.yaml;
  if (text === null)
    return <p className={styles.note}>The text then was that of its file, which is not kept here.</p>;
  const isCurrent = text === rule.yaml_source;
  return (
    <div className={styles.diff}>
      <div className={styles.tools}>
        <span>
          {data.previous_version === null
            ? 'The first text that is kept'
            : `Against version ${data.previous_version}`}
        </span>
        {isCurrent ? (
          <span>This is the text in force</span>
        ) : (
          <Button size="compact-xs" onClick={() => setAsking(true)}>
            Restore this text
          </Button>
        )}
      </div>
      <DiffView before={data.previous_yaml ?? text} after={text} label={`Text of version ${version}`} />
      {isAsking && (
        <ReasonDialog
          title={`Restore version ${version}`}
          explanation="Its text runs from now on, as a new version. The history keeps what runs now."
          action="Restore"
          isBusy={restore.isPending}
          error={restore.error}
          onDone={(reason) =>
            restore.mutate(
              { params: { rule_id: rule.id }, body: { version, reason } },
              {
                onSuccess: () => {
                  setAsking(false);
                  toast(`Version ${version} runs again.`);
                },
              },
            )
          }
          onClose={() => setAsking(false)}
        />
      )}
    </div>
  );
}
