import { useState } from 'react';
import type { ResponseOf } from '#shared/contract/client.ts';
import { callApiPatiently } from '../../api/client.ts';
import { formatCount } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { FIRST_CELL } from '../../ui/table/table-props.ts';
import { usePagedRows } from '../../ui/table/use-paged-rows.ts';
import { baseName } from './import-words.ts';

type Reject = ResponseOf<'importRejects'>['items'][number];

const COLUMNS: readonly Column<Reject>[] = [
  { id: 'reason', header: 'Reason', widthPx: 140, cell: (row) => <HostileText text={row.reason} /> },
  { id: 'detail', header: 'What was wrong', widthPx: 220, cell: (row) => <HostileText text={row.detail} /> },
  {
    id: 'path',
    header: 'File',
    widthPx: 160,
    cell: (row) => <HostileText text={baseName(row.path)} maxLength={40} />,
  },
  { id: 'offset', header: 'Byte', widthPx: 100, align: 'end', cell: (row) => formatCount(row.offset) },
  {
    id: 'sample',
    header: 'Beginning',
    widthPx: 220,
    grows: true,
    cell: (row) => (
      <span className="mono">
        <HostileText text={row.sample} />
      </span>
    ),
  },
];

interface RejectTableProps {
  readonly importId: string;
  readonly reasons: Readonly<Record<string, number>>;
}

/** Records that were not understood: why, where in the file, and how they begin. */
export function RejectTable({ importId, reasons }: RejectTableProps) {
  const [position, setPosition] = useState(FIRST_CELL);
  const source = usePagedRows(`${importId} ${JSON.stringify(reasons)}`, (page, signal) =>
    callApiPatiently('importRejects', { params: { import_id: importId }, query: page }, { signal }),
  );
  return (
    <DataTable
      id="import.rejects"
      label="Records that were not understood"
      columns={COLUMNS}
      source={source}
      rowId={(row) => `${row.path} ${row.offset}`}
      position={position}
      onPosition={setPosition}
      empty={<EmptyState compact cause="no-data" title="Every record was understood" />}
      errorTitle="Records could not be loaded"
    />
  );
}
