import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

interface RuleList {
  readonly items: readonly { readonly id: string; readonly title: string; readonly enabled: boolean }[];
}

test.describe('Rules', () => {
  test('a rule that was switched off stays off after a reload, and Undo brings it back', async ({
    page,
    core,
  }) => {
    const { items } = (await core.api('GET', '/api/v1/sigma/rules?limit=1')) as RuleList;
    const rule = items[0];
    if (rule === undefined) throw new Error('No rule is shipped.');
    await core.open(page, `/rules?q=${encodeURIComponent(rule.title)}`);
    const toggle = page
      .getByRole('grid', { name: 'Rules' })
      .getByRole('switch', { name: `Enabled: ${rule.title}`, exact: true });
    const press = async (key: string) => {
      await page.getByRole('grid', { name: 'Rules' }).focus();
      await page.keyboard.press(key);
    };
    await expect(toggle).toBeChecked();
    await press('e');
    await expect(page.getByText(`Disabled: ${rule.title}`)).toBeVisible();
    await expect(toggle).not.toBeChecked();
    await page.reload();
    await expect(toggle).not.toBeChecked();
    await press('e');
    await expect(toggle).toBeChecked();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(toggle).not.toBeChecked();
    await core.api('PATCH', `/api/v1/sigma/rules/${rule.id}`, { enabled: true });
  });

  test('notes on a rule are kept beside it', async ({ page, core }) => {
    const { items } = (await core.api('GET', '/api/v1/sigma/rules?limit=1')) as RuleList;
    await core.open(page, `/rules/${items[0]?.id ?? ''}?tab=notes`);
    const notes = page.getByRole('textbox', { name: 'Notes' });
    await notes.fill('Fires on every patch day: **ask first** <b>no markup</b>');
    await page.getByRole('button', { name: 'Save notes' }).click();
    await expect(page.getByText('Notes saved.')).toBeVisible();
    await page.reload();
    await expect(notes).toHaveValue(/patch day/);
    await expectAccessible(page);
    await notes.fill('');
    await page.getByRole('button', { name: 'Save notes' }).click();
    await page.reload();
    await expect(notes).toHaveValue('');
  });

  test('a rule shows its source', async ({ page, core }) => {
    await core.open(page, '/rules');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await grid.focus();
    await page.keyboard.press('Enter');
    const flyout = page.getByRole('complementary', { name: 'Rule' });
    await flyout.getByRole('tab', { name: 'Source' }).click();
    await expect(flyout.getByText('condition:')).toBeVisible();
  });

  test('the dry run names the line of a mistake and saves what passes', async ({ page, core }) => {
    await core.open(page, '/rules/new');
    const editor = page.getByRole('textbox', { name: 'Rule as YAML' });
    const stages = page.getByRole('list', { name: 'Stages' }).getByRole('listitem');
    await expect(stages).toHaveText([/passed/, /passed/, /passed/]);

    await editor.fill(
      'title: Broken\nlogsource:\n    product: windows\ndetection:\n    sel:\n        a: 1\n    condition: sel and\n',
    );
    await expect(stages).toHaveText([/passed/, /passed/, /failed/]);
    await expect(page.getByRole('button', { name: /Go to line 7/ })).toBeVisible();
    const save = page.getByRole('button', { name: 'Save rule' });
    await expect(save).toBeDisabled();

    const id = crypto.randomUUID();
    await editor.fill(
      `title: Written in a test\nid: ${id}\nlogsource:\n    product: windows\ndetection:\n    sel:\n        EventID: 1\n    condition: sel\nlevel: low\n`,
    );
    await expect(save).toBeEnabled();
    await save.click();
    await expect(page).toHaveURL(new RegExp(`/rules/${id}`));
    await expect(page.getByRole('heading', { name: 'Written in a test' })).toBeVisible();
  });

  test('has no accessibility violations', async ({ page, core }) => {
    await core.open(page, '/rules?q=whoami');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await grid.focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('tab', { name: 'Overview' })).toBeVisible();
    await expectAccessible(page);
  });
});
