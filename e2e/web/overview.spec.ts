import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

test('what was imported, what fired and what needs a look, each with its list behind it', async ({
  page,
  core,
}) => {
  await core.open(page, '/');
  await expect(page.getByRole('group', { name: 'Events stored' })).not.toContainText(/^0/);
  await expect(page.getByRole('table', { name: 'Open alerts' }).getByRole('row')).not.toHaveCount(1);
  await expect(
    page.getByRole('list', { name: 'Rules that fired most' }).getByRole('listitem').first(),
  ).toBeVisible();
  await expect(page.getByRole('table', { name: 'Last imports' })).toContainText('Done');
  await expectAccessible(page);
  await page.getByRole('link', { name: 'Events in this range' }).click();
  await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1)).toBeVisible();
});

test('the charts are read and a range is chosen by keyboard', async ({ page, core }) => {
  await core.open(page, '/');
  const chart = page.getByRole('application', { name: /^Events:/ });
  await chart.focus();
  // A key that comes before the chart is drawn has nothing to read.
  await expect(async () => {
    await page.keyboard.press('Home');
    await expect(chart.getByRole('status')).toContainText(/\d+ events?/, { timeout: 500 });
  }).toPass();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/since=.*until=/);
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/since=/);
});
