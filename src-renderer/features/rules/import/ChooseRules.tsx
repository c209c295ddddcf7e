import { Button, FileButton, TextInput } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { useState, type DragEvent, type SyntheticEvent } from 'react';
import styles from './ImportRules.module.css';
import type { RuleSource } from './use-rule-import.ts';

/** Where rules come from: dropped or chosen files, or a path on the core's machine. */
export function ChooseRules({ onChoose }: { readonly onChoose: (source: RuleSource) => void }) {
  const [isOver, setOver] = useState(false);
  const take = (files: readonly File[]) => {
    if (files.length > 0) onChoose(sourceOf(files));
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    take([...event.dataTransfer.files]);
  };
  return (
    <section
      className={styles.choose}
      aria-label="Choose rules"
      onDrop={onDrop}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
    >
      <div className={styles.drop} data-over={isOver}>
        <FileUp aria-hidden="true" />
        <p>
          <strong>Drop rules here</strong>
          <span>
            YAML files, or a zip or tar.gz of them. You see what would happen before anything is kept.
          </span>
        </p>
        <FileButton multiple accept=".yml,.yaml,.zip,.tar,.gz,.tgz" onChange={take}>
          {(props) => (
            <Button {...props} variant="filled">
              Choose files
            </Button>
          )}
        </FileButton>
      </div>
      <PathForm onPath={(path) => onChoose({ kind: 'paths', paths: [path] })} />
    </section>
  );
}

/** Beside a shell the core reads files from where they are; in a browser their bytes are sent. */
function sourceOf(files: readonly File[]): RuleSource {
  const { harrier } = window;
  const paths = harrier === undefined ? [] : files.map((file) => harrier.pathForFile(file)).filter(Boolean);
  return paths.length > 0 ? { kind: 'paths', paths } : { kind: 'files', files };
}

function PathForm({ onPath }: { readonly onPath: (path: string) => void }) {
  const [path, setPath] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (path.trim() !== '') onPath(path.trim());
  };
  return (
    <form className={styles.path} onSubmit={submit}>
      <TextInput
        label="File, folder or archive on the core's machine"
        placeholder="/rules/windows"
        className={styles.grow ?? ''}
        value={path}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Button type="submit" disabled={path.trim() === ''}>
        Read
      </Button>
    </form>
  );
}
