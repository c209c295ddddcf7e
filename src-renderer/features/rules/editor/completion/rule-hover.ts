import type { Extension } from '@codemirror/state';
import { hoverTooltip } from '@codemirror/view';
import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import { cursorIn } from './yaml-cursor.ts';

/** What a key, modifier, tag or value means, while the pointer rests on it. */
export function ruleHover(vocabulary: () => RuleVocabularyWire | undefined): Extension {
  return hoverTooltip((view, pos) => {
    const words = vocabulary();
    const line = view.state.doc.lineAt(pos);
    const word = wordAt(line.text, pos - line.from);
    if (words === undefined || word === null) return null;
    const lines = view.state.doc
      .toString()
      .split('\n')
      .slice(0, line.number - 1);
    const { path } = cursorIn([...lines, line.text.slice(0, word.from)]);
    const meaning = meaningOf(word.text, path, line.text[word.from - 1] === '|', words);
    if (meaning === null) return null;
    return {
      pos: line.from + word.from,
      end: line.from + word.to,
      above: true,
      create: () => {
        const dom = document.createElement('div');
        dom.className = 'cm-meaning';
        const name = dom.appendChild(document.createElement('strong'));
        name.textContent = word.text;
        dom.append(` ${meaning}`);
        return { dom };
      },
    };
  });
}

function wordAt(line: string, at: number): { text: string; from: number; to: number } | null {
  const before = /[\w.-]*$/.exec(line.slice(0, at))?.[0] ?? '';
  const after = /^[\w.-]*/.exec(line.slice(at))?.[0] ?? '';
  const text = before + after;
  return text === '' ? null : { text, from: at - before.length, to: at + after.length };
}

/** A modifier after a pipe; else a tag, a level or a status by its name; else a key of the section it stands in. */
function meaningOf(
  word: string,
  path: readonly string[],
  afterPipe: boolean,
  words: RuleVocabularyWire,
): string | null {
  const named = (list: readonly { readonly name: string; readonly description: string }[]) =>
    list.find(({ name }) => name === word)?.description ?? null;
  if (afterPipe) return named(words.modifiers);
  const section = path[0] ?? 'rule';
  if (section === 'tags') return named(words.tags);
  if (path.length > 1) return null;
  return (
    named(words.keys.filter((key) => key.section === section)) ?? named(words.levels) ?? named(words.statuses)
  );
}
