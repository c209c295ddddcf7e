import { CodeView } from './CodeView.tsx';

/** A value as indented JSON, to read, fold and copy. Misleading characters are escaped as JSON does it. */
export function JsonView({ value, label }: { readonly value: unknown; readonly label: string }) {
  return <CodeView text={escapeMisleading(JSON.stringify(value, null, 2))} language="json" label={label} />;
}

/** JSON.stringify leaves bidirectional and invisible characters as they are; the escaped form is the same JSON. */
function escapeMisleading(json: string): string {
  return json.replace(
    /[\u007f-\u009f\u00ad\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\ufff9-\ufffb]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
