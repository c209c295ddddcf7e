import { escapeHtml } from '#shared/text/html.ts';
import { visible } from '#shared/text/visible.ts';
import type { CellFace } from './cell-face.ts';
import type { ShownCell, TacticColumn } from './matrix.ts';
import { namePieces } from './name-pieces.ts';

interface SvgOptions {
  readonly title: string;
  readonly subtitle: string;
  readonly faceOf: (shown: ShownCell) => CellFace;
}

const CELL_WIDTH = 104;
const GAP = 3;
const MARGIN = 16;
const LINE = 12;
const HEAD = 84;

/** Letters of 9 px type that fit into a cell also in wider types than Inter, for machines that lack it. */
const LETTERS = 16;

/** Shades 0 to 5 of the light theme: a picture is printed, or stands on a white page. */
const FILLS = ['#ffffff', '#e9f3f2', '#d3e7e5', '#bbdad6', '#a3cdc8', '#85bdb8'] as const;
const GAP_FILLS = { missing: '#f6ead9', blind: '#ffffff', met: '#bbdad6' } as const;

/**
 * The grid as it is shown, as a picture that scales to its page: with sub-techniques folded, that of ATT&CK 19 is
 * 1,634 by 1,734 units, which an A3 sheet in portrait holds at two thirds of its size on screen.
 */
export function coverageSvg(
  columns: readonly TacticColumn[],
  { title, subtitle, faceOf }: SvgOptions,
): string {
  const shown = columns.map((column) => ({
    heading: column,
    cells: column.rows.flatMap((row) => [
      { cell: row, indent: 0 },
      ...(row.isOpen ? row.subs.map((cell) => ({ cell, indent: 6 })) : []),
    ]),
  }));
  let bottom = HEAD;
  const parts = shown.map(({ heading, cells }, index) => {
    const x = MARGIN + index * (CELL_WIDTH + GAP);
    let y = HEAD;
    const drawn = cells.map(({ cell, indent }) => {
      const face = faceOf(cell);
      const lines = wrapped(cell.cell.name);
      const height = (lines.length + (face.note === '' ? 1 : 2)) * LINE + 8;
      const text = cellSvg({ cell, face, lines, x: x + indent, y, width: CELL_WIDTH - indent, height });
      y += height + GAP;
      return text;
    });
    bottom = Math.max(bottom, y);
    const names = wrapped(heading.tactic.name).map((line, at) => label(line, x, 50 + at * LINE, 'h'));
    const count = label(`${heading.covered} / ${heading.total}`, x, 76, 'q');
    return [...names, count, ...drawn].join('');
  });
  const width = MARGIN * 2 + shown.length * (CELL_WIDTH + GAP) - GAP;
  const height = bottom + MARGIN;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}">` +
    `<title>${safe(title)}</title><style>${STYLE}</style>${STRIPES}<rect width="${width}" height="${height}" fill="#fff"/>` +
    label(title, MARGIN, 22, 't') +
    label(subtitle, MARGIN, 36, 'q') +
    `${parts.join('')}</svg>\n`
  );
}

const STYLE =
  'text{font:9px Inter,system-ui,sans-serif;fill:#141b23}.t{font-size:13px;font-weight:600}.h{font-weight:600}' +
  '.q{fill:#586573}.i{font-family:ui-monospace,monospace;fill:#3b4753}.r{font-weight:600;text-anchor:end}';

const STRIPES =
  '<defs><pattern id="stripes" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">' +
  '<path d="M0 0V6" stroke="#141b23" stroke-opacity=".25" stroke-width="1"/></pattern></defs>';

const MISSING_STROKE = 'stroke="#b87400" stroke-dasharray="3 2"';

interface CellSvg {
  readonly cell: ShownCell;
  readonly face: CellFace;
  readonly lines: readonly string[];
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function cellSvg({ cell, face, lines, x, y, width, height }: CellSvg): string {
  const box = `x="${x}" y="${y}" width="${width}" height="${height}" rx="3"`;
  const fill = face.gap === null ? (FILLS[face.shade] ?? FILLS[0]) : GAP_FILLS[face.gap];
  const stroke = face.gap === 'missing' ? MISSING_STROKE : 'stroke="#c4ccd6"';
  const stripes = face.isStriped ? `<rect ${box} fill="url(#stripes)"/>` : '';
  const first = y + LINE;
  return (
    `<rect ${box} fill="${fill}" ${stroke}/>${stripes}` +
    label(cell.cell.technique, x + 4, first, 'i') +
    label(face.ratio, x + width - 4, first, 'r') +
    lines.map((line, at) => label(line, x + 4, first + (at + 1) * LINE, '')).join('') +
    (face.note === '' ? '' : label(face.note, x + 4, first + (lines.length + 1) * LINE, 'q'))
  );
}

function label(text: string, x: number, y: number, style: string): string {
  if (text === '') return '';
  return `<text x="${x}" y="${y}"${style === '' ? '' : ` class="${style}"`}>${safe(text)}</text>`;
}

/** Pieces of a name in lines of at most `LETTERS` letters; a longer one gets a line of its own. */
function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  for (const piece of namePieces(text)) {
    const joined = `${lines.at(-1) ?? ''}${piece}`;
    if (lines.length === 0 || joined.trimEnd().length > LETTERS) lines.push(piece);
    else lines[lines.length - 1] = joined;
  }
  return lines.map((line) => line.trimEnd());
}

function safe(text: string): string {
  return escapeHtml(visible(text));
}
