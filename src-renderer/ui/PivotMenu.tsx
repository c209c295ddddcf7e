import { Menu } from '@mantine/core';
import { useRouter } from '@tanstack/react-router';
import { MAX_QUERY_LENGTH } from '#shared/contract/events.ts';
import { addFilter } from '#shared/query/edit.ts';
import { hostileText } from '../lib/hostile.ts';
import { middleTruncate } from '../lib/truncate.ts';
import { alertsLink, eventsLink } from '../workbench/links.ts';
import { absoluteRange } from '../workbench/time-range.ts';
import { copyText } from './copy-text.ts';
import { defang } from './defang.ts';
import styles from './PivotMenu.module.css';

/** What the menu is about: one value of one record. */
export interface PivotTarget {
  /** Field name in the query language; null when it cannot be filtered on. */
  readonly field: string | null;
  readonly value: string;
  /** Time of the record, for "around". */
  readonly timeMs: number | null;
  /** The record, for "Copy row as JSON". */
  readonly row: unknown;
  /** Host of the record: "around" stays on it. */
  readonly host?: string | undefined;
  /** Element beside which the menu opens. */
  readonly anchor: HTMLElement | null;
}

export interface PivotMenuProps {
  readonly target: PivotTarget | null;
  /** Query that "Filter for" and "Filter out" narrow; empty on screens without one. */
  readonly query: string;
  /** What a filter does; without it the Events screen opens with that query. */
  readonly onFilter?: (query: string) => void;
  readonly onClose: () => void;
}

const AROUND_MINUTES = [5, 15, 60] as const;

/** The pivot menu: the same items in the same order wherever a value is shown. */
export function PivotMenu({ target, query, onFilter, onClose }: PivotMenuProps) {
  return (
    <Menu
      opened={target !== null}
      onChange={(open) => !open && onClose()}
      width={280}
      position="bottom-start"
      returnFocus
      // With a transition, a menu asked for while the last one still closes would close with it.
      transitionProps={{ duration: 0 }}
    >
      <Menu.Target>
        <button
          type="button"
          className={styles.anchor}
          style={anchorStyle(target?.anchor ?? null)}
          tabIndex={-1}
          aria-hidden="true"
        />
      </Menu.Target>
      <Menu.Dropdown>
        {target !== null && <Items target={target} query={query} onFilter={onFilter} />}
      </Menu.Dropdown>
    </Menu>
  );
}

function anchorStyle(anchor: HTMLElement | null): Record<string, number> {
  const box = anchor?.getBoundingClientRect();
  return { left: box?.left ?? 0, top: box?.bottom ?? 0 };
}

interface ItemsProps {
  readonly target: PivotTarget;
  readonly query: string;
  readonly onFilter: PivotMenuProps['onFilter'];
}

/** One filter of the menu; a value too long for a query says so instead of failing. */
function FilterItem(props: {
  readonly label: string;
  readonly query: string;
  readonly onFilter: (query: string) => void;
}) {
  const { label, query, onFilter } = props;
  const isTooLong = query.length > MAX_QUERY_LENGTH;
  return (
    <Menu.Item
      disabled={isTooLong}
      rightSection={isTooLong ? 'too long for a filter' : undefined}
      onClick={() => onFilter(query)}
    >
      {label}
    </Menu.Item>
  );
}

function Items({ target, query, onFilter }: ItemsProps) {
  const router = useRouter();
  const { field, value, timeMs } = target;
  const filter = onFilter ?? ((text: string) => void router.navigate(eventsLink({ q: text })));
  return (
    <>
      <Menu.Label>
        {field === null ? '' : `${hostileText(field)}: `}
        {value === '' ? '(empty)' : hostileText(middleTruncate(value, 60))}
      </Menu.Label>
      {field !== null && (
        <>
          <FilterItem label="Filter for" query={addFilter(query, field, value, false)} onFilter={filter} />
          <FilterItem label="Filter out" query={addFilter(query, field, value, true)} onFilter={filter} />
          <FilterItem label="Only this" query={addFilter('', field, value, false)} onFilter={filter} />
          <Menu.Divider />
        </>
      )}
      <Menu.Item onClick={() => void router.navigate(alertsLink({ entity: value }))}>
        Related alerts
      </Menu.Item>
      {timeMs !== null &&
        AROUND_MINUTES.map((minutes) => (
          <Menu.Item
            key={minutes}
            onClick={() =>
              void router.navigate(
                eventsLink(
                  {
                    q:
                      target.host === undefined || target.host === ''
                        ? ''
                        : addFilter('', 'host', target.host, false),
                  },
                  absoluteRange(timeMs - minutes * 60_000, timeMs + minutes * 60_000),
                ),
              )
            }
          >
            {`±${minutes} minutes around${target.host === undefined || target.host === '' ? '' : ' on this host'}`}
          </Menu.Item>
        ))}
      <Menu.Divider />
      <Menu.Item onClick={() => void copyText(value)}>Copy value</Menu.Item>
      {field !== null && (
        <Menu.Item onClick={() => void copyText(addFilter('', field, value, false))}>
          Copy as filter
        </Menu.Item>
      )}
      <Menu.Item onClick={() => void copyText(JSON.stringify(target.row))}>Copy row as JSON</Menu.Item>
      <Menu.Item onClick={() => void copyText(defang(value))}>Copy defanged</Menu.Item>
    </>
  );
}
