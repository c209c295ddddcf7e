import { ALERT_STATUSES } from '#shared/model/alert.ts';
import type { Level } from '#shared/model/severity.ts';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { FilterTag } from '../../ui/FilterTag.tsx';
import { FilterText } from '../../ui/FilterText.tsx';
import { SeverityFilter } from '../../ui/SeverityFilter.tsx';
import { LINK_FILTERS, type AlertsActions, type AlertsView } from './alerts-view.ts';
import { STATUS_WORDS } from './status-words.ts';

interface AlertFiltersProps {
  readonly view: AlertsView;
  readonly actions: AlertsActions;
  readonly counts: Readonly<Partial<Record<Level, number>>> | undefined;
}

const LINK_LABELS = { rule: 'Rule', technique: 'Technique', entity: 'Entity', import_id: 'Import' } as const;

const STATUS_OPTIONS = ALERT_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] }));

/** Severity with counts, status, text, and whatever a link brought along. */
export function AlertFilters({ view, actions, counts }: AlertFiltersProps) {
  return (
    <FilterBar>
      <SeverityFilter
        label="Severity"
        counts={counts}
        values={view.severities}
        onChange={actions.setSeverities}
      />
      <FilterMenu
        label="Status"
        options={STATUS_OPTIONS}
        values={view.statuses}
        onChange={actions.setStatuses}
        multiple
      />
      <FilterText
        label="Filter alerts"
        placeholder="Title, rule or entity"
        value={view.text}
        onChange={actions.setText}
      />
      {LINK_FILTERS.map((name) => {
        const value = view.linked[name];
        return value === undefined ? null : (
          <FilterTag
            key={name}
            name={LINK_LABELS[name]}
            value={value}
            onRemove={() => actions.removeLinked(name)}
          />
        );
      })}
    </FilterBar>
  );
}
