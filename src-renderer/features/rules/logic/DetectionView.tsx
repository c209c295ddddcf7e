import { Fragment, useState } from 'react';
import { HostileText } from '../../../ui/HostileText.tsx';
import { comparisonOf } from '../../../ui/comparison-words.ts';
import { Condition } from './Condition.tsx';
import styles from './Logic.module.css';
import type { DetectionLogic, LogicItem, LogicSelection } from './rule-logic.ts';

/** Lists of rules run to hundreds of values; these many show what kind they are. */
const SHOWN_VALUES = 8;

/** The condition, then each selection as a table of field, comparison and values. */
export function DetectionView({ logic }: { readonly logic: DetectionLogic }) {
  const [pointed, setPointed] = useState<readonly string[]>([]);
  const names = logic.selections.map(({ name }) => name);
  return (
    <div className={styles.logic}>
      {logic.conditions.map((condition, index) => (
        <Fragment key={index}>
          {index > 0 && <span className={styles.or}>or</span>}
          <Condition text={condition} names={names} onPoint={setPointed} />
        </Fragment>
      ))}
      {logic.selections.map((selection) => (
        <Selection key={selection.name} selection={selection} isPointed={pointed.includes(selection.name)} />
      ))}
    </div>
  );
}

interface SelectionProps {
  readonly selection: LogicSelection;
  /** The condition's word for it is under the pointer. */
  readonly isPointed: boolean;
}

function Selection({ selection: { name, alternatives }, isPointed }: SelectionProps) {
  return (
    <table className={styles.selection} data-pointed={isPointed}>
      <caption>
        <HostileText text={name} />
        {alternatives.length > 1 && <span>one of {alternatives.length}</span>}
      </caption>
      {alternatives.map((items, at) => (
        <tbody key={at}>
          {items.map((item, index) => (
            <tr key={index}>
              <th scope="row">
                {item.field === null ? <i>anywhere</i> : <HostileText text={item.field} maxLength={32} />}
              </th>
              <td className={styles.comparison}>{comparison(item)}</td>
              <td>
                <Values values={item.values} />
              </td>
            </tr>
          ))}
        </tbody>
      ))}
    </table>
  );
}

function comparison({ field, modifiers, values }: LogicItem): string {
  if (modifiers.includes('exists')) return values[0] === 'false' ? 'is missing' : 'exists';
  // A keyword is found wherever it stands in the record.
  return comparisonOf(field === null ? ['contains', ...modifiers] : modifiers, values.length);
}

function Values({ values }: { readonly values: readonly string[] }) {
  const [isOpen, setOpen] = useState(false);
  const shown = isOpen ? values : values.slice(0, SHOWN_VALUES);
  return (
    <>
      {shown.map((value, index) => (
        <code key={index} className={styles.value}>
          {value === '' ? '(empty)' : <HostileText text={value} />}
        </code>
      ))}
      {values.length > shown.length && (
        <button type="button" className={styles.more} onClick={() => setOpen(true)}>
          {values.length - shown.length} more
        </button>
      )}
    </>
  );
}
