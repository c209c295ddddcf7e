import { ActionIcon } from '@mantine/core';
import { ChevronDown, ChevronRight, CircleCheck, CircleDashed, CircleX, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { HostileText } from '../../../ui/HostileText.tsx';
import { CaseDetail } from './CaseDetail.tsx';
import styles from './Cases.module.css';
import type { AskedRule, CaseResult, RuleCase } from './rule-case.ts';

export interface ListedCase {
  readonly key: string;
  readonly ruleCase: RuleCase;
  /** Null until it was tried, or when the rule does not run. */
  readonly result: CaseResult | null;
  /** Cases that ship with a rule stay. */
  readonly onRemove?: (() => void) | undefined;
}

interface CaseListProps {
  readonly cases: readonly ListedCase[];
  /** The rule that explanations are about. */
  readonly rule: AskedRule;
  readonly onGo?: ((line: number, column: number) => void) | undefined;
}

/** Cases with what came of them; each opens to its record and the explanation. */
export function CaseList({ cases, rule, onGo }: CaseListProps) {
  const [openKey, setOpen] = useState<string | null>(null);
  return (
    <ul className={styles.cases} aria-label="Cases">
      {cases.map((listed) => {
        const isOpen = listed.key === openKey;
        const { ruleCase, result, onRemove } = listed;
        const name = ruleCase.name === undefined || ruleCase.name === '' ? 'Unnamed' : ruleCase.name;
        return (
          <li key={listed.key} className={styles.case}>
            <div className={styles.line}>
              <button
                type="button"
                className={styles.open}
                aria-expanded={isOpen}
                onClick={() => setOpen(isOpen ? null : listed.key)}
              >
                {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                <ResultMark result={result} />
                <span className={styles.name}>
                  <HostileText text={name} maxLength={80} />
                </span>
                <span className={styles.expect}>
                  {ruleCase.expect === 'match' ? 'must match' : 'must not match'}
                </span>
              </button>
              {onRemove !== undefined && (
                <ActionIcon aria-label={`Remove the case ${name}`} title="Remove" onClick={onRemove}>
                  <Trash2 />
                </ActionIcon>
              )}
            </div>
            {isOpen && <CaseDetail ruleCase={ruleCase} rule={rule} onGo={onGo} />}
          </li>
        );
      })}
    </ul>
  );
}

function ResultMark({ result }: { readonly result: CaseResult | null }) {
  const word = result === null ? 'not tried' : result.passed ? 'passed' : 'failed';
  const Icon = result === null ? CircleDashed : result.passed ? CircleCheck : CircleX;
  return (
    <span className={styles.result} data-result={word}>
      <Icon aria-hidden="true" />
      {word}
    </span>
  );
}
