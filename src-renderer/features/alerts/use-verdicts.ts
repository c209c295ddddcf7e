import type { AlertWire } from '#shared/contract/alerts.ts';
import { VERDICTS, type Verdict } from '#shared/model/feedback.ts';
import { useApiMutation } from '../../api/queries.ts';
import { toast } from '../../ui/toast.ts';
import { useCommands } from '../../workbench/use-commands.ts';
import { VERDICT_WORDS } from './status-words.ts';

type JudgedAlert = Pick<AlertWire, 'id' | 'title'>;

export interface Verdicts {
  readonly give: (alert: JudgedAlert, verdict: Verdict) => void;
  readonly error: Error | null;
}

/** Records verdicts. The log is only added to, so a mistake is corrected by another verdict, not taken back. */
export function useVerdicts(): Verdicts {
  const { mutate, error } = useApiMutation('addFeedback', {
    invalidates: ['listFeedback', 'listRules', 'getRule'],
  });
  return {
    error,
    give: (alert, verdict) =>
      mutate(
        { params: { alert_id: alert.id }, body: { feedback: verdict, origin: 'dashboard' } },
        { onSuccess: () => toast(`${VERDICT_WORDS[verdict]}: ${alert.title}`) },
      ),
  };
}

interface VerdictCommands {
  /** The alert that the keys act on. */
  readonly current: () => JudgedAlert | undefined;
  readonly verdicts: Verdicts;
  /** Called after a verdict was given by key: moves on to the next. */
  readonly onDone?: () => void;
  readonly within: () => Element | null;
}

/** One key a verdict (ALR-3): 1 true positive, 2 false positive, 3 benign. */
export function useVerdictCommands({ current, verdicts, onDone, within }: VerdictCommands): void {
  useCommands(
    VERDICTS.map((verdict, index) => ({
      id: `alerts.verdict.${verdict}`,
      title: `Verdict: ${VERDICT_WORDS[verdict].toLowerCase()}`,
      category: 'Alerts',
      keys: [String(index + 1)],
      within,
      run: () => {
        const alert = current();
        if (alert === undefined) return;
        verdicts.give(alert, verdict);
        onDone?.();
      },
    })),
  );
}
