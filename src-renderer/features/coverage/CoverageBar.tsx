import { Checkbox, SegmentedControl } from '@mantine/core';
import type { ReactNode } from 'react';
import { FilterBar } from '../../ui/FilterBar.tsx';
import { FilterMenu } from '../../ui/FilterMenu.tsx';
import { FilterText } from '../../ui/FilterText.tsx';
import {
  FIRED_WINDOWS,
  listParam,
  MODES,
  type CoverageMode,
  type FiredWindow,
  type MatrixChoice,
} from './coverage-choice.ts';
import styles from './CoverageScreen.module.css';
import { filterOptions } from './filter-options.ts';
import type { Coverage } from './matrix.ts';
import { ThreatPicker } from './ThreatPicker.tsx';

export type ChoiceChange = Readonly<Record<string, string | undefined>>;

interface CoverageBarProps {
  readonly coverage: Coverage;
  readonly choice: MatrixChoice;
  readonly onText: (text: string) => void;
  readonly onChange: (change: ChoiceChange) => void;
  /** Menus at the right end. */
  readonly end: ReactNode;
}

const MODE_LABELS: Readonly<Record<CoverageMode, string>> = {
  rules: 'Rules',
  fired: 'Fired',
  data: 'Data',
  gap: 'Gap',
};

const WINDOW_LABELS: Readonly<Record<FiredWindow, string>> = {
  all: 'All time',
  '24h': '24 h',
  '7d': '7 d',
  recency: 'Recency',
};

const ONLY_LABELS: Readonly<Record<CoverageMode, string>> = {
  rules: 'Only with rules',
  fired: 'Only fired',
  data: 'Only with data',
  gap: 'Only wanted',
};

/** What is shaded, which rules count, and which cells are shown. */
export function CoverageBar({ coverage, choice, onText, onChange, end }: CoverageBarProps) {
  const { mode, rules } = choice;
  const options = filterOptions(coverage);
  return (
    <FilterBar end={end}>
      <SegmentedControl
        size="xs"
        aria-label="Shade by"
        value={mode}
        data={MODES.map((value) => ({ value, label: MODE_LABELS[value] }))}
        onChange={(value) => onChange({ mode: value === 'rules' ? undefined : value })}
      />
      {mode === 'fired' && (
        <SegmentedControl
          size="xs"
          aria-label="Fires of"
          value={choice.window}
          data={FIRED_WINDOWS.map((value) => ({ value, label: WINDOW_LABELS[value] }))}
          onChange={(value) => onChange({ window: value === 'all' ? undefined : value })}
        />
      )}
      {mode === 'gap' && (
        <ThreatPicker
          values={choice.threats}
          onChange={(threats) => onChange({ threats: listParam(threats) })}
        />
      )}
      <FilterText label="Find a technique" placeholder="Name or id" value={choice.text} onChange={onText} />
      {RULE_FILTERS.map(({ param, label, property }) => (
        <FilterMenu
          key={param}
          label={label}
          multiple
          options={options[property]}
          values={rules[property]}
          onChange={(values) => onChange({ [param]: listParam(values) })}
        />
      ))}
      <FilterMenu
        label="Rules"
        options={ENABLED_OPTIONS}
        values={rules.enabled === null ? [] : [rules.enabled]}
        onChange={([enabled]) => onChange({ enabled })}
      />
      <span className={styles.choices}>
        <Checkbox
          size="xs"
          label={ONLY_LABELS[mode]}
          checked={choice.onlyMarked}
          onChange={(event) => onChange({ covered: event.currentTarget.checked ? 'true' : undefined })}
        />
        <Checkbox
          size="xs"
          label="Sub-techniques"
          checked={choice.allOpen}
          onChange={(event) => onChange({ subs: event.currentTarget.checked ? 'true' : undefined })}
        />
      </span>
    </FilterBar>
  );
}

/** Filters of the rules that count: name in the address, on the screen, and in the choice. */
const RULE_FILTERS = [
  { param: 'status', label: 'Status', property: 'statuses' },
  { param: 'origin', label: 'Origin', property: 'origins' },
  { param: 'kind', label: 'Kind', property: 'kinds' },
] as const;

const ENABLED_OPTIONS = [
  { value: 'true', label: 'On' },
  { value: 'false', label: 'Off' },
];
