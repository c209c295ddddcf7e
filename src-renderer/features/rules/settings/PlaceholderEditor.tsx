import { Button, Textarea } from '@mantine/core';
import { useState } from 'react';
import type { PlaceholderWire } from '#shared/contract/rule-settings.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { toast } from '../../../ui/toast.ts';
import styles from './RuleSettings.module.css';
import { linesOf } from './value-lines.ts';

interface PlaceholderEditorProps {
  readonly name: string;
  /** Undefined for a list that is not saved yet. */
  readonly placeholder: PlaceholderWire | undefined;
}

const READERS = ['listPlaceholders', 'listRules', 'getEngine', 'ruleVocabulary'] as const;

/** The values of one list, one a line. Saving takes effect in the running engine. */
export function PlaceholderEditor({ name, placeholder }: PlaceholderEditorProps) {
  const kept = placeholder?.values ?? [];
  const [text, setText] = useState(() => kept.join('\n'));
  const save = useApiMutation('savePlaceholder', { invalidates: READERS });
  const forget = useApiMutation('deletePlaceholder', { invalidates: READERS });
  const values = linesOf(text);
  const isChanged = values.join('\n') !== kept.join('\n');
  return (
    <>
      <div className={styles.tools}>
        <h2 className={styles.title}>
          <HostileText text={`%${name}%`} />
        </h2>
        <span className={styles.grow} />
        {placeholder?.origin === 'stored' && (
          <Button
            disabled={forget.isPending}
            onClick={() =>
              forget.mutate(
                { params: { name } },
                { onSuccess: () => toast(`The values of %${name}% were taken away.`) },
              )
            }
          >
            Forget the values
          </Button>
        )}
        <Button
          variant="filled"
          disabled={!isChanged || save.isPending}
          onClick={() =>
            save.mutate(
              { params: { name }, body: { values: [...values] } },
              { onSuccess: () => toast('Saved. Rules that use it run with these values.') },
            )
          }
        >
          Save
        </Button>
      </div>
      <p className={styles.quiet}>
        {placeholder === undefined || placeholder.rules === 0
          ? 'No loaded rule uses it.'
          : `${formatNoun(placeholder.rules, 'rule')} ${placeholder.rules === 1 ? 'uses' : 'use'} it.`}
        {placeholder?.origin === 'file' &&
          ' Its values come from a file of the settings; saving here replaces them.'}
      </p>
      {save.error !== null && <ErrorState compact title="The values were not saved" error={save.error} />}
      {forget.error !== null && (
        <ErrorState compact title="The values are still there" error={forget.error} />
      )}
      <Textarea
        label={`Values, one a line (${formatNoun(values.length, 'value')})`}
        description="Wildcards * and ? work as in a rule."
        classNames={{ input: styles.values ?? '' }}
        autosize
        minRows={12}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </>
  );
}
