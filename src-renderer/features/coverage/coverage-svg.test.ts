import { expect, it } from 'vitest';
import { NO_COUNTS } from './cell-counts.ts';
import { faceOf, NO_GAPS, NO_MARKS } from './cell-face.ts';
import { coverageSvg } from './coverage-svg.ts';
import type { TacticColumn } from './matrix.ts';

function column(name: string, techniques: readonly string[]): TacticColumn {
  return {
    tactic: { id: 'TA0001', tactic: 'x', name, technique_count: 0, covered_count: 0 },
    covered: 1,
    total: techniques.length,
    rows: techniques.map((technique) => ({
      cell: {
        tactic: 'x',
        technique: 'T1000',
        name: technique,
        parent: null,
        rule_count: 0,
        enabled_count: 0,
        data_count: 0,
        fired: 0,
        fired_24h: 0,
        fired_7d: 0,
        last_fired: null,
        groups: [],
      },
      counts: { ...NO_COUNTS, total: 2, enabled: 1 },
      marks: NO_MARKS,
      gaps: NO_GAPS,
      subs: [],
      isOpen: false,
    })),
  };
}

const draw = (columns: readonly TacticColumn[], title = 'Grid') =>
  coverageSvg(columns, {
    title,
    subtitle: 'Sub',
    faceOf: (shown) => faceOf(shown, { mode: 'rules', window: 'all', nowMs: 0 }),
  });

it('draws every cell with its words, wrapped between words and behind slashes', () => {
  const svg = draw([column('Stealth', ['Virtualization/Sandbox Evasion', 'Valid Accounts'])]);
  for (const line of ['Stealth', 'Virtualization/', 'Sandbox Evasion', 'Valid Accounts', '1/2'])
    expect(svg).toContain(`>${line}</text>`);
});

it('is well-formed XML whatever the names are, and refers to nothing outside', () => {
  const svg = draw([column('a & b', ['<script>alert(1)</script>', '"\u0000\u202e'])], '<&>');
  const parsed = new DOMParser().parseFromString(svg, 'image/svg+xml');
  expect(parsed.querySelector('parsererror')).toBeNull();
  expect(parsed.querySelectorAll('script, image, use, a')).toHaveLength(0);
  expect(svg).not.toMatch(/href|javascript:/);
});

it('is as wide as its columns and as high as the longest', () => {
  const [, width, height] =
    /viewBox="0 0 (\d+) (\d+)"/.exec(draw([column('A', ['x']), column('B', ['x', 'y'])])) ?? [];
  expect([Number(width), Number(height)]).toEqual([2 * 16 + 2 * 104 + 3, 84 + 2 * (2 * 12 + 8 + 3) + 16]);
});
