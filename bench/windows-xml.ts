/**
 * Rendered Windows event XML to the JSON that evtx_dump prints, for the sample events inside Hayabusa's rules.
 * Good for those hand-made samples only: it is no XML parser.
 */
export function windowsXmlToJson(xml: string): string {
  const system = section(xml, 'System');
  const fields: Record<string, unknown> = {};
  for (const [, name = '', attributes = '', text = ''] of system.matchAll(
    /<(\w+)([^>]*?)(?:\/>|>([^<]*)<\/\1>)/g,
  )) {
    const named = attributesOf(attributes);
    fields[name] = Object.keys(named).length > 0 && text === '' ? { '#attributes': named } : unescape(text);
  }
  fields.EventID = Number(fields.EventID);
  return JSON.stringify({ Event: { System: fields, ...payload(xml) } });
}

function payload(xml: string): Record<string, unknown> {
  const data = section(xml, 'EventData');
  if (data === '') return { UserData: leaves(section(xml, 'UserData')) };
  const values: Record<string, unknown> = {};
  const unnamed: string[] = [];
  for (const [, attributes = '', text = ''] of data.matchAll(/<Data([^>]*?)(?:\/>|>([^<]*)<\/Data>)/g)) {
    const name = attributesOf(attributes).Name;
    if (name === undefined) unnamed.push(unescape(text));
    else values[name] = unescape(text);
  }
  if (unnamed.length > 0) values.Data = unnamed.length === 1 ? unnamed[0] : unnamed;
  return { EventData: values };
}

function leaves(xml: string): Record<string, string> {
  const found: Record<string, string> = {};
  for (const [, name = '', , text = ''] of xml.matchAll(/<(\w+)([^>]*)>([^<]*)<\/\1>/g))
    found[name] = unescape(text);
  return found;
}

function section(xml: string, name: string): string {
  return new RegExp(`<${name}[^>]*>([\\s\\S]*?)</${name}>`).exec(xml)?.[1] ?? '';
}

function attributesOf(text: string): Record<string, string> {
  return Object.fromEntries(
    [...text.matchAll(/(\w+)=["']([^"']*)["']/g)].map(([, name = '', value = '']) => [name, unescape(value)]),
  );
}

function unescape(text: string): string {
  return text
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&apos;', "'")
    .replaceAll('&amp;', '&');
}
