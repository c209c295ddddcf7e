/**
 * Log text is hostile: control characters drive terminals, bidi marks and zero-width characters deceive readers
 * (reliability T2; Unicode TR36). Tab is the one control character that logs use honestly.
 */
const DECEPTIVE = new RegExp(
  [
    '[\\u0000-\\u0008\\u000a-\\u001f\\u007f-\\u009f', // controls, tab aside
    '\\u00ad\\u061c\\u180e\\u200b-\\u200f\\u2060-\\u2064\\ufeff', // invisible and zero-width
    '\\u2028-\\u202e\\u2066-\\u2069', // line separators and bidi marks
    '\\ufff9-\\ufffb]', // interlinear annotation
  ].join(''),
  'g',
);

const NAMED: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\u0000': '\\0',
  '\u001b': '\\e',
};

/** `text` with every deceptive character shown as an escape: `\n`, `\e`, `\u202e`. Safe for terminals and reports. */
export function visible(text: string): string {
  return text.replace(
    DECEPTIVE,
    (char) => NAMED[char] ?? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** True when `visible` would change `text`. */
export function isDeceptive(text: string): boolean {
  DECEPTIVE.lastIndex = 0;
  return DECEPTIVE.test(text);
}
