import type { ReactNode } from 'react';
import { CircleSlash } from 'lucide-react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { AttackLabel } from '../../../ui/AttackLabel.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { KeyValueList, type KeyValue } from '../../../ui/KeyValueList.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { KIND_WORDS, ORIGIN_WORDS } from '../list/rule-words.ts';
import { sourceText } from '../list/select-rules.ts';
import { LogicView } from '../logic/LogicView.tsx';
import styles from './RuleDetail.module.css';

/** What the rule finds, how, and what it says of itself. */
export function OverviewTab({ rule }: { readonly rule: RuleDetailWire }) {
  return (
    <>
      {rule.never_matches !== null && (
        <p className={styles.noData}>
          <CircleSlash aria-hidden="true" />
          <HostileText text={rule.never_matches} />
        </p>
      )}
      {rule.description !== '' && (
        <p className={styles.description}>
          <HostileText text={rule.description} layout="block" />
        </p>
      )}
      <LogicView yaml={rule.yaml_source} id={rule.id} />
      <KeyValueList label="About the rule" items={aboutRule(rule)} />
    </>
  );
}

function aboutRule(rule: RuleDetailWire): readonly KeyValue[] {
  const dates = [rule.date, rule.modified === null ? null : `modified ${rule.modified}`].filter(
    (part) => part !== null,
  );
  const source = sourceText(rule);
  const items: readonly (KeyValue | false)[] = [
    source !== '' && { key: 'Log source', value: <HostileText text={source} /> },
    rule.attack.length > 0 && {
      key: 'ATT&CK',
      value: (
        <Lines>
          {rule.attack.map((ref) => (
            <AttackLabel key={`${ref.tactic ?? ''} ${ref.technique ?? ''}`} {...ref} />
          ))}
        </Lines>
      ),
    },
    rule.false_positives.length > 0 && textList('False positives', rule.false_positives),
    rule.references.length > 0 && {
      ...textList('References', rule.references),
      tools: <CopyButton size={22} value={rule.references.join('\n')} label="Copy references" />,
    },
    rule.fields.length > 0 && textList('Fields', rule.fields),
    rule.last_fired_at !== null && { key: 'Last fired', value: <TimeText time={rule.last_fired_at} /> },
    { key: 'Kind', value: KIND_WORDS[rule.kind] },
    rule.name !== null && { key: 'Name', value: <HostileText text={rule.name} /> },
    { key: 'Status', value: <HostileText text={rule.status} /> },
    rule.author !== '' && { key: 'Author', value: <HostileText text={rule.author} /> },
    dates.length > 0 && { key: 'Date', value: <HostileText text={dates.join(', ')} /> },
    { key: 'Origin', value: ORIGIN_WORDS[rule.origin] + (rule.edited ? ', edited here' : '') },
    rule.tags.length > 0 && { key: 'Tags', value: <HostileText text={rule.tags.join(', ')} /> },
    { key: 'Id', value: rule.id, tools: <CopyButton size={22} value={rule.id} label="Copy id" /> },
  ];
  return items.filter((item) => item !== false);
}

/** Texts of a rule one below the other. References too: they lead out, so they are copied and never followed. */
function textList(key: string, texts: readonly string[]): KeyValue {
  return {
    key,
    value: (
      <Lines>
        {texts.map((text, index) => (
          <HostileText key={index} text={text} />
        ))}
      </Lines>
    ),
  };
}

function Lines({ children }: { readonly children: ReactNode }) {
  return <span className={styles.lines}>{children}</span>;
}
