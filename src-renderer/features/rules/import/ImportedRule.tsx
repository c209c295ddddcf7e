import { Flyout } from '../../../ui/Flyout.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { KeyValueList, type KeyValue } from '../../../ui/KeyValueList.tsx';
import { ProblemList } from '../ProblemList.tsx';
import type { ImportRow } from './import-columns.tsx';
import styles from './ImportRules.module.css';
import { OUTCOME_WORDS } from './outcome-words.ts';

/** One rule of an import: what becomes of it and every problem with its place. */
export function ImportedRule({ rule, onClose }: { readonly rule: ImportRow; readonly onClose: () => void }) {
  return (
    <Flyout
      kind="imported-rule"
      label="Imported rule"
      onClose={onClose}
      title={
        <strong>
          <HostileText text={rule.title === '' ? 'Without a title' : rule.title} />
        </strong>
      }
    >
      <KeyValueList label="Imported rule" items={facts(rule)} />
      {rule.problems.length > 0 && (
        <div className={styles.problems}>
          <ProblemList problems={rule.problems} />
        </div>
      )}
    </Flyout>
  );
}

function facts(rule: ImportRow): readonly KeyValue[] {
  const items: readonly (KeyValue | false)[] = [
    { key: 'Outcome', value: OUTCOME_WORDS[rule.outcome] },
    rule.reason !== '' && { key: 'Why', value: <HostileText text={rule.reason} /> },
    rule.changed_fields.length > 0 && {
      key: 'Changes',
      value: <HostileText text={rule.changed_fields.join(', ')} />,
    },
    rule.never_matches !== null && {
      key: 'Never matches',
      value: <HostileText text={rule.never_matches} />,
    },
    { key: 'File', value: <HostileText text={rule.file} /> },
    rule.rule_id !== null && { key: 'Id', value: <HostileText text={rule.rule_id} /> },
  ];
  return items.filter((item) => item !== false);
}
