import { CircleX, TriangleAlert } from 'lucide-react';
import type { ResponseOf } from '#shared/contract/client.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import styles from './ProblemList.module.css';

type Problem = ResponseOf<'listRules'>['rejected'][number];

interface ProblemListProps {
  readonly problems: readonly Problem[];
  /** Goes to the place in the editor. */
  readonly onGo?: (line: number, column: number) => void;
}

/** Problems of one rule: place, what is wrong, what to do. */
export function ProblemList({ problems, onGo }: ProblemListProps) {
  return (
    <ul className={styles.list}>
      {problems.map((problem, index) => (
        <li key={index} className={styles.problem} data-severity={problem.severity}>
          {problem.severity === 'error' ? (
            <CircleX aria-label="Error" />
          ) : (
            <TriangleAlert aria-label="Warning" />
          )}
          <Place problem={problem} onGo={onGo} />
          <span>
            <HostileText text={problem.message} />{' '}
            <span className={styles.hint}>
              <HostileText text={problem.hint} />
            </span>
          </span>
        </li>
      ))}
    </ul>
  );
}

interface PlaceProps {
  readonly problem: Problem;
  readonly onGo: ProblemListProps['onGo'];
}

function Place({ problem: { line, column }, onGo }: PlaceProps) {
  const text = `${line}:${column}`;
  const label = `line ${line}, column ${column}`;
  if (onGo === undefined) {
    return (
      <span className={styles.place} title={label}>
        {text}
      </span>
    );
  }
  return (
    <button
      type="button"
      className={styles.place}
      title={label}
      aria-label={`Go to ${label}`}
      onClick={() => onGo(line, column)}
    >
      {text}
    </button>
  );
}
