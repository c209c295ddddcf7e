import { Button, FileButton, TextInput } from '@mantine/core';
import { FileUp } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';
import { formatBytes, formatNoun } from '../../lib/numbers.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import styles from './ImportScreen.module.css';
import type { Intake } from './use-intake.ts';

/** Where evidence comes in: dropped or chosen files, a path on the core's machine, or the sample case. */
export function AddEvidence({ intake, isOver }: { readonly intake: Intake; readonly isOver: boolean }) {
  return (
    <section className={styles.add} aria-label="Add evidence">
      <div className={styles.drop} data-over={isOver}>
        <FileUp aria-hidden="true" />
        <p>
          <strong>Drop files here</strong>
          <span>EVTX, JSON and syslog, also in gz and zip. The content decides, not the name.</span>
        </p>
        <ChooseButtons intake={intake} />
      </div>
      <PathForm onPath={(path) => intake.addPaths([path])} />
      {intake.uploads.length > 0 && <Uploads intake={intake} />}
      {intake.failures.map(({ name, error }, index) => (
        <ErrorState key={index} compact title={`${name} was not imported`} error={error} />
      ))}
    </section>
  );
}

function ChooseButtons({ intake }: { readonly intake: Intake }) {
  const { harrier } = window;
  const take = (paths: readonly string[]) => {
    if (paths.length > 0) intake.addPaths(paths);
  };
  return (
    <div className={styles.buttons}>
      {harrier === undefined ? (
        <FileButton multiple onChange={(files) => intake.addFiles(files)}>
          {(props) => (
            <Button {...props} variant="filled">
              Choose files
            </Button>
          )}
        </FileButton>
      ) : (
        <>
          <Button variant="filled" onClick={() => void harrier.openEvidence().then(take)}>
            Choose files
          </Button>
          <Button onClick={() => void harrier.openEvidenceFolder().then(take)}>Choose a folder</Button>
        </>
      )}
      <Button onClick={intake.openSample}>Open the sample case</Button>
    </div>
  );
}

function PathForm({ onPath }: { readonly onPath: (path: string) => void }) {
  const [path, setPath] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (path.trim() === '') return;
    onPath(path.trim());
    setPath('');
  };
  return (
    <form className={styles.path} onSubmit={submit}>
      <TextInput
        label="File, folder or archive on the core's machine"
        placeholder="/evidence/case-7"
        className={styles.pathInput ?? ''}
        value={path}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setPath(event.currentTarget.value)}
      />
      <Button type="submit" disabled={path.trim() === ''}>
        Import
      </Button>
    </form>
  );
}

function Uploads({ intake }: { readonly intake: Intake }) {
  const [current, ...waiting] = intake.uploads;
  if (current === undefined) return null;
  return (
    <div className={styles.uploads} role="status">
      <span>
        Sending <HostileText text={current.name} maxLength={40} />, {formatBytes(current.sizeBytes)}
        {waiting.length > 0 && `; ${formatNoun(waiting.length, 'file')} after it`}
      </span>
      <Button onClick={intake.cancelUploads}>Cancel</Button>
    </div>
  );
}
