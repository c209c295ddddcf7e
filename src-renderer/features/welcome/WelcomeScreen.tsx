import { Button } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { FolderInput, FlaskConical, RadioTower } from 'lucide-react';
import type { ReactNode } from 'react';
import { useApiMutation } from '../../api/queries.ts';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { KeyCaps } from '../../ui/KeyCaps.tsx';
import { importsLink } from '../../workbench/links.ts';
import { LiveLogs } from './LiveLogs.tsx';
import styles from './WelcomeScreen.module.css';

/** First run: three ways to get data in, and one sentence about where it stays. */
export function WelcomeScreen() {
  const navigate = useNavigate();
  const sample = useApiMutation('openSample', {
    invalidates: ['listImports', 'stats', 'listAlerts', 'eventHistogram'],
  });
  const openSample = () => {
    sample.mutate({}, { onSuccess: (job) => void navigate(importsLink(job.id)) });
  };
  return (
    <div className={styles.screen}>
      <div className={styles.column}>
        <header className={styles.header}>
          <h2>Start with some data</h2>
          <p>
            Harrier runs every detection on every event, from files or from live logs. All of it stays in the
            data folder of the machine that runs Harrier; nothing is sent anywhere.
          </p>
        </header>
        <Choice
          icon={<FlaskConical />}
          title="Open the sample case"
          action={
            <Button variant="filled" loading={sample.isPending} onClick={openSample}>
              Open sample case
            </Button>
          }
        >
          A small made-up intrusion to look around in. It can be removed again with one click.
        </Choice>
        {sample.error !== null && (
          <ErrorState
            compact
            title="The sample case could not be opened"
            error={sample.error}
            onRetry={openSample}
          />
        )}
        <Choice
          icon={<FolderInput />}
          title="Import evidence"
          action={
            <Button component={Link} to="/import">
              Import evidence
            </Button>
          }
        >
          EVTX, JSON and NDJSON, syslog text, also in .gz and .zip. Files are read as they are and hashed;
          they are never changed.
        </Choice>
        <Choice icon={<RadioTower />} title="Receive live logs">
          <LiveLogs />
        </Choice>
        <footer className={styles.footer}>
          <KeyCaps keys="?" /> shows the keys of every screen, <KeyCaps keys="mod+k" /> every command.{' '}
          <Link to="/">Go to Overview</Link>
        </footer>
      </div>
    </div>
  );
}

interface ChoiceProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly action?: ReactNode;
  readonly children: ReactNode;
}

function Choice({ icon, title, action, children }: ChoiceProps) {
  return (
    <section className={styles.choice} aria-label={title}>
      <span className={styles.icon} aria-hidden="true">
        {icon}
      </span>
      <div className={styles.text}>
        <h3>{title}</h3>
        <div className={styles.about}>{children}</div>
      </div>
      {action !== undefined && <div className={styles.action}>{action}</div>}
    </section>
  );
}
