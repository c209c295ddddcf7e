import { Tabs } from '@mantine/core';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useSearchParams, useSetSearch } from '../../../workbench/search-params.ts';
import { CasesTab } from '../cases/CasesTab.tsx';
import type { RuleChanges } from '../use-rules.ts';
import { HistoryTab } from './HistoryTab.tsx';
import { NotesTab } from './NotesTab.tsx';
import { OverviewTab } from './OverviewTab.tsx';
import { RuleControls } from './RuleControls.tsx';
import styles from './RuleDetail.module.css';
import { SourceTab } from './SourceTab.tsx';
import { TuningTab } from './TuningTab.tsx';

interface RuleDetailProps {
  readonly rule: RuleDetailWire;
  readonly changes: RuleChanges;
}

const TABS = [
  { id: 'overview', label: 'Overview', Panel: OverviewTab },
  { id: 'notes', label: 'Notes', Panel: NotesTab },
  { id: 'source', label: 'Source', Panel: SourceTab },
  { id: 'tuning', label: 'Tuning', Panel: TuningTab },
  { id: 'cases', label: 'Cases', Panel: CasesTab },
  { id: 'history', label: 'History', Panel: HistoryTab },
] as const;

/**
 * One rule: its switch and level on top, then what it is, the team's notes, its source, how it does, its cases and what happened to it
 * (RUL-2). The tab is in the address, so that it stays while one goes from rule to rule, and links lead to it.
 */
export function RuleDetail({ rule, changes }: RuleDetailProps) {
  const { tab } = useSearchParams();
  const setSearch = useSetSearch();
  const shown = TABS.find(({ id }) => id === tab) ?? TABS[0];
  return (
    <>
      <RuleControls rule={rule} changes={changes} />
      <Tabs
        value={shown.id}
        keepMounted={false}
        onChange={(next) => setSearch({ tab: next ?? undefined }, { replace: true })}
      >
        <Tabs.List className={styles.tabs ?? ''}>
          {TABS.map(({ id, label }) => (
            <Tabs.Tab key={id} value={id}>
              {label}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {TABS.map(({ id, Panel }) => (
          <Tabs.Panel key={id} value={id}>
            <Panel rule={rule} />
          </Tabs.Panel>
        ))}
      </Tabs>
    </>
  );
}
