import { ActionIcon, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { Maximize2 } from 'lucide-react';
import { useApi } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { Flyout } from '../../../ui/Flyout.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { ruleLink } from '../../../workbench/links.ts';
import { RuleDetail } from './RuleDetail.tsx';
import styles from './RuleDetail.module.css';
import type { RuleChanges } from '../use-rules.ts';

interface RuleFlyoutProps {
  readonly id: string;
  readonly changes: RuleChanges;
  readonly onClose: () => void;
}

/** One rule beside the list. */
export function RuleFlyout({ id, changes, onClose }: RuleFlyoutProps) {
  const {
    data: rule,
    error,
    refetch,
  } = useApi('getRule', { params: { rule_id: id } }, { keepPrevious: true });
  return (
    <Flyout
      kind="rule"
      label="Rule"
      onClose={onClose}
      title={
        rule !== undefined && (
          <span className={styles.title}>
            <SeverityBadge level={rule.level} />
            <strong>
              <HostileText text={rule.title} />
            </strong>
          </span>
        )
      }
      tools={
        <Tooltip label="Open as a page · Shift+Enter">
          <ActionIcon
            aria-label="Open as a page"
            renderRoot={(props) => <Link {...ruleLink(id)} {...props} />}
          >
            <Maximize2 />
          </ActionIcon>
        </Tooltip>
      }
    >
      {error !== null && rule === undefined && (
        <ErrorState title="The rule could not be loaded" error={error} onRetry={() => void refetch()} />
      )}
      {error === null && rule === undefined && <SkeletonRows />}
      {rule !== undefined && <RuleDetail key={rule.id} rule={rule} changes={changes} />}
    </Flyout>
  );
}
