import { useState } from 'react';
import type { RuleWire } from '#shared/contract/sigma.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { useCommands } from '../../../workbench/use-commands.ts';
import { exportRules } from '../export-rules.ts';
import { BulkBar } from './BulkBar.tsx';
import { useBulk } from './use-bulk.ts';

interface SelectedRulesProps {
  readonly rules: readonly RuleWire[] | undefined;
  readonly shown: readonly RuleWire[] | undefined;
  readonly selection: ReadonlySet<string>;
  readonly onClear: () => void;
}

/** The bar of the selected rules with its keys; nothing while none are selected. */
export function SelectedRules({ rules, shown, selection, onClear }: SelectedRulesProps) {
  const bulk = useBulk(rules);
  const [failure, setFailure] = useState<unknown>(null);
  // In the order of the list, and without rules that are gone since they were selected.
  const ids = rules?.filter(({ id }) => selection.has(id)).map(({ id }) => id) ?? [];
  const visible = shown?.filter(({ id }) => selection.has(id)).length ?? 0;
  const save = () => {
    const wanted = ids.length > 0 ? ids : (shown?.map(({ id }) => id) ?? []);
    setFailure(null);
    exportRules(wanted).catch(setFailure);
  };
  useCommands([
    { id: 'rules.export', title: 'Export rules as YAML', category: 'Rules', keys: ['mod+e'], run: save },
    {
      id: 'rules.clear-selection',
      title: 'Clear the selection',
      category: 'Rules',
      keys: ['escape'],
      inPalette: false,
      enabled: () => ids.length > 0,
      run: onClear,
    },
  ]);
  return (
    <>
      {bulk.error !== null && <ErrorState compact title="The rules were not changed" error={bulk.error} />}
      {failure !== null && <ErrorState compact title="The rules were not exported" error={failure} />}
      {ids.length > 0 && (
        <BulkBar ids={ids} hiddenCount={ids.length - visible} bulk={bulk} onExport={save} onClear={onClear} />
      )}
    </>
  );
}
