import { ActionIcon, Button, Popover, TextInput } from '@mantine/core';
import { Bookmark, Trash2 } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { useApi, useApiMutation } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { toastWithUndo } from '../../../ui/toast.ts';
import styles from './SavedFilters.module.css';

type Search = Readonly<Record<string, string>>;

interface SavedFiltersProps {
  /** Filters in force, as the address has them. */
  readonly search: Search;
  readonly onApply: (search: Search) => void;
}

const SCREEN = { screen: 'rules' } as const;

/** Filters by name: apply one, keep those in force, forget one. */
export function SavedFilters({ search, onApply }: SavedFiltersProps) {
  const [isOpen, setOpen] = useState(false);
  const { data, error } = useApi('listSavedViews', { params: SCREEN });
  const save = useApiMutation('saveView', { invalidates: ['listSavedViews'] });
  const forget = useApiMutation('deleteView', { invalidates: ['listSavedViews'] });
  const views = data?.items ?? [];
  const current = views.find((view) => isSame(view.search, search));
  const remove = (view: (typeof views)[number]) => {
    const params = { ...SCREEN, name: view.name };
    forget.mutate({ params });
    toastWithUndo(`Forgot the filter ${view.name}`, () =>
      save.mutate({ params, body: { search: view.search } }),
    );
  };
  return (
    <Popover opened={isOpen} onChange={setOpen} position="bottom-end" width={300} trapFocus returnFocus>
      <Popover.Target>
        <Button
          leftSection={<Bookmark aria-hidden="true" />}
          aria-label="Saved filters"
          onClick={() => setOpen(!isOpen)}
        >
          <span className={styles.current}>{current?.name ?? 'Saved'}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label="Saved filters" className={styles.dropdown ?? ''}>
        {views.length === 0 && <p className={styles.none}>No filters are saved yet.</p>}
        <ul className={styles.items}>
          {views.map((view) => (
            <li key={view.name}>
              <button
                type="button"
                className={styles.item}
                aria-pressed={view === current}
                onClick={() => {
                  onApply(view.search);
                  setOpen(false);
                }}
              >
                <HostileText text={view.name} maxLength={36} />
              </button>
              <ActionIcon aria-label={`Forget ${view.name}`} title="Forget" onClick={() => remove(view)}>
                <Trash2 />
              </ActionIcon>
            </li>
          ))}
        </ul>
        <SaveForm
          disabled={Object.keys(search).length === 0}
          onSave={(name) => save.mutate({ params: { ...SCREEN, name }, body: { search } })}
        />
        {[error, save.error, forget.error].map(
          (failure, index) =>
            failure !== null && (
              <ErrorState key={index} compact title="Saved filters failed" error={failure} />
            ),
        )}
      </Popover.Dropdown>
    </Popover>
  );
}

interface SaveFormProps {
  readonly disabled: boolean;
  readonly onSave: (name: string) => void;
}

function SaveForm({ disabled, onSave }: SaveFormProps) {
  const [name, setName] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    onSave(name.trim());
    setName('');
  };
  if (disabled) return <p className={styles.none}>Choose filters to save them under a name.</p>;
  return (
    <form className={styles.form} onSubmit={submit}>
      <TextInput
        aria-label="Name of the filters in force"
        placeholder="Name of these filters"
        maxLength={60}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Button type="submit" disabled={name.trim() === ''}>
        Save
      </Button>
    </form>
  );
}

function isSame(a: Search, b: Search): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
