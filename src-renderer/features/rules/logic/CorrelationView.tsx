import { HostileText } from '../../../ui/HostileText.tsx';
import { KeyValueList, type KeyValue } from '../../../ui/KeyValueList.tsx';
import styles from './Logic.module.css';
import type { CorrelationLogic } from './rule-logic.ts';
import { RuleReference } from './RuleReference.tsx';

const TYPE_WORDS: Readonly<Record<string, string>> = {
  event_count: 'Counts events',
  value_count: 'Counts distinct values',
  temporal: 'All of these, in any order',
  temporal_ordered: 'All of these, in this order',
  value_sum: 'Adds up values',
  value_avg: 'Average of values',
  value_percentile: 'Percentile of values',
  value_median: 'Median of values',
};

/** The chain of rules, then what is counted over them, by which fields and within which time. */
export function CorrelationView({ logic }: { readonly logic: CorrelationLogic }) {
  const isOrdered = logic.type === 'temporal_ordered';
  const List = isOrdered ? 'ol' : 'ul';
  return (
    <div className={styles.logic}>
      <p className={styles.lead}>{TYPE_WORDS[logic.type] ?? <HostileText text={logic.type} />}</p>
      <List className={styles.chain} aria-label="Rules">
        {logic.rules.map((rule, index) => (
          <li key={`${rule} ${index}`}>
            <RuleReference reference={rule} />
          </li>
        ))}
      </List>
      <div className={styles.facts}>
        <KeyValueList label="Correlation" items={facts(logic)} />
      </div>
    </div>
  );
}

function facts(logic: CorrelationLogic): readonly KeyValue[] {
  const list = (texts: readonly string[]) => <HostileText text={texts.join(', ')} />;
  const items: readonly (KeyValue | false)[] = [
    logic.condition !== '' && { key: 'Condition', value: <HostileText text={logic.condition} /> },
    logic.fields.length > 0 && { key: 'Of the field', value: list(logic.fields) },
    { key: 'For each', value: logic.groupBy.length === 0 ? 'everything together' : list(logic.groupBy) },
    { key: 'Within', value: <HostileText text={logic.timespan} /> },
    ...logic.aliases.map(([alias, fields]) => ({
      key: alias,
      value: <HostileText text={fields.map(([rule, field]) => `${field} of ${rule}`).join(', ')} />,
    })),
    {
      key: 'The rules alone',
      value: logic.generate ? 'make alerts as well' : 'make no alerts',
    },
  ];
  return items.filter((item) => item !== false);
}
