import { Button, TextInput } from '@mantine/core';
import { useMemo, useState } from 'react';
import type { RuleImportWire } from '#shared/contract/rule-import.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { formatSpan } from '../../../lib/time.ts';
import { EmptyState } from '../../../ui/EmptyState.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { arraySource } from '../../../ui/table/row-source.ts';
import { DataTable } from '../../../ui/table/DataTable.tsx';
import { FIRST_CELL } from '../../../ui/table/table-props.ts';
import { rulesLink } from '../../../workbench/links.ts';
import { IMPORT_COLUMNS, type ImportRow } from './import-columns.tsx';
import { ImportedRule } from './ImportedRule.tsx';
import styles from './ImportRules.module.css';
import { IMPORT_OUTCOMES, OUTCOME_WORDS, type ImportOutcome } from './outcome-words.ts';
import type { RuleImport } from './use-rule-import.ts';

interface ImportReportProps {
  readonly report: RuleImportWire;
  readonly rules: RuleImport;
}

/** What an import would do, or did: counts by outcome that filter, and every rule with its problem. */
export function ImportReport({ report, rules }: ImportReportProps) {
  const [outcome, setOutcome] = useState<ImportOutcome | null>(null);
  const [position, setPosition] = useState(FIRST_CELL);
  const [open, setOpen] = useState<ImportRow | null>(null);
  const rows = useMemo(
    () =>
      report.items
        .map((item, index) => ({ ...item, key: `${index}` }))
        .filter((item) => outcome === null || item.outcome === outcome),
    [report, outcome],
  );
  return (
    <>
      <ReportHeader report={report} rules={rules} />
      <div className={styles.outcomes} role="group" aria-label="Outcome">
        {IMPORT_OUTCOMES.map((one) => (
          <button
            key={one}
            type="button"
            className={styles.outcome}
            aria-pressed={outcome === one}
            disabled={report.counts[one] === 0}
            onClick={() => {
              setOutcome(outcome === one ? null : one);
              setPosition(FIRST_CELL);
            }}
          >
            {OUTCOME_WORDS[one]} <b>{formatCount(report.counts[one])}</b>
          </button>
        ))}
      </div>
      <div className={styles.lower}>
        <div className={styles.list}>
          <DataTable
            id="rule-import"
            label="Rules of the import"
            columns={IMPORT_COLUMNS}
            source={arraySource(rows)}
            rowId={({ key }) => key}
            position={position}
            onPosition={setPosition}
            openId={open?.key}
            onOpen={setOpen}
            empty={
              <EmptyState cause="no-data" title="No rules were found">
                {formatNoun(report.files, 'file')} were read. A rule is a YAML document with a title and a
                detection.
              </EmptyState>
            }
            errorTitle="The report could not be shown"
          />
        </div>
        {open !== null && <ImportedRule rule={open} onClose={() => setOpen(null)} />}
      </div>
    </>
  );
}

function ReportHeader({ report, rules }: ImportReportProps) {
  const [reason, setReason] = useState('');
  const { added, changed } = report.counts;
  const summary = `${formatNoun(report.items.length, 'rule')} in ${formatNoun(report.files, 'file')}, read in ${formatSpan(report.duration_ms)}`;
  if (!report.dry_run) {
    return (
      <header className={styles.header}>
        <p role="status">
          <strong>
            {formatCount(added)} added, {formatCount(changed)} changed.
          </strong>{' '}
          They look at every event from now on.
        </p>
        <span className={styles.grow} />
        <LinkButton link={rulesLink({})} primary>
          Open the rules
        </LinkButton>
        <Button onClick={rules.startOver}>Import more</Button>
      </header>
    );
  }
  return (
    <header className={styles.header}>
      <p role="status">
        <strong>Nothing is kept yet.</strong> {summary}.
      </p>
      <span className={styles.grow} />
      <TextInput
        aria-label="Reason, for the history of the rules"
        placeholder="Reason, for their history"
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      <Button
        variant="filled"
        disabled={rules.isBusy || added + changed === 0}
        onClick={() => rules.run(reason.trim())}
      >
        {rules.isBusy ? 'Importing' : `Import ${formatNoun(added + changed, 'rule')}`}
      </Button>
      <Button disabled={rules.isBusy} onClick={rules.startOver}>
        Start over
      </Button>
    </header>
  );
}
