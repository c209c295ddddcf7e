import { useNavigate } from '@tanstack/react-router';
import type { RuleDetailWire } from '#shared/contract/sigma.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { toast } from '../../../ui/toast.ts';
import { rulesLink } from '../../../workbench/links.ts';
import { RULE_TEXT_READERS } from '../use-rules.ts';

interface RemoveRule {
  /** Null: a rule of a file that is as the file says; it is switched off instead. */
  readonly words: { readonly action: string; readonly explanation: string } | null;
  readonly isPending: boolean;
  readonly error: Error | null;
  readonly run: (reason: string, onDone: () => void) => void;
}

/** Deleting an own rule, or giving an edited one the text of its file back. */
export function useRemoveRule(rule: RuleDetailWire): RemoveRule {
  const navigate = useNavigate();
  const { mutate, isPending, error } = useApiMutation('deleteRule', { invalidates: RULE_TEXT_READERS });
  return {
    words: wordsFor(rule),
    isPending,
    error,
    run: (reason, onDone) =>
      mutate(
        { params: { rule_id: rule.id }, query: { reason } },
        {
          onSuccess: () => {
            onDone();
            if (rule.origin === 'custom') {
              toast('Deleted. Its alerts stay, and its history can bring it back.');
              void navigate(rulesLink({}));
            } else {
              toast('The text of its file runs again.');
            }
          },
        },
      ),
  };
}

function wordsFor(rule: RuleDetailWire): RemoveRule['words'] {
  if (rule.origin === 'custom') {
    return {
      action: 'Delete the rule',
      explanation: 'It stops looking at events. Its alerts keep its title, and its history stays.',
    };
  }
  if (!rule.edited) return null;
  return {
    action: 'Give its own text back',
    explanation: 'The text of its file runs again. What was edited here stays in the history.',
  };
}
