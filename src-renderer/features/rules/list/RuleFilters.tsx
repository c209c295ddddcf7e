import type { RuleWire } from '#shared/contract/sigma.ts';
import { useApi } from '../../../api/queries.ts';
import { FilterBar } from '../../../ui/FilterBar.tsx';
import { FilterMenu, type FilterOption } from '../../../ui/FilterMenu.tsx';
import { FilterSections } from '../../../ui/FilterSections.tsx';
import { FilterTag } from '../../../ui/FilterTag.tsx';
import { FilterText } from '../../../ui/FilterText.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { SeverityFilter } from '../../../ui/SeverityFilter.tsx';
import { KIND_OPTIONS, MORE_FILTERS } from './filter-options.ts';
import { PlacesMenu } from './PlacesMenu.tsx';
import { SavedFilters } from './SavedFilters.tsx';
import { levelCounts, selectRules, type RuleFilter } from './select-rules.ts';

interface RuleFiltersProps {
  readonly filter: RuleFilter;
  readonly rules: readonly RuleWire[] | undefined;
  readonly onChange: (change: RuleFilter) => void;
  readonly onText: (text: string) => void;
  /** In place of all filters in force. */
  readonly onApply: (search: Readonly<Record<string, string>>) => void;
}

const NAMES_STALE_MS = 3_600_000;

/** Filters over the list: what is used most has a control of its own, the rest is in one menu. */
export function RuleFilters({ filter, rules, onChange, onText, onApply }: RuleFiltersProps) {
  const { data: coverage } = useApi('attackCoverage', {}, { staleMs: NAMES_STALE_MS });
  const tactics = coverage?.tactics.map(({ tactic, name }) => ({ value: tactic, label: name })) ?? [];
  const products = [...new Set(rules?.flatMap(({ logsource }) => logsource.product ?? []))].sort();
  // Counts are of the rules under the other filters, so that a level that is not chosen can still be judged.
  const counts = rules && levelCounts(selectRules(rules, { ...filter, level: undefined }));
  const one = (name: keyof RuleFilter, label: string, options: readonly FilterOption[]) => (
    <FilterMenu
      label={label}
      options={options}
      values={filter[name] === undefined ? [] : [filter[name]]}
      onChange={([value]) => onChange({ [name]: value })}
    />
  );
  const sections = MORE_FILTERS.map((section) => ({ ...section, value: filter[section.id] }));
  return (
    <FilterBar
      end={
        <>
          <SavedFilters search={searchOf(filter)} onApply={onApply} />
          <LinkButton link={{ to: '/rules/new', search: {} }} primary>
            New rule
          </LinkButton>
          <PlacesMenu />
        </>
      }
    >
      <FilterText
        label="Filter rules"
        placeholder="Title, author, tag or id"
        value={filter.q ?? ''}
        onChange={onText}
      />
      <SeverityFilter
        label="Level"
        counts={counts}
        values={(filter.level ?? '').split(',').filter(Boolean)}
        onChange={(levels) => onChange({ level: levels.join(',') })}
      />
      {one(
        'product',
        'Product',
        products.map((value) => ({ value, label: value })),
      )}
      {one('tactic', 'Tactic', tactics)}
      {one('kind', 'Kind', KIND_OPTIONS)}
      <FilterSections
        label="More"
        sections={sections}
        onChange={(name, value) => onChange({ [name]: value })}
      />
      {sections.map(
        ({ id, label, value, options }) =>
          value !== undefined && (
            <FilterTag
              key={id}
              name={label}
              value={options.find((option) => option.value === value)?.label ?? value}
              onRemove={() => onChange({ [id]: undefined })}
            />
          ),
      )}
      {filter.technique !== undefined && (
        <FilterTag
          name="Technique"
          value={filter.technique}
          onRemove={() => onChange({ technique: undefined })}
        />
      )}
    </FilterBar>
  );
}

/** The filters in force, as the address has them. */
function searchOf(filter: RuleFilter): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(filter).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
