import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { AlertEntities } from './AlertEntities.tsx';
import { FireHistory } from './FireHistory.tsx';
import { FiltersOn } from './FiltersOn.tsx';
import styles from './TuningTab.module.css';

/** How the rule does: how often it fires, on what, how its alerts were judged, and what narrows it. */
export function TuningTab({ rule }: { readonly rule: RuleDetailWire }) {
  return (
    <>
      <FireHistory rule={rule} />
      <section className={styles.part} aria-label="Verdicts">
        <h2>Verdicts</h2>
        <p>{verdictText(rule)}</p>
      </section>
      <AlertEntities rule={rule} />
      {rule.kind !== 'filter' && <FiltersOn rule={rule} />}
    </>
  );
}

function verdictText({ verdicts, fired }: RuleDetailWire): string {
  const { true_positive: right, false_positive: wrong, benign } = verdicts;
  if (right + wrong + benign === 0) {
    return fired === 0 ? 'Nothing to judge: it has not fired.' : 'None of its alerts has been judged yet.';
  }
  return [formatNoun(right, 'true positive'), formatNoun(wrong, 'false positive'), `${benign} benign`].join(
    ', ',
  );
}
