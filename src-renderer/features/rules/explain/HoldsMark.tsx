import { Check, X } from 'lucide-react';
import styles from './Explanation.module.css';

/** Whether a part of a rule is true of the event, as a sign and a word. */
export function HoldsMark({ holds }: { readonly holds: boolean }) {
  return (
    <span className={styles.holds} data-holds={holds}>
      {holds ? <Check aria-label="holds" role="img" /> : <X aria-label="does not hold" role="img" />}
    </span>
  );
}
