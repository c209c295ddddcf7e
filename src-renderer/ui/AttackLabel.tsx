import { useAttackNames } from '../api/attack-names.ts';

export interface AttackLabelProps {
  readonly tactic: string | null;
  readonly technique: string | null;
}

/** Tactic, technique id and name: "Credential Access › T1110.001 Brute Force: Password Guessing". */
export function AttackLabel({ tactic, technique }: AttackLabelProps) {
  const names = useAttackNames();
  return (
    <span>
      {tactic !== null && names.tactic(tactic)}
      {tactic !== null && technique !== null && ' › '}
      {technique !== null && (
        <>
          <span className="mono">{technique}</span> {names.technique(technique)}
        </>
      )}
    </span>
  );
}
