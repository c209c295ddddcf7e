import { Select, Switch, Tabs } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { isLevel } from '#shared/model/severity.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { AttackLabel } from '../../../ui/AttackLabel.tsx';
import { CodeView } from '../../../ui/CodeView.tsx';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { KeyValueList, type KeyValue } from '../../../ui/KeyValueList.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { alertsLink } from '../../../workbench/links.ts';
import { FireHistory } from './FireHistory.tsx';
import { ORIGIN_WORDS } from '../list/rule-words.ts';
import styles from './RuleDetail.module.css';
import { LEVEL_OPTIONS, sourceText } from '../list/select-rules.ts';
import type { RuleChanges } from '../use-rules.ts';

interface RuleDetailProps {
  readonly rule: RuleDetailWire;
  readonly changes: RuleChanges;
}

const OWN_LEVEL = 'own';

/** One rule: its switch and level on top, then what it is, its source and how often it fired (RUL-2). */
export function RuleDetail({ rule, changes }: RuleDetailProps) {
  return (
    <>
      <div className={styles.controls}>
        <Switch
          size="xs"
          withThumbIndicator={false}
          label={rule.enabled ? 'On' : 'Off'}
          checked={rule.enabled}
          onChange={(event) => changes.setEnabled(rule, event.currentTarget.checked)}
        />
        <LevelSelect rule={rule} changes={changes} />
        <span className={styles.grow} />
        {rule.fired > 0 && (
          <Link {...alertsLink({ rule: rule.id, status: 'all' }, {})}>
            Fired {formatNoun(rule.fired, 'time')}
          </Link>
        )}
      </div>
      <Tabs defaultValue="overview" keepMounted={false}>
        <Tabs.List className={styles.tabs ?? ''}>
          <Tabs.Tab value="overview">Overview</Tabs.Tab>
          <Tabs.Tab value="source">Source</Tabs.Tab>
          <Tabs.Tab value="history">Fire history</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="overview">
          <Overview rule={rule} />
        </Tabs.Panel>
        <Tabs.Panel value="source">
          <div className={styles.sourceTools}>
            <span className={styles.file}>
              <HostileText text={rule.file} maxLength={80} />
            </span>
            <LinkButton link={{ to: '/rules/new', search: { from: rule.id } }}>Copy to a new rule</LinkButton>
          </div>
          <CodeView text={rule.yaml_source} language="yaml" label="rule source" />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <FireHistory rule={rule} />
        </Tabs.Panel>
      </Tabs>
    </>
  );
}

function LevelSelect({ rule, changes }: RuleDetailProps) {
  const own = rule.level_override === null ? ` (${rule.level})` : '';
  return (
    <Select
      aria-label="Level of its alerts"
      className={styles.level ?? ''}
      allowDeselect={false}
      value={rule.level_override ?? OWN_LEVEL}
      data={[
        { value: OWN_LEVEL, label: `Level of the rule${own}` },
        ...LEVEL_OPTIONS.map((level) => ({ value: level, label: `Always ${level}` })),
      ]}
      onChange={(value) => {
        if (value === OWN_LEVEL) changes.setLevel(rule, null);
        else if (value !== null && isLevel(value)) changes.setLevel(rule, value);
      }}
    />
  );
}

function Overview({ rule }: { readonly rule: RuleDetailWire }) {
  return (
    <>
      {rule.description !== '' && (
        <p className={styles.description}>
          <HostileText text={rule.description} layout="block" />
        </p>
      )}
      <KeyValueList label="About the rule" items={aboutRule(rule)} />
    </>
  );
}

function aboutRule(rule: RuleDetailWire): readonly KeyValue[] {
  const dates = [rule.date, rule.modified === null ? null : `modified ${rule.modified}`].filter(
    (part) => part !== null,
  );
  const items: readonly (KeyValue | false)[] = [
    { key: 'Log source', value: <HostileText text={sourceText(rule)} /> },
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
    { key: 'Status', value: <HostileText text={rule.status} /> },
    rule.author !== '' && { key: 'Author', value: <HostileText text={rule.author} /> },
    dates.length > 0 && { key: 'Date', value: <HostileText text={dates.join(', ')} /> },
    { key: 'Origin', value: ORIGIN_WORDS[rule.origin] },
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
