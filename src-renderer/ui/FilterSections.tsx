import { Button, Menu } from '@mantine/core';
import { ListFilter } from 'lucide-react';
import { Fragment } from 'react';
import type { FilterOption } from './FilterMenu.tsx';
import styles from './filters.module.css';

export interface FilterSection {
  /** Name of the filter in the address. */
  readonly id: string;
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly value: string | undefined;
}

interface FilterSectionsProps {
  readonly label: string;
  readonly sections: readonly FilterSection[];
  /** Undefined takes the filter away. */
  readonly onChange: (id: string, value: string | undefined) => void;
}

/** The filters that are used less, in one menu. Those in force stand beside it as tags of the screen. */
export function FilterSections({ label, sections, onChange }: FilterSectionsProps) {
  return (
    <Menu position="bottom-start">
      <Menu.Target>
        <Button leftSection={<ListFilter aria-hidden="true" />}>{label}</Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {sections.map(({ id, label: name, options, value }, index) => (
          <Fragment key={id}>
            {index > 0 && <Menu.Divider />}
            <Menu.Label>{name}</Menu.Label>
            {options.map((option) => {
              const isChosen = option.value === value;
              return (
                <Menu.CheckboxItem
                  key={option.value}
                  checked={isChosen}
                  aria-label={`${name}: ${option.label}`}
                  onChange={() => onChange(id, isChosen ? undefined : option.value)}
                >
                  {option.label}
                </Menu.CheckboxItem>
              );
            })}
          </Fragment>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
