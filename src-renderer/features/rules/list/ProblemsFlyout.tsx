import type { ResponseOf } from '#shared/contract/client.ts';
import { formatNoun } from '../../../lib/numbers.ts';
import { CopyButton } from '../../../ui/CopyButton.tsx';
import { Flyout } from '../../../ui/Flyout.tsx';
import { HostileText } from '../../../ui/HostileText.tsx';
import { ProblemList } from '../ProblemList.tsx';
import styles from './ProblemsFlyout.module.css';

type Problem = ResponseOf<'listRules'>['rejected'][number];

interface ProblemsFlyoutProps {
  readonly problems: readonly Problem[];
  readonly onClose: () => void;
}

/** What was not loaded and why: file by file, each problem with its place and what to do. */
export function ProblemsFlyout({ problems, onClose }: ProblemsFlyoutProps) {
  const files = Map.groupBy(problems, ({ file }) => file);
  const asText = problems
    .map(({ file, line, column, message, hint }) => `${file}:${line}:${column}: ${message} ${hint}`)
    .join('\n');
  return (
    <Flyout
      kind="rule-problems"
      label="Rules with problems"
      onClose={onClose}
      title={<strong>{formatNoun(files.size, 'rule file')} with problems</strong>}
      tools={<CopyButton value={asText} label="Copy the list" />}
    >
      {/* Nothing in it takes the focus, and it must be scrolled by keyboard. */}
      <ul className={styles.files} tabIndex={0} aria-label="Files">
        {[...files].map(([file, found]) => (
          <li key={file} className={styles.file}>
            <p className={styles.path}>
              <HostileText text={file} maxLength={90} />
            </p>
            <ProblemList problems={found} />
          </li>
        ))}
      </ul>
    </Flyout>
  );
}
