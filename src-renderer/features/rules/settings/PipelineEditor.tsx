import { Button, Switch } from '@mantine/core';
import { useState } from 'react';
import type { PipelineWire } from '#shared/contract/rule-settings.ts';
import { useApiMutation } from '../../../api/queries.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { CodeView } from '../../../ui/CodeView.tsx';
import { ErrorState } from '../../../ui/ErrorState.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { toast } from '../../../ui/toast.ts';
import { YamlEditor } from '../editor/YamlEditor.tsx';
import { ProblemList } from '../ProblemList.tsx';
import styles from './RuleSettings.module.css';

interface PipelineEditorProps {
  readonly name: string;
  /** Undefined for one that is not saved yet. */
  readonly pipeline: PipelineWire | undefined;
}

const NO_PROBLEMS: PipelineWire['problems'] = [];
const READERS = ['listPipelines', 'listRules', 'getRule', 'getEngine'] as const;

function template(name: string): string {
  return `name: ${JSON.stringify(name)}
priority: 50
transformations:
    - id: fields
      type: field_name_mapping
      mapping:
          CommandLine: process.command_line
`;
}

/** One pipeline: its YAML, its switch and its problems. Saving takes effect in the running engine. */
export function PipelineEditor({ name, pipeline }: PipelineEditorProps) {
  const [source] = useState(() => pipeline?.yaml ?? template(name));
  const [text, setText] = useState(source);
  const save = useApiMutation('savePipeline', { invalidates: READERS });
  const forget = useApiMutation('deletePipeline', { invalidates: READERS });
  const isEnabled = pipeline?.enabled ?? true;
  const put = (yaml: string, enabled: boolean, done: string) =>
    save.mutate({ params: { name }, body: { yaml, enabled } }, { onSuccess: () => toast(done) });
  const saveText = () => put(text, isEnabled, 'Saved. The rules were loaded again with it.');
  const problems = pipeline?.problems ?? NO_PROBLEMS;
  return (
    <>
      <div className={styles.tools}>
        <h2 className={styles.title}>
          <HostileText text={name} />
        </h2>
        <span className={styles.grow} />
        {pipeline?.origin === 'stored' && (
          <>
            <Switch
              size="xs"
              withThumbIndicator={false}
              label={isEnabled ? 'On' : 'Off'}
              checked={isEnabled}
              onChange={(event) => {
                const next = event.currentTarget.checked;
                // The text in the editor may be half-written: the switch is about the one that is saved.
                put(pipeline.yaml, next, `${name} is ${next ? 'on' : 'off'}.`);
              }}
            />
            <Button
              disabled={forget.isPending}
              onClick={() =>
                forget.mutate(
                  { params: { name } },
                  { onSuccess: () => toast(`Forgot ${name}. The rules run without it.`) },
                )
              }
            >
              Forget
            </Button>
          </>
        )}
        {pipeline?.origin !== 'file' && (
          <Button variant="filled" disabled={save.isPending || pipeline?.yaml === text} onClick={saveText}>
            Save
          </Button>
        )}
      </div>
      <p className={styles.quiet}>
        {pipeline === undefined
          ? 'Not saved yet.'
          : `Priority ${pipeline.priority}, ${formatNoun(pipeline.transformations, 'transformation')}.`}
        {pipeline?.origin === 'file' && ' It comes from a file of the settings and is changed there.'}
      </p>
      {save.error !== null && <ErrorState compact title="The pipeline was not saved" error={save.error} />}
      {forget.error !== null && (
        <ErrorState compact title="The pipeline is still there" error={forget.error} />
      )}
      {problems.length > 0 && <ProblemList problems={problems} />}
      <div className={styles.yaml}>
        {pipeline?.origin === 'file' ? (
          <CodeView text={pipeline.yaml} language="yaml" label="pipeline" />
        ) : (
          <YamlEditor
            initial={source}
            label="Pipeline as YAML"
            problems={problems}
            vocabulary={undefined}
            onChange={setText}
            onRun={saveText}
            onSave={saveText}
          />
        )}
      </div>
    </>
  );
}
