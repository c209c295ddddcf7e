import { Button, Popover, TextInput } from '@mantine/core';
import { useState, type SyntheticEvent } from 'react';
import styles from './RuleSettings.module.css';

interface NewNameProps {
  readonly label: string;
  readonly action: string;
  readonly pattern: RegExp;
  /** What a name must be like. */
  readonly hint: string;
  readonly onDone: (name: string) => void;
}

/** A button that asks for the name of something new. */
export function NewName({ label, action, pattern, hint, onDone }: NewNameProps) {
  const [isOpen, setOpen] = useState(false);
  const [name, setName] = useState('');
  const isValid = pattern.test(name.trim());
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!isValid) return;
    onDone(name.trim());
    setName('');
    setOpen(false);
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" trapFocus withRoles={false}>
      <Popover.Target>
        <Button onClick={() => setOpen(!isOpen)} aria-expanded={isOpen}>
          {action}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <form className={styles.tools} onSubmit={submit}>
          <TextInput
            data-autofocus
            aria-label={label}
            placeholder={hint}
            value={name}
            spellCheck={false}
            autoComplete="off"
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Button type="submit" variant="filled" disabled={!isValid}>
            Add
          </Button>
        </form>
      </Popover.Dropdown>
    </Popover>
  );
}
