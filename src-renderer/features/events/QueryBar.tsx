import { ActionIcon, Menu, Tooltip } from '@mantine/core';
import { CircleAlert, CircleCheck, History, Search, X } from 'lucide-react';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { parseQuery } from '#shared/query/parser.ts';
import { hostileText } from '../../lib/hostile.ts';
import { rememberQuery, usePreferences } from '../../workbench/preferences.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import type { EventsActions, EventsView } from './events-view.ts';
import { FilterChips } from './FilterChips.tsx';
import styles from './QueryBar.module.css';

interface QueryBarProps {
  readonly view: EventsView;
  readonly actions: EventsActions;
}

/** The query as text, checked while typing and applied on Enter; below it the same query as chips. */
export function QueryBar({ view, actions }: QueryBarProps) {
  const [draft, setDraft] = useState(view.query);
  const input = useRef<HTMLInputElement>(null);
  const problemId = useId();
  useEffect(() => {
    setDraft(view.query);
  }, [view.query]);
  useCommands([
    {
      id: 'events.query',
      title: 'Go to the query',
      category: 'Events',
      keys: ['/', 'mod+f'],
      run: () => input.current?.select(),
    },
  ]);
  const parsed = parseQuery(draft);
  const apply = (query: string) => {
    rememberQuery(query);
    actions.setQuery(query);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && parsed.ok) {
      // The same query again means: look again.
      if (draft === view.query) actions.reload();
      else apply(draft);
    } else if (event.key === 'Escape') {
      setDraft(view.query);
      document.querySelector<HTMLElement>('[role="grid"]')?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <div className={styles.bar}>
      <div className={styles.box} data-valid={parsed.ok} data-changed={draft !== view.query}>
        <Search aria-hidden="true" />
        <input
          ref={input}
          className={styles.input}
          value={draft}
          placeholder="Filter events: powershell -enc, EventID:4625, host:DC-* NOT user:svc_*"
          aria-label="Query"
          aria-invalid={!parsed.ok}
          aria-describedby={parsed.ok ? undefined : problemId}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => setDraft(event.currentTarget.value)}
          onKeyDown={onKeyDown}
        />
        {draft !== '' &&
          (parsed.ok ? (
            <CircleCheck className={styles.valid} aria-label="The query is valid" />
          ) : (
            <CircleAlert className={styles.invalid} aria-label="The query is not valid" />
          ))}
        {draft !== '' && (
          <Tooltip label="Clear the query">
            <ActionIcon size={22} aria-label="Clear the query" onClick={() => apply('')}>
              <X />
            </ActionIcon>
          </Tooltip>
        )}
        <RecentQueries onChoose={apply} />
      </div>
      {!parsed.ok && (
        <div id={problemId} className={styles.problem} role="alert">
          <pre aria-hidden="true">{`${' '.repeat(parsed.position)}▲`}</pre>
          <p>
            {parsed.message} {parsed.hint}
          </p>
        </div>
      )}
      <FilterChips view={view} actions={actions} />
    </div>
  );
}

function RecentQueries({ onChoose }: { readonly onChoose: (query: string) => void }) {
  const recent = usePreferences((preferences) => preferences.recentQueries);
  return (
    <Menu width={420}>
      <Menu.Target>
        <Tooltip label="Recent queries">
          <ActionIcon size={22} aria-label="Recent queries" disabled={recent.length === 0}>
            <History />
          </ActionIcon>
        </Tooltip>
      </Menu.Target>
      <Menu.Dropdown>
        {recent.map((query) => (
          <Menu.Item key={query} className="mono" onClick={() => onChoose(query)}>
            {hostileText(query)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
