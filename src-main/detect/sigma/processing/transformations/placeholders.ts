import { PLACEHOLDER_PIECES } from '../../compile/placeholders.ts';
import { RuleRejected, type DetectionItem, type SigmaValue } from '../../document/rule.ts';
import type { Draft } from '../draft.ts';
import { beforeSpecial } from '../item-text.ts';
import type { Parameters } from '../parameters.ts';
import type { Transformation, TransformationFactory } from './transformation.ts';

/** Texts that one value may become, as in the compiler. */
const MAX_EXPANSIONS = 10_000;

/** Transformations of `%name%` in values with the modifier `expand`, by their names in pySigma. */
export const PLACEHOLDER_TRANSFORMATIONS: Readonly<Record<string, TransformationFactory>> = {
  /** A name that `vars` lacks is left to the value lists, which reject the rule if they lack it too. */
  value_placeholders: (parameters) => replacingPlaceholders(parameters, (name, { vars }) => vars.get(name)),
  wildcard_placeholders: (parameters) => replacingPlaceholders(parameters, () => ['*']),
};

function replacingPlaceholders(
  parameters: Parameters,
  valuesOf: (name: string, draft: Draft) => readonly string[] | undefined,
): Transformation {
  const include = parameters.optionalTexts('include');
  const exclude = parameters.optionalTexts('exclude');
  if (include !== null && exclude !== null) {
    const message = 'Placeholders are either included or excluded.';
    throw new RuleRejected(parameters.path, message, 'Remove "include" or "exclude".');
  }
  const isHandled = (name: string) => include?.includes(name) ?? !(exclude ?? []).includes(name);
  return (draft, scope) =>
    draft.replaceItems(scope.id, (item) => {
      if (!item.modifiers.includes('expand') || !scope.acceptsItem(item)) return null;
      const values = item.values.flatMap((value): readonly SigmaValue[] =>
        typeof value === 'string'
          ? replaced(value, item, (name) => (isHandled(name) ? valuesOf(name, draft) : undefined))
          : [value],
      );
      return [{ ...item, values, isList: item.isList || values.length !== 1 }];
    });
}

/** Reads the value as the compiler does: `\%` is a percent sign, `\\%name%` a backslash before a placeholder. */
function replaced(
  value: string,
  item: DetectionItem,
  valuesOf: (name: string) => readonly string[] | undefined,
): readonly string[] {
  let texts = [''];
  for (const [piece, name] of value.matchAll(PLACEHOLDER_PIECES)) {
    const choices = (name === undefined ? undefined : valuesOf(name)?.map(protectedText)) ?? [piece];
    if (texts.length * choices.length > MAX_EXPANSIONS) {
      const message = `The value expands to more than ${MAX_EXPANSIONS}.`;
      throw new RuleRejected(item.path, message, 'Use fewer placeholders.');
    }
    texts = texts.flatMap((text) => choices.map((choice) => text + choice));
  }
  return texts;
}

/** A value in place of a placeholder: its percent signs are its own, and its end escapes nothing. */
function protectedText(value: string): string {
  return beforeSpecial(value).replaceAll('%', '\\%');
}
