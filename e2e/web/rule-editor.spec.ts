import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

const ID = 'b7d4f0de-2d0c-4c55-9d0a-6a1f3a9c0001';

function ruleText(pattern: string): string {
  return `title: Encoded PowerShell in a test
id: ${ID}
status: test
logsource:
    category: process_creation
    product: windows
detection:
    selection:
        CommandLine|contains: '${pattern}'
    condition: selection
level: low
`;
}

function editorOf(page: Page) {
  return page.getByRole('textbox', { name: 'Rule as YAML' });
}

test.describe('The rule editor', () => {
  test.describe.configure({ mode: 'serial' });

  test('offers the fields of the log source and, after a pipe, the modifiers', async ({ page, core }) => {
    await core.open(page, '/rules/new');
    const editor = editorOf(page);
    await editor.fill(
      'title: x\nlogsource:\n    category: process_creation\n    product: windows\ndetection:\n    sel:\n        ',
    );
    await editor.press('ControlOrMeta+End');
    await page.keyboard.type('Comm');
    const options = page.getByRole('listbox', { name: 'Completions' }).getByRole('option');
    await expect(options.first()).toContainText('CommandLine');
    await expect(options.first()).toContainText('% of events');
    // By mouse: the list ignores keys for a moment after it opened, so that Enter ends a line that is being typed.
    await options.first().click();
    await expect(editor).toContainText('CommandLine: ');
    for (let step = 0; step < 2; step += 1) await page.keyboard.press('Backspace');
    await page.keyboard.type('|con');
    await expect(options.first()).toContainText('contains');
  });

  test('a failing case names the reason; corrected it passes, and both are saved', async ({ page, core }) => {
    await core.open(page, '/rules/new');
    const editor = editorOf(page);
    await editor.fill(ruleText('-EncodedCommandX'));
    const cases = page.getByRole('region', { name: 'Cases' });
    await cases.getByRole('button', { name: 'Add a case' }).click();
    await cases.getByLabel('Name').fill('encoded');
    await cases.getByLabel('Record as it would be received, as JSON').fill(
      JSON.stringify({
        Channel: 'Microsoft-Windows-Sysmon/Operational',
        Provider_Name: 'Microsoft-Windows-Sysmon',
        EventID: 1,
        CommandLine: 'powershell.exe -EncodedCommand SQBFAFgA',
      }),
    );
    await cases.getByRole('button', { name: 'Add the case' }).click();
    await expect(cases.getByText('0 passed, 1 failed')).toBeVisible();
    await cases.getByRole('button', { name: 'failed encoded' }).click();
    await expect(cases.getByText('Does not match')).toBeVisible();
    await expect(cases.getByRole('region', { name: 'What keeps it from matching' })).toContainText(
      'CommandLine',
    );

    await editor.fill(ruleText('-EncodedCommand'));
    await expect(cases.getByText('1 passed, 0 failed')).toBeVisible();
    await expect(cases.getByText('Matches', { exact: true })).toBeVisible();
    await page.getByRole('button', { name: 'Save rule' }).click();
    await expect(page).toHaveURL(new RegExp(`/rules/${ID}`));
    await page.getByRole('tab', { name: 'Cases' }).click();
    await expect(page.getByText('1 passed, 0 failed')).toBeVisible();
  });

  test('says what the text would have matched among stored events, and why', async ({ page, core }) => {
    await core.open(page, `/rules/${ID}/edit`);
    const editor = editorOf(page);
    await editor.fill(ruleText('powershell'));
    await expect(page.getByText('Ready to save')).toBeVisible();
    await editor.press('ControlOrMeta+Enter');
    const stored = page.getByRole('region', { name: 'Stored events' });
    await expect(stored.getByText(/\d+ events of [\d,]+ examined/)).toBeVisible();
    await stored.getByRole('list', { name: 'Matching events' }).getByRole('button').first().click();
    await expect(stored.getByText('Matches', { exact: true })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Stay' }).click();
    await expect(editor).toBeVisible();
    await page.getByRole('link', { name: 'Close' }).click();
    await page.getByRole('button', { name: 'Discard the changes' }).click();
    await expect(page).toHaveURL(new RegExp(`/rules/${ID}$`));
  });

  test('a version keeps its reason, shows its difference and can be restored', async ({ page, core }) => {
    await core.open(page, `/rules/${ID}/edit`);
    const editor = editorOf(page);
    await editor.fill(ruleText('-enc'));
    await expect(page.getByRole('button', { name: 'Save rule' })).toBeEnabled();
    await editor.press('ControlOrMeta+s');
    await page.getByLabel('Reason, for its history').fill('short form as well');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(new RegExp(`/rules/${ID}$`));

    await page.getByRole('tab', { name: 'History' }).click();
    const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem');
    await expect(versions.first()).toContainText('short form as well');
    await versions.first().getByRole('button', { name: 'Compare' }).click();
    await expect(versions.first()).toContainText('-EncodedCommand');
    await expectAccessible(page);
    await versions.last().getByRole('button', { name: 'Compare' }).click();
    await versions.last().getByRole('button', { name: 'Restore this text' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Restore' }).click();
    await expect(versions.first()).toContainText('Restored');
    await page.getByRole('tab', { name: 'Source' }).click();
    await expect(page.getByText('-EncodedCommand')).toBeVisible();
  });

  test('a text that somebody else saved meanwhile is shown before it is replaced', async ({ page, core }) => {
    await core.open(page, `/rules/${ID}/edit`);
    const editor = editorOf(page);
    await expect(editor).toContainText('-EncodedCommand');
    const theirs = { yaml: ruleText('theirs'), reason: 'their change' };
    await core.api('PUT', `/api/v1/sigma/rules/${ID}`, theirs);
    await editor.fill(ruleText('mine'));
    await expect(page.getByRole('button', { name: 'Save rule' })).toBeEnabled();
    await page.getByRole('button', { name: 'Save rule' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    const conflict = page.getByRole('dialog', { name: 'Somebody else saved this rule meanwhile' });
    await expect(conflict).toContainText("'theirs'");
    await conflict.getByRole('button', { name: 'Save mine as the next version' }).click();
    await expect(page).toHaveURL(new RegExp(`/rules/${ID}$`));
    await core.api('GET', `/api/v1/sigma/rules/${ID}`).then((rule) => {
      expect((rule as { yaml_source: string }).yaml_source).toContain("'mine'");
    });
  });
});
