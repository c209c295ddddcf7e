import { Select, Switch } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { isLevel } from '#shared/model/severity.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { alertsLink, editRuleLink } from '../../../workbench/links.ts';
import { LEVEL_OPTIONS } from '../list/select-rules.ts';
import type { RuleChanges } from '../use-rules.ts';
import styles from './RuleDetail.module.css';
import { RuleMenu } from './RuleMenu.tsx';

interface RuleControlsProps {
  readonly rule: RuleDetailWire;
  readonly changes: RuleChanges;
}

const OWN_LEVEL = 'own';

/** What is changed without editing the text: the switch and the level; then what can be done with the rule. */
export function RuleControls({ rule, changes }: RuleControlsProps) {
  return (
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
      <LinkButton link={editRuleLink(rule.id)}>Edit</LinkButton>
      <RuleMenu rule={rule} />
    </div>
  );
}

function LevelSelect({ rule, changes }: RuleControlsProps) {
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
