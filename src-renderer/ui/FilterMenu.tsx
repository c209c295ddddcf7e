import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import styles from './filters.module.css';

export interface FilterOption {
  readonly value: string;
  readonly label: string;
}

export interface FilterMenuProps {
  /** What is filtered: "Status". */
  readonly label: string;
  readonly options: readonly FilterOption[];
  readonly values: readonly string[];
  readonly onChange: (values: readonly string[]) => void;
  /** Any number of values at once; otherwise one or none. */
  readonly multiple?: boolean;
}

/** A filter as a button that says what is chosen. Nothing chosen means everything. */
export function FilterMenu({ label, options, values, onChange, multiple = false }: FilterMenuProps) {
  const chosen = values.map((value) => options.find((option) => option.value === value)?.label ?? value);
  const toggle = (value: string) => {
    if (!multiple) onChange(values.includes(value) ? [] : [value]);
    else onChange(values.includes(value) ? values.filter((one) => one !== value) : [...values, value]);
  };
  return (
    <Menu position="bottom-start" closeOnItemClick={!multiple}>
      <Menu.Target>
        <Button
          className={styles.menuButton ?? ''}
          data-active={chosen.length > 0}
          rightSection={<ChevronDown aria-hidden="true" />}
        >
          <span className={styles.menuLabel}>{label}</span>
          {chosen.length > 0 && <span className={styles.menuValue}>{chosen.join(', ')}</span>}
        </Button>
      </Menu.Target>
      <Menu.Dropdown className={styles.menu ?? ''}>
        {options.map((option) => {
          const isChosen = values.includes(option.value);
          return (
            <Menu.CheckboxItem
              key={option.value}
              checked={isChosen}
              closeMenuOnClick={!multiple}
              onChange={() => toggle(option.value)}
            >
              {option.label}
            </Menu.CheckboxItem>
          );
        })}
        {values.length > 0 && (
          <>
            <Menu.Divider />
            <Menu.Item closeMenuOnClick onClick={() => onChange([])}>
              Any {label.toLowerCase()}
            </Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
