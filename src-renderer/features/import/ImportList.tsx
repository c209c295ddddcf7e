import type { ImportWire } from '#shared/contract/imports.ts';
import { formatNoun } from '../../lib/numbers.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { importName, isActive, STATE_WORDS } from './import-words.ts';
import styles from './ImportScreen.module.css';

interface ImportListProps {
  readonly imports: readonly ImportWire[];
  readonly shownId: string | undefined;
  readonly onShow: (importId: string) => void;
}

/** Every import, newest first. */
export function ImportList({ imports, shownId, onShow }: ImportListProps) {
  return (
    <>
      <h2 className={styles.heading}>{formatNoun(imports.length, 'import')}</h2>
      <ul className={styles.list}>
        {imports.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={styles.item}
              aria-current={one.id === shownId}
              data-state={one.state}
              onClick={() => onShow(one.id)}
            >
              <span className={styles.name}>
                <HostileText text={importName(one)} maxLength={44} />
              </span>
              <span className={styles.count}>
                {isActive(one) || one.state === 'undone' || one.state === 'failed'
                  ? STATE_WORDS[one.state]
                  : formatNoun(one.report.events, 'event')}
              </span>
              <span className={styles.when}>
                <TimeText time={one.created_at} precision="second" />
              </span>
              <span className={styles.count}>
                {one.report.alerts > 0 && formatNoun(one.report.alerts, 'alert')}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
