import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { HostileText } from './HostileText.tsx';
import styles from './filters.module.css';

export interface FilterTagProps {
  readonly name: string;
  readonly value: string;
  readonly onRemove: () => void;
}

/** A filter that came with a link and has no control of its own: named, and removable. */
export function FilterTag({ name, value, onRemove }: FilterTagProps) {
  return (
    <span className={styles.tag}>
      <span className={styles.menuLabel}>{name}</span>
      <HostileText text={value} maxLength={40} />
      <ActionIcon size={20} aria-label={`Remove the filter ${name}`} onClick={onRemove}>
        <X />
      </ActionIcon>
    </span>
  );
}
