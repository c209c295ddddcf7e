import { Button, Menu } from '@mantine/core';
import { ChevronDown } from 'lucide-react';
import { useState } from 'react';
import type { RequestOf } from '#shared/contract/client.ts';
import { asApiError } from '../../api/api-error.ts';
import { callApi } from '../../api/client.ts';
import { useApi } from '../../api/queries.ts';
import { HostileText } from '../../ui/HostileText.tsx';
import { saveText } from '../../ui/save-text.ts';
import { TimeText } from '../../ui/TimeText.tsx';
import { listParam, type MatrixChoice } from './coverage-choice.ts';

interface ExportMenuProps {
  readonly choice: MatrixChoice;
  /** The grid as it is shown, as a picture. */
  readonly drawPicture: () => string;
}

type LayerQuery = NonNullable<RequestOf<'coverageLayer'>['query']>;

/** Newest imports that a layer can be made of. */
const LISTED_IMPORTS = 5;

const SINCE: Readonly<Record<MatrixChoice['window'], string | undefined>> = {
  all: undefined,
  recency: undefined,
  '24h': '24h',
  '7d': '7d',
};

/** Saves what the grid says: as layers for the ATT&CK Navigator, or as a picture. */
export function ExportMenu({ choice, drawPicture }: ExportMenuProps) {
  const [failure, setFailure] = useState<string | null>(null);
  const [isOpen, setIsOpen] = useState(false);
  const imports = useApi('listImports', { query: { limit: LISTED_IMPORTS } }, { enabled: isOpen });
  const saveLayer = async (query: LayerQuery) => {
    try {
      const layer = await callApi('coverageLayer', { query: { ...ruleQuery(choice), ...query } });
      saveText(
        `harrier-${query.from ?? 'rules'}-layer.json`,
        JSON.stringify(layer, null, 1),
        'application/json',
      );
      setFailure(null);
    } catch (error) {
      setFailure(asApiError(error).message);
    }
  };
  const since = SINCE[choice.window];
  return (
    <>
      {failure !== null && <span role="alert">{failure}</span>}
      <Menu opened={isOpen} onChange={setIsOpen}>
        <Menu.Target>
          <Button rightSection={<ChevronDown aria-hidden="true" />}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>ATT&CK Navigator layer 4.5</Menu.Label>
          <Menu.Item onClick={() => void saveLayer({ from: 'rules' })}>Rules mapped</Menu.Item>
          <Menu.Item
            onClick={() => void saveLayer({ from: 'detections', ...(since === undefined ? {} : { since }) })}
          >
            Detections{since === undefined ? ', all time' : `, last ${since.replace(/(\d+)/, '$1 ')}`}
          </Menu.Item>
          {imports.data !== undefined && imports.data.items.length > 0 && (
            <>
              <Menu.Label>Detections of one import</Menu.Label>
              {imports.data.items.map(({ id, paths, created_at: at }) => (
                <Menu.Item key={id} onClick={() => void saveLayer({ from: 'detections', import_id: id })}>
                  <HostileText text={paths[0] ?? 'Sample case'} maxLength={36} /> <TimeText time={at} ago />
                </Menu.Item>
              ))}
            </>
          )}
          <Menu.Divider />
          <Menu.Item onClick={() => saveText('harrier-coverage.svg', drawPicture(), 'image/svg+xml')}>
            Picture of this grid (SVG)
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  );
}

/** The rules that the grid counts, so that layer and grid agree. */
function ruleQuery({ rules }: MatrixChoice): LayerQuery {
  const lists = { status: rules.statuses, origin: rules.origins, kind: rules.kinds };
  const entries = Object.entries(lists).flatMap(([name, values]) => {
    const value = listParam(values);
    return value === undefined ? [] : [[name, value] as const];
  });
  return { ...Object.fromEntries(entries), ...(rules.enabled === null ? {} : { enabled: rules.enabled }) };
}
