import {
  autocompletion,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete';
import type { Extension } from '@codemirror/state';
import type { RuleVocabularyWire } from '#shared/contract/rule-questions.ts';
import { hostileText } from '../../../../lib/hostile.ts';
import { outlineOf } from './rule-outline.ts';
import { suggest, type Suggestion } from './suggestions.ts';
import { cursorIn } from './yaml-cursor.ts';

/** Completion of keys, modifiers, values and fields; `vocabulary` is asked each time, as it loads after the editor. */
export function ruleCompletion(vocabulary: () => RuleVocabularyWire | undefined): Extension {
  return autocompletion({
    override: [(context) => complete(context, vocabulary())],
    icons: false,
    // The words are few and in order of use; sorting by match would mix fields that are seen with those that are not.
    maxRenderedOptions: 60,
  });
}

function complete(
  { state, pos, explicit }: CompletionContext,
  vocabulary: RuleVocabularyWire | undefined,
): CompletionResult | null {
  if (vocabulary === undefined) return null;
  const line = state.doc.lineAt(pos);
  const lines = state.doc.toString().split('\n');
  const at = line.number - 1;
  const cursor = cursorIn([...lines.slice(0, at), line.text.slice(0, pos - line.from)]);
  const { from, words } = suggest(cursor, outlineOf(lines, at), vocabulary);
  const start = line.from + cursor.typedFrom + from;
  // On an empty line one may want to write anything: nothing pops up unasked.
  const isBegun = start < pos || cursor.key !== null || state.sliceDoc(start - 1, start) === '|';
  if (words.length === 0 || (!isBegun && !explicit)) return null;
  const hasColon = state.sliceDoc(pos, line.to).trimStart().startsWith(':');
  return {
    from: start,
    options: words.map((word, index) => optionOf(word, index, hasColon)),
    validFor: /^[\w.%*-]*$/,
  };
}

/** Field names come from logs, so what is shown of them is made harmless; what is inserted is the name itself. */
function optionOf({ text, detail, info, isKey }: Suggestion, index: number, hasColon: boolean): Completion {
  return {
    label: text,
    displayLabel: hostileText(text),
    apply: isKey === true && !hasColon ? `${text}: ` : text,
    // Keeps the order of the suggestions among equally good matches.
    boost: Math.max(-99, -index),
    ...(detail !== undefined && { detail }),
    ...(info !== undefined && info !== '' && { info }),
  };
}
