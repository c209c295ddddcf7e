import { TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SeverityBadge } from '../../../ui/Severity.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { selectRules } from '../list/select-rules.ts';
import { useRules } from '../use-rules.ts';
import styles from './Picker.module.css';

interface RulePickerProps {
  readonly chosen: string | undefined;
  readonly onChoose: (ruleId: string) => void;
}

const SHOWN = 50;

/** Loaded rules by title, author, tag or id; one is chosen. Filters match nothing by themselves and are left out. */
export function RulePicker({ chosen, onChoose }: RulePickerProps) {
  const [text, setText] = useState('');
  const { data } = useRules();
  const found = useMemo(
    () => selectRules(data?.items ?? [], { q: text }).filter(({ kind }) => kind === 'sigma'),
    [data, text],
  );
  return (
    <div className={styles.picker}>
      <TextInput
        aria-label="Find a rule"
        placeholder="Find a rule: title, author, tag or id"
        value={text}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setText(event.currentTarget.value)}
      />
      {data === undefined && <SkeletonRows rows={5} />}
      <ul className={styles.items} aria-label="Rules">
        {found.slice(0, SHOWN).map((rule) => (
          <li key={rule.id}>
            <button
              type="button"
              className={styles.item}
              aria-pressed={rule.id === chosen}
              onClick={() => onChoose(rule.id)}
            >
              <SeverityBadge level={rule.level} iconOnly />
              <span className={styles.text}>
                <HostileText text={rule.title} />
              </span>
            </button>
          </li>
        ))}
      </ul>
      {found.length > SHOWN && (
        <p className={styles.more}>{found.length - SHOWN} more: type to narrow them down.</p>
      )}
    </div>
  );
}
