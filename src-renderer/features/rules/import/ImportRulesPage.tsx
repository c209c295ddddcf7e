import { ErrorState } from '../../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../../ui/SkeletonRows.tsx';
import { ChooseRules } from './ChooseRules.tsx';
import styles from './ImportRules.module.css';
import { ImportReport } from './ImportReport.tsx';
import { useRuleImport } from './use-rule-import.ts';

/** Rules from files, folders and archives: a trial with a report first, then the import. */
export function ImportRulesPage() {
  const rules = useRuleImport();
  return (
    <div className={styles.screen}>
      {rules.source === null && <ChooseRules onChoose={rules.tryOut} />}
      {rules.error !== null && (
        <ErrorState title="The rules could not be read" error={rules.error} onRetry={rules.startOver} />
      )}
      {rules.isBusy && rules.report === undefined && <SkeletonRows rows={12} />}
      {rules.report !== undefined && <ImportReport report={rules.report} rules={rules} />}
    </div>
  );
}
