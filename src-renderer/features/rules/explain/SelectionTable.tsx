import { Fragment } from 'react';
import type { RuleExplanationWire } from '#shared/contract/rule-explanation.ts';
import { comparisonOf } from '../../../ui/comparison-words.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import styles from './Explanation.module.css';
import { HoldsMark } from './HoldsMark.tsx';

type Selection = RuleExplanationWire['selections'][number];
type Item = Selection['alternatives'][number]['items'][number];

const ROLE_WORDS: Readonly<Record<Selection['role'], string>> = {
  needed: '',
  excluding: 'excludes',
  unused: 'not in the condition',
};

/** Values of a list that are shown; the one that fits comes first. */
const SHOWN_VALUES = 4;

interface SelectionTableProps {
  readonly selection: Selection;
  readonly onGo: ((line: number, column: number) => void) | undefined;
}

/** One selection: what it asks of each field, and what the event has there. */
export function SelectionTable({ selection, onGo }: SelectionTableProps) {
  return (
    <table className={styles.selection}>
      <caption>
        <HoldsMark holds={selection.holds} />
        <span className="mono">
          <HostileText text={selection.name} />
        </span>
        <span className={styles.quiet}>{ROLE_WORDS[selection.role]}</span>
      </caption>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Rule</th>
          <th scope="col">Event</th>
        </tr>
      </thead>
      <tbody>
        {selection.alternatives.map(({ items }, at) => (
          <Fragment key={at}>
            {at > 0 && (
              <tr>
                <td colSpan={3} className={styles.quiet}>
                  or
                </td>
              </tr>
            )}
            {items.map((item, index) => (
              <ItemRow key={index} item={item} onGo={onGo} />
            ))}
          </Fragment>
        ))}
      </tbody>
    </table>
  );
}

function ItemRow({ item, onGo }: { readonly item: Item; readonly onGo: SelectionTableProps['onGo'] }) {
  return (
    <tr title={item.sentence}>
      <th scope="row">
        <HoldsMark holds={item.holds} />
        {onGo === undefined ? (
          <HostileText text={item.field ?? 'anywhere'} />
        ) : (
          <button type="button" className={styles.place} onClick={() => onGo(item.line, item.column)}>
            <HostileText text={item.field ?? 'anywhere'} />
          </button>
        )}
      </th>
      <td>
        <RuleValues item={item} />
      </td>
      <td>
        {item.exists || item.field === null ? (
          item.found.map((value, index) => (
            <HostileText
              key={index}
              text={value === '' ? '(empty)' : value}
              maxLength={400}
              layout="block"
              mark={item.fitting === null ? [] : [item.fitting.replaceAll('*', '')]}
            />
          ))
        ) : (
          <span className={styles.missing}>missing</span>
        )}
      </td>
    </tr>
  );
}

function RuleValues({
  item: { values, value_count: count, modifiers, fitting, field },
}: {
  readonly item: Item;
}) {
  const first = fitting === null ? values : [fitting, ...values.filter((value) => value !== fitting)];
  const shown = first.slice(0, SHOWN_VALUES);
  return (
    <>
      <span className={styles.comparison}>
        {comparisonOf(field === null ? ['contains', ...modifiers] : modifiers, count)}
      </span>
      {shown.map((value, index) => (
        <code key={index} data-fitting={value === fitting}>
          <HostileText text={value === '' ? '(empty)' : value} maxLength={120} />
        </code>
      ))}
      {count > shown.length && <span className={styles.quiet}>and {count - shown.length} more</span>}
    </>
  );
}
