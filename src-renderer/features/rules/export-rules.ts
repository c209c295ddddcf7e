import { callApi } from '../../api/client.ts';
import { saveText } from '../../ui/save-text.ts';

/** Ids in one address; 200 of 36 characters stay well under the 16 KiB that Node takes as headers. */
const IDS_PER_REQUEST = 200;

/** Saves the rules as one YAML file of several documents, in the order given. Throws ApiError. */
export async function exportRules(ids: readonly string[], fileName = 'rules.yml'): Promise<void> {
  const parts: string[] = [];
  for (let from = 0; from < ids.length; from += IDS_PER_REQUEST) {
    const chunk = ids.slice(from, from + IDS_PER_REQUEST).join(',');
    parts.push((await callApi('exportRules', { query: { ids: chunk } })).trimEnd());
  }
  saveText(fileName, `${parts.join('\n---\n')}\n`, 'application/yaml');
}
