import type { RuleCheck } from './check.ts';
import { attackTags } from './checks/attack-tags.ts';
import { allOfThem } from './checks/all-of-them.ts';
import { contradictoryItems } from './checks/contradictory-items.ts';
import { coveredValue } from './checks/covered-value.ts';
import { idleModifier } from './checks/idle-modifier.ts';
import { impossibleCondition } from './checks/impossible-condition.ts';
import { datesInOrder } from './checks/dates-in-order.ts';
import { falsePositives } from './checks/false-positives.ts';
import { idIsUuid } from './checks/id-is-uuid.ts';
import { missingMetadata } from './checks/missing-metadata.ts';
import { redundantSelection } from './checks/redundant-selection.ts';
import { regexAsModifier } from './checks/regex-as-modifier.ts';
import { repeatedValue } from './checks/repeated-value.ts';
import { slowRegex } from './checks/slow-regex.ts';
import { unknownField } from './checks/unknown-field.ts';
import { unknownKey } from './checks/unknown-key.ts';
import { unknownLogsource } from './checks/unknown-logsource.ts';
import { unseenInEvidence } from './checks/unseen-in-evidence.ts';
import { unusedSelection } from './checks/unused-selection.ts';
import { wildcardModifier } from './checks/wildcard-modifier.ts';

/** Every check of single rules. A new check is a file in `checks/` and a line here. */
export const RULE_CHECKS: readonly RuleCheck[] = [
  unknownKey,
  unknownLogsource,
  unknownField,
  unseenInEvidence,
  unusedSelection,
  impossibleCondition,
  redundantSelection,
  contradictoryItems,
  repeatedValue,
  coveredValue,
  allOfThem,
  wildcardModifier,
  regexAsModifier,
  slowRegex,
  idleModifier,
  attackTags,
  missingMetadata,
  idIsUuid,
  falsePositives,
  datesInOrder,
];
