import { useMemo } from 'react';
import { useApi } from '../../api/queries.ts';
import type { MatrixChoice } from './coverage-choice.ts';
import { marksOf } from './marks.ts';
import type { Coverage, MarksByCell } from './matrix.ts';
import { useThreats } from './use-threats.ts';

const NONE: MarksByCell = new Map();

/** What the chosen layers and threats say, or why one of them cannot be asked. */
export function useMarks(
  coverage: Coverage | undefined,
  { layers, expression, threats, mode }: MatrixChoice,
): { readonly marks: MarksByCell; readonly error: Error | null } {
  const hasThreats = mode === 'gap' && threats.length > 0;
  const names = useThreats(hasThreats);
  const overlay = useApi(
    'layerOverlay',
    { query: { layers: layers.join(','), ...(expression === null ? {} : { expression }) } },
    { enabled: layers.length > 0, keepPrevious: true },
  );
  const wanted = useApi(
    'threatTechniques',
    { query: { ids: threats.join(',') } },
    { enabled: hasThreats, keepPrevious: true },
  );
  const marks = useMemo(() => {
    if (coverage === undefined) return NONE;
    const nameById = new Map(names.data?.items.map(({ id, name }) => [id, name]));
    return marksOf({
      coverage,
      overlay: layers.length > 0 ? overlay.data : undefined,
      wanted: hasThreats ? wanted.data : undefined,
      nameOf: (threat) => nameById.get(threat) ?? threat,
    });
  }, [coverage, layers, overlay.data, hasThreats, wanted.data, names.data]);
  const overlayError = layers.length > 0 ? overlay.error : null;
  return { marks, error: overlayError ?? (hasThreats ? wanted.error : null) };
}
