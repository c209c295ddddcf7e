import type { AlertDetailWire } from '#shared/contract/alerts.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { parseRulePattern, type RulePattern } from './rule-pattern.ts';
import styles from './WhyItFired.module.css';

type Matched = AlertDetailWire['evidence']['matched'];

interface WhyItFiredProps {
  readonly matched: Matched;
  readonly kind: AlertDetailWire['rule_kind'];
}

/** Each selection of the rule that was true: field, what the rule asks for, and the event's value with it marked. */
export function WhyItFired({ matched, kind }: WhyItFiredProps) {
  return (
    <table className={styles.table}>
      <thead>
        <tr>
          <th scope="col">Field</th>
          <th scope="col">Rule</th>
          <th scope="col">Value in the event</th>
        </tr>
      </thead>
      {matched.map(({ selection, fields }) => (
        <tbody key={selection}>
          <tr>
            <th colSpan={3} scope="rowgroup" className={styles.selection}>
              <HostileText text={selection} />
            </th>
          </tr>
          {fields.map(({ field, pattern, value }, index) => {
            const { comparison, words, marks } =
              kind === 'correlation' ? inWords(pattern) : parseRulePattern(pattern);
            return (
              <tr key={`${field} ${index}`}>
                <th scope="row" className={styles.field}>
                  <HostileText text={field} />
                </th>
                <td className={styles.pattern}>
                  {comparison !== '' && <span className={styles.comparison}>{comparison}</span>}
                  {words.map((word) => (
                    <code key={word}>
                      <HostileText text={word} />
                    </code>
                  ))}
                </td>
                <td className={styles.value}>
                  <HostileText text={value} mark={marks} layout="block" />
                </td>
              </tr>
            );
          })}
        </tbody>
      ))}
    </table>
  );
}

/** A correlation's pattern is a phrase of its own, about several events: nothing of it stands in one value. */
function inWords(pattern: string): RulePattern {
  return { comparison: '', words: [pattern], marks: [] };
}
