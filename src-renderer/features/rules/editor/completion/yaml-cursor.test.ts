import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cursorIn } from './yaml-cursor.ts';

/** The cursor is at the bar. */
function at(text: string) {
  return cursorIn((text.split('|CURSOR|')[0] ?? '').split('\n'));
}

describe('cursorIn', () => {
  it.each([
    ['ti|CURSOR|', [], null, 'ti'],
    ['logsource:\n    prod|CURSOR|', ['logsource'], null, 'prod'],
    ['logsource:\n    product: win|CURSOR|', ['logsource'], 'product', 'win'],
    ['status: |CURSOR|', [], 'status', ''],
    ['detection:\n    sel:\n        Image|ends|CURSOR|', ['detection', 'sel'], null, 'Image|ends'],
    ['detection:\n    sel:\n        - Ima|CURSOR|', ['detection', 'sel'], null, 'Ima'],
    ['detection:\n    sel:\n        - A: 1\n          B|CURSOR|', ['detection', 'sel'], null, 'B'],
    ['detection:\n    sel: 1\n    condition: sel and no|CURSOR|', ['detection'], 'condition', 'sel and no'],
    ['tags:\n    - attack.|CURSOR|', ['tags'], null, 'attack.'],
    ['tags:\n- attack.|CURSOR|', ['tags'], null, 'attack.'],
    ['tags:\n    -|CURSOR|', ['tags'], null, ''],
    ["level: 'hi|CURSOR|", [], 'level', 'hi'],
    ['a:\n    b: 1\n---\n    ti|CURSOR|', [], null, 'ti'],
    ['a:\n\n    # words: here\n    b|CURSOR|', ['a'], null, 'b'],
  ])('%j', (text, path, key, typed) => {
    expect(at(text)).toMatchObject({ path, key, typed });
  });

  it('says where the typed text begins in its line', () => {
    expect(at("    product: 'win|CURSOR|").typedFrom).toBe(14);
    expect(at('  - att|CURSOR|').typedFrom).toBe(4);
    expect(at('    Image|CURSOR|').typedFrom).toBe(4);
  });

  it('answers for any text, with the end of the line as typed', () => {
    const line = fc.oneof(fc.string(), fc.stringMatching(/^ {0,8}(- )?[a-z]{0,4}:? ?[a-z']{0,4}$/));
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const clean = lines.map((one) => one.replace(/[\r\n]/g, ' '));
        const { typed, typedFrom } = cursorIn(clean);
        expect(clean.at(-1)?.slice(typedFrom)).toBe(typed);
      }),
    );
  });
});
