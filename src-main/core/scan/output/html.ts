import { LEVELS } from '#shared/model/severity.ts';
import { escapeHtml } from '#shared/text/html.ts';
import { visible } from '#shared/text/visible.ts';
import type { ScanMatch } from '../match.ts';
import type { MatchPrinter } from './printer.ts';

/** Shape and colour of each level, as in the workstation; never colour alone. */
const STYLE = `
:root { color-scheme: light dark; --text: #1b2430; --dim: #5a6675; --line: #d9dfe6; --panel: #f3f5f8; --page: #fff;
  --critical: #5d1d40; --high: #a53f23; --medium: #bc8103; --low: #154c94; --informational: #757e94; }
@media (prefers-color-scheme: dark) { :root { --text: #dfe5ec; --dim: #93a0ae; --line: #2a3542; --panel: #18202a; --page: #0f141a;
  --critical: #ff3e82; --high: #ffa948; --medium: #f9edd0; --low: #438cec; --informational: #b0bac2; } }
body { margin: 32px; background: var(--page); color: var(--text); font: 13px/1.45 system-ui, sans-serif; }
h1 { font-size: 20px; margin: 0 0 4px; } p { color: var(--dim); margin: 0 0 24px; }
table { border-collapse: collapse; width: 100%; } th, td { text-align: left; vertical-align: top; padding: 6px 12px 6px 0; border-bottom: 1px solid var(--line); }
th { font-weight: 600; color: var(--dim); } td.time, code { font-family: ui-monospace, monospace; font-size: 12px; white-space: nowrap; }
code { white-space: pre-wrap; overflow-wrap: anywhere; } summary { cursor: pointer; color: var(--dim); }
${LEVELS.map((level) => `.${level}::before { color: var(--${level}); }`).join('\n')}
.critical::before { content: "◆ "; } .high::before { content: "▲ "; } .medium::before { content: "■ "; }
.low::before { content: "▼ "; } .informational::before { content: "○ "; }
`;

/** One file that needs nothing else: no script, no remote part, prints well. */
export const htmlPrinter: MatchPrinter = {
  head: () =>
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Harrier scan</title>` +
    `<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">` +
    `<style>${STYLE}</style></head><body><h1>Harrier scan</h1><p>Times are UTC.</p>\n` +
    `<table><thead><tr><th>Time</th><th>Level</th><th>Rule</th><th>Computer</th><th>Source</th></tr></thead><tbody>\n`,
  match: row,
  tail: () => '</tbody></table></body></html>\n',
};

function row(match: ScanMatch): string {
  const record = match.record_id === null ? '' : ` · record ${match.record_id}`;
  return (
    `<tr><td class="time">${text(match.event_ts)}</td><td class="${match.level}">${match.level}</td>` +
    `<td>${text(match.title)}${why(match)}</td><td>${text(match.computer)}</td>` +
    `<td>${text(match.source_file)}${record}</td></tr>\n`
  );
}

function why(match: ScanMatch): string {
  const fields = Object.entries(match.matched).flatMap(([selection, values]) =>
    Object.entries(values).map(([field, value]) => `${text(selection)} · ${text(field)}: ${text(value)}`),
  );
  const events = (match.events ?? []).map(({ event_ts, source_file, record_id }) =>
    text(`${event_ts} ${source_file}${record_id === null ? '' : ` record ${record_id}`}`),
  );
  return `<details><summary>Why it fired · ${text(match.author)}</summary><code>${[...fields, ...events].join('\n')}</code></details>`;
}

function text(value: string): string {
  return escapeHtml(visible(value));
}
