import { CircleCheck, CircleDashed, CircleSlash, CircleX, CopyCheck, TriangleAlert } from 'lucide-react';
import { useMemo, useState } from 'react';
import type { ImportWire } from '#shared/contract/imports.ts';
import { hostileText } from '../../lib/hostile.ts';
import { formatBytes, formatCount } from '../../lib/numbers.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { HostileText } from '../../ui/HostileText.tsx';
import type { Column } from '../../ui/table/columns.ts';
import { DataTable } from '../../ui/table/DataTable.tsx';
import { arraySource } from '../../ui/table/row-source.ts';
import { FIRST_CELL } from '../../ui/table/table-props.ts';
import { baseName, OUTCOME_WORDS, type FileOutcome } from './import-words.ts';
import styles from './ImportDetail.module.css';

type ImportedFile = ImportWire['report']['files'][number];

const ICONS = {
  ok: CircleCheck,
  partly_read: TriangleAlert,
  empty: CircleDashed,
  duplicate: CopyCheck,
  failed: CircleX,
  cancelled: CircleSlash,
} as const;

const COLUMNS: readonly Column<ImportedFile>[] = [
  {
    id: 'outcome',
    header: 'Outcome',
    widthPx: 124,
    cell: (file) => <Outcome outcome={file.outcome} />,
  },
  {
    id: 'path',
    header: 'File',
    widthPx: 180,
    grows: true,
    cell: (file) => (
      <span className="mono" title={hostileText(file.path)}>
        <HostileText text={baseName(file.path)} maxLength={60} />
      </span>
    ),
  },
  { id: 'format', header: 'Format', widthPx: 92, cell: (file) => file.format ?? '' },
  { id: 'size', header: 'Size', widthPx: 84, align: 'end', cell: (file) => formatBytes(file.size_bytes) },
  { id: 'events', header: 'Events', widthPx: 72, align: 'end', cell: (file) => formatCount(file.events) },
  {
    id: 'rejected',
    header: 'Rejected',
    widthPx: 80,
    align: 'end',
    cell: (file) => (file.rejected === 0 ? '' : formatCount(file.rejected)),
  },
  {
    id: 'reason',
    header: 'Why',
    widthPx: 120,
    cell: (file) => (file.reason === null ? '' : <HostileText text={file.reason} />),
  },
  {
    id: 'sha256',
    header: 'SHA-256',
    widthPx: 140,
    cell: (file) => (
      <span className="mono">
        {file.sha256 === null ? '' : <HostileText text={file.sha256} maxLength={17} />}
      </span>
    ),
    value: (file) => file.sha256,
  },
  {
    id: 'whole-path',
    header: 'Path',
    widthPx: 320,
    hiddenAtFirst: true,
    cell: (file) => (
      <span className="mono">
        <HostileText text={file.path} />
      </span>
    ),
  },
];

/** Without the columns about trouble where there was none: the names need the room. */
function columnsFor(files: readonly ImportedFile[]): readonly Column<ImportedFile>[] {
  const hasReasons = files.some(({ reason }) => reason !== null);
  const hasRejects = files.some(({ rejected }) => rejected > 0);
  return COLUMNS.filter(({ id }) => (id !== 'reason' || hasReasons) && (id !== 'rejected' || hasRejects));
}

/** What became of each file. */
export function FileTable({ files }: { readonly files: readonly ImportedFile[] }) {
  const [position, setPosition] = useState(FIRST_CELL);
  const columns = useMemo(() => columnsFor(files), [files]);
  return (
    <DataTable
      id="import.files"
      label="Files of the import"
      columns={columns}
      source={arraySource(files)}
      rowId={(file) => file.path}
      position={position}
      onPosition={setPosition}
      empty={<EmptyState compact cause="no-data" title="No file was found at this place" />}
      errorTitle="Files could not be loaded"
    />
  );
}

function Outcome({ outcome }: { readonly outcome: FileOutcome }) {
  const Icon = ICONS[outcome];
  return (
    <span className={styles.outcome} data-outcome={outcome}>
      <Icon aria-hidden="true" />
      {OUTCOME_WORDS[outcome]}
    </span>
  );
}
