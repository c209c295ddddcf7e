import { ActionIcon } from '@mantine/core';
import { Search, X } from 'lucide-react';
import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import { useCommands } from '../workbench/use-commands.ts';
import styles from './filters.module.css';

export interface FilterTextProps {
  /** "Filter rules": label, and title of the command that goes there (`/`). */
  readonly label: string;
  readonly placeholder: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** Longer than the pause between two keys of a quick typist, short enough to feel immediate. */
const PAUSE_MS = 200;

/** Text that narrows a list while it is typed. Enter and Esc give the focus back to the list. */
export function FilterText({ label, placeholder, value, onChange }: FilterTextProps) {
  const [draft, setDraft] = useState(value);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    setDraft(value);
  }, [value]);
  useEffect(() => {
    if (draft === value) return undefined;
    const timer = setTimeout(() => onChange(draft), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [draft, value, onChange]);
  useCommands([
    {
      id: 'list.filter-text',
      title: label,
      category: 'List',
      keys: ['/', 'mod+f'],
      run: () => input.current?.select(),
    },
  ]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' && event.key !== 'Escape') return;
    if (event.key === 'Enter') onChange(draft);
    document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.search}>
      <Search aria-hidden="true" />
      <input
        ref={input}
        value={draft}
        placeholder={placeholder}
        aria-label={label}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setDraft(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      {draft !== '' && (
        <ActionIcon size={20} aria-label={`Clear: ${label}`} onClick={() => onChange('')}>
          <X />
        </ActionIcon>
      )}
    </div>
  );
}
