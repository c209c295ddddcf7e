import { Button } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { RuleVerdictWire } from '#shared/contract/sigma.ts';
import { callApi } from '../../../api/client.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { KeyCaps } from '../../../ui/KeyCaps.tsx';
import { LinkButton } from '../../../ui/LinkButton.tsx';
import { toast } from '../../../ui/toast.ts';
import { ruleLink, rulesLink } from '../../../workbench/links.ts';
import styles from './RuleEditor.module.css';
import { withNewId } from './rule-template.ts';
import { Verdict } from './Verdict.tsx';
import { YamlEditor, type YamlEditorHandle } from './YamlEditor.tsx';

/** Long enough not to check half a word, short enough to feel like checking while typing (RUL-3). */
const CHECK_AFTER_MS = 500;

const NO_PROBLEMS: RuleVerdictWire['problems'] = [];

/** YAML on the left, the verdict on the right, saving only what passes. */
export function RuleEditor({ source }: { readonly source: string }) {
  const navigate = useNavigate();
  const [initial] = useState(() => withNewId(source, crypto.randomUUID()));
  const [text, setText] = useState(initial);
  const [round, setRound] = useState(0);
  const { verdict, error } = useDryRun(text, round);
  const editor = useRef<YamlEditorHandle>(null);
  const save = useApiMutation('createRule', { invalidates: ['listRules', 'attackCoverage', 'stats'] });
  const isChecked = verdict?.text === text;
  const canSave = isChecked && verdict.answer.valid && !save.isPending;

  const onSave = () => {
    if (!canSave) return;
    save.mutate(
      { body: { yaml: text } },
      {
        onSuccess: ({ rule_id: id }) => {
          toast('Rule saved. It looks at every event from now on.');
          if (id !== null) void navigate(ruleLink(id));
        },
      },
    );
  };
  const goTo = useCallback((line: number, column: number) => editor.current?.goTo(line, column), []);
  return (
    <div className={styles.screen}>
      <div className={styles.source}>
        <YamlEditor
          initial={initial}
          problems={verdict?.answer.problems ?? NO_PROBLEMS}
          onChange={setText}
          onRun={() => setRound(round + 1)}
          onSave={onSave}
          handle={editor}
        />
      </div>
      <aside className={styles.side} aria-label="Verdict">
        <div className={styles.actions}>
          <Button variant="filled" disabled={!canSave} onClick={onSave}>
            Save rule
          </Button>
          <Button onClick={() => setRound(round + 1)}>Check</Button>
          <span className={styles.grow} />
          <LinkButton link={rulesLink({})}>Discard</LinkButton>
        </div>
        <p className={styles.keys}>
          <KeyCaps keys="mod+s" /> save <KeyCaps keys="mod+enter" /> check
        </p>
        <Verdict verdict={verdict?.answer} onGo={goTo} />
        {error !== null && <ErrorState compact title="The rule could not be checked" error={error} />}
        {save.error !== null && <ErrorState compact title="The rule was not saved" error={save.error} />}
      </aside>
    </div>
  );
}

interface DryRun {
  readonly verdict: { readonly text: string; readonly answer: RuleVerdictWire } | undefined;
  readonly error: unknown;
}

/** Checks the text a moment after it stopped changing, and at once when `round` rises. */
function useDryRun(text: string, round: number): DryRun {
  const [run, setRun] = useState<DryRun>({ verdict: undefined, error: null });
  const lastRound = useRef(-1);
  useEffect(() => {
    const abort = new AbortController();
    const isAsked = lastRound.current !== round;
    lastRound.current = round;
    const timer = setTimeout(
      () => {
        callApi(
          'createRule',
          { query: { dry_run: 'true' }, body: { yaml: text } },
          { signal: abort.signal },
        ).then(
          (answer) => setRun({ verdict: { text, answer }, error: null }),
          (error: unknown) => {
            if (!abort.signal.aborted) setRun((old) => ({ ...old, error }));
          },
        );
      },
      isAsked ? 0 : CHECK_AFTER_MS,
    );
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [text, round]);
  return run;
}
