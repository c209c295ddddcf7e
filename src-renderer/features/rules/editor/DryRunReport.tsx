import { TriangleAlert } from 'lucide-react';
import type { DryRunWire } from '#shared/contract/rule-questions.ts';
import { formatCount, formatNoun } from '../../../lib/numbers.ts';
import { formatSpan } from '../../../lib/time.ts';
import { HostileText } from '../../../ui/HostileText.tsx';
import { SparkBars } from '../../../ui/SparkBars.tsx';
import { TimeText } from '../../../ui/TimeText.tsx';
import { MatchSample } from './MatchSample.tsx';
import styles from './RuleEditor.module.css';

interface DryRunReportProps {
  readonly report: DryRunWire;
  /** The text that ran. */
  readonly yaml: string;
  /** The text was changed since. */
  readonly isOld: boolean;
  readonly onGo: (line: number, column: number) => void;
}

/** More hours than this would not be told apart in the width of the panel. */
const SHOWN_HOURS = 96;

/** How many, of how many, in what time; when; and the newest of them, each with why. */
export function DryRunReport({ report, yaml, isOld, onGo }: DryRunReportProps) {
  const { matched, examined, elapsed_ms: elapsed, by_hour: hours, sample } = report;
  const shown = hours.slice(-SHOWN_HOURS);
  const [first, last] = [shown[0], shown.at(-1)];
  return (
    <div className={styles.report} data-old={isOld}>
      <p role="status">
        <strong>{formatNoun(matched, 'event')}</strong> of {formatCount(examined)} examined, in{' '}
        {formatSpan(elapsed)}
        {isOld && <span className={styles.old}> before the last change</span>}
      </p>
      {report.reason !== null && (
        <p className={styles.partial}>
          <TriangleAlert aria-hidden="true" />
          <HostileText text={report.reason} />
        </p>
      )}
      {matched > 0 && first !== undefined && last !== undefined && (
        <div className={styles.hours}>
          <SparkBars values={shown.map(({ count }) => count)} label="Matches by hour" />
          <span>
            <TimeText time={first.ts} precision="minute" /> to <TimeText time={last.ts} precision="minute" />,
            by hour
          </span>
        </div>
      )}
      {sample.length > 0 && <MatchSample events={sample} yaml={yaml} total={matched} onGo={onGo} />}
    </div>
  );
}
