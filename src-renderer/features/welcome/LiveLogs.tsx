import { useApi } from '../../api/queries.ts';
import { ComponentState } from '../../ui/ComponentState.tsx';
import { CopyButton } from '../../ui/CopyButton.tsx';
import { ErrorState } from '../../ui/ErrorState.tsx';
import { SkeletonRows } from '../../ui/SkeletonRows.tsx';
import { readReceiverSettings } from './receiver-settings.ts';
import styles from './WelcomeScreen.module.css';

const SETTINGS_FILE = 'syslog_udp_enabled: true\nsyslog_tcp_enabled: true\nbind_addr: 0.0.0.0\n';

/** Which receivers listen where, or how to switch them on, and a line to try it with. */
export function LiveLogs() {
  const config = useApi('config', {});
  const stats = useApi('stats', {});
  if (config.error !== null) {
    return (
      <ErrorState
        compact
        title="The settings could not be read"
        error={config.error}
        onRetry={() => void config.refetch()}
      />
    );
  }
  if (config.data === undefined) return <SkeletonRows rows={2} />;
  const { receivers, host } = readReceiverSettings(config.data);
  const first = receivers[0];
  if (first === undefined) {
    return (
      <>
        <p>
          Receivers are off until they are switched on. Put this into a settings file and start Harrier with{' '}
          <code>harrier serve --config FILE</code>:
        </p>
        <Command text={SETTINGS_FILE} />
        <p>
          <code>bind_addr: 0.0.0.0</code> takes logs from other machines; without it only from this one.
        </p>
      </>
    );
  }
  const flag = first.protocol === 'udp' ? '--udp' : '--tcp';
  return (
    <>
      <p>Point syslog at one of these addresses. Events appear on Overview and Events as they come in.</p>
      <ul className={styles.receivers}>
        {receivers.map((receiver) => (
          <li key={receiver.protocol}>
            <ComponentState
              state={
                stats.data?.receivers.find(({ name }) => name.includes(receiver.protocol))?.state ?? 'off'
              }
            />
            <code>
              {host}:{receiver.port}
            </code>
            syslog over {receiver.protocol.toUpperCase()}
          </li>
        ))}
      </ul>
      <Command
        text={`logger ${flag} --server ${host === '0.0.0.0' ? '127.0.0.1' : host} --port ${first.port} "Harrier hears this"`}
      />
    </>
  );
}

function Command({ text }: { readonly text: string }) {
  return (
    <div className={styles.command}>
      <code style={{ whiteSpace: 'pre-line' }}>{text.trim()}</code>
      <CopyButton value={text} label="Copy" />
    </div>
  );
}
