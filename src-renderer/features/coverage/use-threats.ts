import { useApi } from '../../api/queries.ts';

/** The facts change only with a release of Harrier. */
const FACTS_STALE_MS = 3_600_000;

/** Groups and software of ATT&CK, loaded once they are needed. */
export function useThreats(isNeeded = true) {
  return useApi('listThreats', {}, { staleMs: FACTS_STALE_MS, enabled: isNeeded });
}
