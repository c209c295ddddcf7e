import { ActionIcon, Tooltip } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { ChevronDown, ChevronRight, Columns3, PanelLeftClose, PanelLeftOpen } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { EventWire } from '#shared/contract/events.ts';
import { formatPercent } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { useCommands } from '../../workbench/use-commands.ts';
import type { EventsView } from './events-view.ts';
import styles from './FieldList.module.css';
import { FieldValues } from './FieldValues.tsx';
import { fieldShares } from './record-fields.ts';

interface FieldListProps {
  readonly view: EventsView;
  /** Rows on which the shares are counted. */
  readonly sample: readonly EventWire[];
  readonly onNarrow: (field: string, value: string, negate: boolean) => void;
  readonly onToggleColumn: (field: string) => void;
}

/** Which fields the matching events have, how often, and their most frequent values (EVT-3). */
export function FieldList({ view, sample, onNarrow, onToggleColumn }: FieldListProps) {
  const narrow = useMediaQuery('(max-width: 1279px)', false, { getInitialValueInEffect: false });
  const [choice, setChoice] = useState<boolean | null>(null);
  const [search, setSearch] = useState('');
  const [opened, setOpened] = useState<string | null>(null);
  const shown = choice ?? (!narrow && view.openId === undefined);
  const toggle = () => setChoice(!shown);
  useCommands([
    { id: 'events.fields', title: 'Show or hide the field list', category: 'Events', run: toggle },
  ]);
  const shares = useMemo(() => fieldShares(sample), [sample]);
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const found = shares.filter(({ name }) => words.every((word) => name.toLowerCase().includes(word)));
  if (!shown) {
    return (
      <div className={styles.folded}>
        <Tooltip label="Show fields" position="right">
          <ActionIcon aria-label="Show fields" onClick={toggle}>
            <PanelLeftOpen />
          </ActionIcon>
        </Tooltip>
      </div>
    );
  }
  return (
    <aside className={styles.panel} aria-label="Fields">
      <header className={styles.header}>
        <input
          className={styles.search}
          value={search}
          placeholder={`Fields of ${sample.length} rows`}
          aria-label="Find a field"
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <Tooltip label="Hide fields">
          <ActionIcon size={24} aria-label="Hide fields" onClick={toggle}>
            <PanelLeftClose />
          </ActionIcon>
        </Tooltip>
      </header>
      <ul className={styles.list}>
        {found.map(({ name, count }) => {
          const isOpen = opened === name;
          const isColumn = view.addedColumns.includes(name);
          return (
            <li key={name}>
              <div className={styles.field}>
                <button
                  type="button"
                  className={styles.name}
                  aria-expanded={isOpen}
                  onClick={() => setOpened(isOpen ? null : name)}
                >
                  {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                  <HostileText text={name} maxLength={26} />
                </button>
                <span className={styles.share}>{formatPercent(count, sample.length)}</span>
                <ActionIcon
                  size={20}
                  className={styles.column ?? ''}
                  data-on={isColumn}
                  aria-pressed={isColumn}
                  aria-label={`Column ${name}`}
                  title={isColumn ? 'Remove the column' : 'Add as a column'}
                  onClick={() => onToggleColumn(name)}
                >
                  <Columns3 />
                </ActionIcon>
              </div>
              {isOpen && <FieldValues field={name} filter={view.filter} onNarrow={onNarrow} />}
            </li>
          );
        })}
      </ul>
    </aside>
  );
}
