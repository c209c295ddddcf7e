import { useMemo } from 'react';
import { useApi } from './queries.ts';

/** The route is limited to ten calls a minute and the names change only with a release of Harrier. */
const NAMES_STALE_MS = 3_600_000;

export interface AttackNames {
  /** "Credential Access" of "credential-access"; the short name itself until the names are here. */
  readonly tactic: (shortName: string) => string;
  /** "Brute Force: Password Guessing" of "T1110.001", null when it is not known. */
  readonly technique: (id: string) => string | null;
}

/** Names of tactics and techniques, from the catalogue of the core. */
export function useAttackNames(): AttackNames {
  const { data } = useApi('attackCoverage', {}, { staleMs: NAMES_STALE_MS });
  return useMemo(() => {
    const tactics = new Map(data?.tactics.map(({ tactic, name }) => [tactic, name]));
    const techniques = new Map(data?.items.map(({ technique, name }) => [technique, name]));
    return {
      tactic: (shortName) => tactics.get(shortName) ?? shortName,
      technique: (id) => {
        const name = techniques.get(id);
        if (name === undefined) return null;
        const parent = techniques.get(id.split('.')[0] ?? '');
        return id.includes('.') && parent !== undefined ? `${parent}: ${name}` : name;
      },
    };
  }, [data]);
}
