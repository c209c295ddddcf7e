import { CircleAlert, CircleCheck, CircleMinus, CircleX, type LucideIcon } from 'lucide-react';
import styles from './ComponentState.module.css';

export type StateWord = 'ok' | 'degraded' | 'down' | 'off';

const ICONS: Readonly<Record<StateWord, LucideIcon>> = {
  ok: CircleCheck,
  degraded: CircleAlert,
  down: CircleX,
  off: CircleMinus,
};

const WORDS: Readonly<Record<StateWord, string>> = {
  ok: 'OK',
  degraded: 'Degraded',
  down: 'Down',
  off: 'Off',
};

/** State of a receiver, a detector or the database: icon, word and colour. */
export function ComponentState({ state }: { readonly state: StateWord }) {
  const Icon = ICONS[state];
  return (
    <span className={styles.state} data-state={state}>
      <Icon aria-hidden="true" />
      {WORDS[state]}
    </span>
  );
}
