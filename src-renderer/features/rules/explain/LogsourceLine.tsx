import type { RuleExplanationWire } from '#shared/contract/rule-explanation.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { sourceText } from '../list/select-rules.ts';
import styles from './Explanation.module.css';
import { HoldsMark } from './HoldsMark.tsx';

/** Whether the rule looks at events of this kind at all. */
export function LogsourceLine({ logsource }: { readonly logsource: RuleExplanationWire['logsource'] }) {
  const { accepted, rule, event, resolved_from: resolvedFrom } = logsource;
  return (
    <section aria-label="Log source">
      <h3 className={styles.heading}>Log source</h3>
      <p className={styles.node}>
        <HoldsMark holds={accepted} />
        <span>
          rule <HostileText text={sourceText({ logsource: rule }) || 'any'} />, event{' '}
          <HostileText text={sourceText({ logsource: event }) || 'unknown'} />
          {resolvedFrom !== '' && (
            <span className={styles.quiet}>
              {' '}
              (<HostileText text={resolvedFrom} />)
            </span>
          )}
        </span>
      </p>
    </section>
  );
}
