import type { ReactNode } from 'react';
import { HostileText } from './HostileText.tsx';
import styles from './KeyValueList.module.css';

export interface KeyValue {
  readonly key: string;
  readonly value: ReactNode;
  /** Buttons that appear on hover and focus. */
  readonly tools?: ReactNode;
}

/** Names and values in two aligned columns. Names may come from a log, so they are shown as hostile text. */
export function KeyValueList({
  items,
  label,
}: {
  readonly items: readonly KeyValue[];
  readonly label: string;
}) {
  return (
    <dl className={styles.list} aria-label={label}>
      {items.map((item) => (
        <div key={item.key} className={styles.row}>
          <dt className={styles.key}>
            <HostileText text={item.key} />
          </dt>
          <dd className={styles.value}>
            {item.value}
            {item.tools !== undefined && <span className={styles.tools}>{item.tools}</span>}
          </dd>
        </div>
      ))}
    </dl>
  );
}
