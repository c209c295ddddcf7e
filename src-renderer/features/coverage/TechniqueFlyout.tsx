import { formatCount, formatNoun } from '../../lib/numbers.ts';
import { Flyout } from '../../ui/Flyout.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import { LinkButton } from '../../ui/LinkButton.tsx';
import { TimeText } from '../../ui/TimeText.tsx';
import { alertsLink, rulesLink } from '../../workbench/links.ts';
import { cellKey, type Coverage, type MarksByCell } from './matrix.ts';
import { RulesOfTechnique } from './RulesOfTechnique.tsx';
import styles from './TechniqueFlyout.module.css';

interface TechniqueFlyoutProps {
  readonly technique: string;
  readonly coverage: Coverage;
  readonly marks: MarksByCell;
  readonly onOpen: (technique: string) => void;
  readonly onClose: () => void;
}

/** One technique: its tactics, what it counts, its sub-techniques and its rules. */
export function TechniqueFlyout({ technique, coverage, marks, onOpen, onClose }: TechniqueFlyoutProps) {
  const cells = coverage.items.filter((cell) => cell.technique === technique);
  const first = cells[0];
  const subs = coverage.items.filter((cell) => cell.parent === technique && cell.tactic === first?.tactic);
  const names = new Map(coverage.tactics.map(({ tactic, name }) => [tactic, name]));
  const lastFired = cells
    .map(({ last_fired }) => last_fired ?? '')
    .sort()
    .at(-1);
  const total = coverage.techniques.find((one) => one.technique === technique);
  const said = cells.flatMap((cell) => marks.get(cellKey(cell)) ?? []);
  const wantedBy = [...new Set(said.flatMap((mark) => mark.wantedBy))];
  const remarks = new Set([
    ...(wantedBy.length === 0 ? [] : [`In ${wantedBy.join(', ')}`]),
    ...said.flatMap(({ comments }) => comments),
  ]);
  return (
    <Flyout
      kind="technique"
      label="Technique"
      onClose={onClose}
      title={
        <span className={styles.title}>
          <span className="mono">{technique}</span>
          <strong>{first?.name ?? 'Not in this release of ATT&CK'}</strong>
        </span>
      }
    >
      <div className={styles.facts}>
        <p>{cells.map(({ tactic }) => names.get(tactic) ?? tactic).join(', ')}</p>
        {first !== undefined && (
          <p className={styles.quiet}>
            {formatCount(total?.enabled_count ?? 0)} of {formatNoun(total?.rule_count ?? 0, 'rule')} on,{' '}
            {formatCount(Math.max(...cells.map(({ data_count }) => data_count)))} with data
            {lastFired !== undefined && lastFired !== '' && (
              <>
                , last fired at <TimeText time={lastFired} precision="second" />
              </>
            )}
          </p>
        )}
        {[...remarks].map((remark) => (
          <p key={remark} className={styles.quiet}>
            <HostileText text={remark} maxLength={400} />
          </p>
        ))}
        <div className={styles.links}>
          <LinkButton link={rulesLink({ technique })}>Open in Rules</LinkButton>
          <LinkButton link={alertsLink({ technique, status: 'all' })}>Open its alerts</LinkButton>
        </div>
      </div>
      {subs.length > 0 && (
        <section className={styles.section} aria-label="Sub-techniques">
          <h2>Sub-techniques</h2>
          <ul className={styles.list}>
            {subs.map((sub) => (
              <li key={sub.technique}>
                <button type="button" className={styles.sub} onClick={() => onOpen(sub.technique)}>
                  <span className="mono">{sub.technique}</span>
                  <span className={styles.name}>{sub.name}</span>
                  <span className={styles.count}>
                    {sub.enabled_count === 0 ? '' : formatNoun(sub.enabled_count, 'rule')}
                  </span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      <RulesOfTechnique technique={technique} />
    </Flyout>
  );
}
