import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

const GOOD = `title: Came with an import
id: 5a0c9a52-7d11-4b8e-9a50-3d4f6c1e0001
status: test
logsource:
    product: windows
detection:
    sel:
        EventID: 4242
    condition: sel
level: low
`;

const UNSUPPORTED = GOOD.replace('0001', '0002')
  .replace('Came', 'Never came')
  .replace('EventID:', 'EventID|frobnicate:');

test.describe('Import of rules', () => {
  test('a trial says what would happen to each rule, then the import does it', async ({ page, core }) => {
    const good = join(core.folder, 'good.yml');
    const bad = join(core.folder, 'bad.yml');
    writeFileSync(good, GOOD);
    writeFileSync(bad, UNSUPPORTED);
    await core.open(page, '/rules');
    await page.getByRole('button', { name: 'More about rules' }).click();
    await page.getByRole('menuitem', { name: 'Import rules' }).click();
    await page.locator('input[type=file]').setInputFiles([good, bad]);
    await expect(page.getByText('Nothing is kept yet.')).toBeVisible();
    const outcomes = page.getByRole('group', { name: 'Outcome' });
    await expect(outcomes.getByRole('button', { name: 'Added 1' })).toBeVisible();
    const report = page.getByRole('grid', { name: 'Rules of the import' });
    await outcomes.getByRole('button', { name: 'Unsupported 1' }).click();
    await expect(report.getByRole('row')).toHaveCount(2);
    await report.getByRole('row').nth(1).click();
    await expect(page.getByRole('complementary', { name: 'Imported rule' })).toContainText('frobnicate');
    await expectAccessible(page);

    await page.getByRole('button', { name: 'Import 1 rule' }).click();
    await expect(page.getByText('1 added, 0 changed.')).toBeVisible();
    await page.getByRole('link', { name: 'Open the rules' }).click();
    await page.getByRole('textbox', { name: 'Filter rules' }).fill('came with an import');
    await expect(page.getByRole('grid', { name: 'Rules' }).getByText('Came with an import')).toBeVisible();
  });
});

test.describe('What belongs to rules', () => {
  test('a value list is written by hand and its rules run with it', async ({ page, core }) => {
    await core.open(page, '/rules/placeholders?name=Administrators');
    const values = page.getByRole('textbox', { name: /Values, one a line/ });
    await values.fill('adm_*\nroot\nroot\n');
    await expect(page.getByText('(2 values)')).toBeVisible();
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByRole('button', { name: /%Administrators%/ })).toContainText('2 values');
    await expectAccessible(page);
  });

  test('a pipeline with a mistake is refused with its place', async ({ page, core }) => {
    await core.open(page, '/rules/pipelines');
    await page.getByRole('button', { name: 'New pipeline' }).click();
    await page.getByRole('textbox', { name: 'Name of the new pipeline' }).fill('our names');
    await page.keyboard.press('Enter');
    const editor = page.getByRole('textbox', { name: 'Pipeline as YAML' });
    await editor.fill('name: our names\npriority: 5\ntransformations:\n    - type: frobnicate\n');
    const save = page.getByRole('button', { name: 'Save', exact: true });
    await save.click();
    await expect(page.getByText(/line 4.*frobnicate/)).toBeVisible();
    await editor.fill(
      'name: our names\npriority: 5\ntransformations:\n    - type: field_name_mapping\n      mapping: { A: B }\n',
    );
    await save.click();
    await expect(page.getByRole('button', { name: /our names/ })).toContainText('on');
    await expectAccessible(page);
  });
});
