import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { chipsOf, negateAt, removeAt } from '#shared/query/edit.ts';
import { hostileText } from '../../lib/hostile.ts';
import { middleTruncate } from '../../lib/truncate.ts';
import { SIDE_FILTERS, type EventsActions, type EventsView, type SideFilter } from './events-view.ts';
import styles from './FilterChips.module.css';

const SIDE_LABELS: Readonly<Record<SideFilter, string>> = {
  source: 'source',
  severity: 'severity at least',
  entity: 'entity',
  import_id: 'import',
};

interface FilterChipsProps {
  readonly view: EventsView;
  readonly actions: EventsActions;
}

/** Every active filter in one place, each to turn around or to take away. */
export function FilterChips({ view, actions }: FilterChipsProps) {
  if (!view.hasFilter) return null;
  return (
    <ul className={styles.chips} aria-label="Active filters">
      {SIDE_FILTERS.map((name) => {
        const value = view.side[name];
        return value === undefined ? null : (
          <li key={name} className={styles.chip}>
            <span className={styles.text}>
              {SIDE_LABELS[name]}: {hostileText(middleTruncate(value, 40))}
            </span>
            <Remove label={`Remove ${SIDE_LABELS[name]}`} onUse={() => actions.setSide(name, undefined)} />
          </li>
        );
      })}
      {chipsOf(view.query).map((chip, index) => (
        <li key={`${index} ${chip.text}`} className={styles.chip} data-negated={chip.negated}>
          <button
            type="button"
            className={styles.turn}
            title={chip.negated ? 'Excluded. Click to include' : 'Included. Click to exclude'}
            onClick={() => actions.setQuery(negateAt(view.query, index))}
          >
            {chip.negated && <b>NOT </b>}
            {hostileText(middleTruncate(chip.text, 60))}
          </button>
          <Remove
            label={`Remove ${hostileText(chip.text)}`}
            onUse={() => actions.setQuery(removeAt(view.query, index))}
          />
        </li>
      ))}
      <li>
        <button type="button" className={styles.clear} onClick={actions.clearFilters}>
          Clear all
        </button>
      </li>
    </ul>
  );
}

function Remove({ label, onUse }: { readonly label: string; readonly onUse: () => void }) {
  return (
    <ActionIcon size={20} aria-label={label} title={label} onClick={onUse}>
      <X />
    </ActionIcon>
  );
}
