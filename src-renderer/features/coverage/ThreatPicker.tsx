import { MultiSelect } from '@mantine/core';
import { ErrorState } from '../../ui/ErrorState.tsx';
import styles from './CoverageScreen.module.css';
import { useThreats } from './use-threats.ts';

interface ThreatPickerProps {
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
}

/** Matches that are listed at a time; typing narrows the 950. */
const LISTED = 40;

/** Groups and software whose techniques should be covered; found by name, alias or id. */
export function ThreatPicker({ values, onChange }: ThreatPickerProps) {
  const { data, error, refetch } = useThreats();
  if (error !== null && data === undefined)
    return (
      <ErrorState compact title="Groups could not be loaded" error={error} onRetry={() => void refetch()} />
    );
  const searched = new Map(
    data?.items.map(({ id, name, aliases }) => [id, [id, name, ...aliases].join('\n').toLowerCase()]),
  );
  const named = data?.items.map(({ id, name }) => ({ value: id, label: `${name} ${id}` })) ?? [];
  return (
    <MultiSelect
      size="xs"
      className={styles.threats ?? ''}
      aria-label="Groups and software"
      placeholder={values.length === 0 ? 'Group or software' : ''}
      data={named}
      value={[...values]}
      onChange={onChange}
      searchable
      clearable
      hidePickedOptions
      limit={LISTED}
      nothingFoundMessage="Nobody in ATT&CK is called so"
      filter={({ options, search, limit }) =>
        options
          .filter(
            (option) =>
              'value' in option && searched.get(option.value)?.includes(search.trim().toLowerCase()) === true,
          )
          .slice(0, limit)
      }
      comboboxProps={{ shadow: 'none' }}
    />
  );
}
