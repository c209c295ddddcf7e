import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

const grid = (page: Page) => page.getByRole('grid', { name: 'Events' });
const status = (page: Page) => page.getByRole('group', { name: 'List status' });
const query = (page: Page) => page.getByRole('textbox', { name: 'Query' });

/** Rows that the status bar counts. */
async function rowCount(page: Page): Promise<number> {
  const text = await status(page).innerText();
  return Number(/of (?:more than )?([\d,]+)/.exec(text)?.[1]?.replaceAll(',', '') ?? 0);
}

test.beforeEach(async ({ page, core }) => {
  await core.open(page, '/events');
  await expect(grid(page).getByRole('row').nth(1)).toBeVisible();
});

test('a word narrows list, chart and chips together, and back brings them back', async ({ page }) => {
  const all = await rowCount(page);
  await page.keyboard.press('/');
  await query(page).fill('powershell');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('powershell');
  await expect.poll(() => rowCount(page)).toBeLessThan(all);
  await expect(page).toHaveURL(/q=powershell/);
  await page.goBack();
  await expect.poll(() => rowCount(page)).toBe(all);
  await expect(query(page)).toHaveValue('');
});

test('a query that cannot be read says where and why, and is not sent', async ({ page }) => {
  const all = await rowCount(page);
  await query(page).fill('EventID:(4624');
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(query(page)).toHaveAttribute('aria-invalid', 'true');
  await page.keyboard.press('Enter');
  expect(await rowCount(page)).toBe(all);
  await page.keyboard.press('Escape');
  await expect(page.getByRole('alert')).toBeHidden();
  await expect(grid(page)).toBeFocused();
});

test('by keyboard alone: move, open, read on, filter for a value, close', async ({ page }) => {
  await grid(page).focus();
  await page.keyboard.press('j');
  await page.keyboard.press('j');
  await expect(status(page)).toContainText('row 3 of');
  await page.keyboard.press('Enter');
  const flyout = page.getByRole('complementary', { name: 'Event' });
  const id = flyout.getByLabel('Event', { exact: true }).getByText(/^[0-9A-HJKMNP-TV-Z]{26}$/);
  const third = await id.innerText();
  await page.keyboard.press('k');
  await expect(id).not.toHaveText(third);
  await page.keyboard.press('Escape');
  await expect(flyout).toBeHidden();
  const all = await rowCount(page);
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('f');
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('severity');
  await expect.poll(() => rowCount(page)).toBeLessThanOrEqual(all);
  await expect(status(page)).toContainText('row 1 of');
  await page.keyboard.press('End');
  await expect(status(page)).toContainText(/row ([\d,]+) of \1/);
});

test('the flyout shows fields, the original bytes and JSON, and its values can be filtered out', async ({
  page,
}) => {
  await grid(page).getByRole('row').nth(1).click();
  const flyout = page.getByRole('complementary', { name: 'Event' });
  await expect(flyout.getByLabel('Record fields')).toBeVisible();
  await expectAccessible(page);
  await flyout.getByRole('tab', { name: 'Raw' }).click();
  await expect(flyout.getByRole('button', { name: 'Copy bytes as base64' })).toBeVisible();
  await flyout.getByRole('tab', { name: 'JSON' }).click();
  await expect(flyout.getByLabel('event', { exact: true })).toContainText('"event_ts"');
});

test('the field list counts values, adds columns and filters', async ({ page }) => {
  const fields = page.getByRole('complementary', { name: 'Fields' });
  await fields.getByRole('button', { name: 'host', exact: true }).click();
  const first = fields.getByTitle('Filter for this value').first();
  const value = await first.innerText();
  await first.click();
  await expect(page.getByRole('list', { name: 'Active filters' })).toContainText(value);
  await expect(grid(page).getByRole('row').nth(1)).toContainText(value);
});

test('the pivot menu is the same for a cell and for a key', async ({ page }) => {
  await grid(page).focus();
  await page.keyboard.press('v');
  await expect(page.getByRole('menuitem', { name: 'Filter out' })).toBeVisible();
  await expect(page.getByRole('menuitem', { name: /^±15 minutes around/ })).toBeVisible();
  await page.keyboard.press('Escape');
  await grid(page).getByRole('row').nth(2).getByRole('gridcell').last().click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Only this' }).click();
  await expect(page.getByRole('list', { name: 'Active filters' })).toBeVisible();
});

test('a range is dragged on the chart, and Esc goes back', async ({ page }) => {
  const all = await rowCount(page);
  const chart = await page.locator('.u-over').first().boundingBox();
  if (chart === null) throw new Error('There is no chart.');
  await page.mouse.move(chart.x + chart.width * 0.1, chart.y + 20);
  await page.mouse.down();
  await page.mouse.move(chart.x + chart.width * 0.4, chart.y + 20, { steps: 4 });
  await page.mouse.up();
  await expect(page).toHaveURL(/since=.*until=/);
  await expect(page.getByRole('button', { name: /^Time range: .*→/ })).toBeVisible();
  await grid(page).focus();
  await page.keyboard.press('Escape');
  await expect(page).not.toHaveURL(/since=/);
  await expect.poll(() => rowCount(page)).toBe(all);
});

test('an empty result says why and offers the way out', async ({ page }) => {
  await query(page).fill('no-such-thing-anywhere');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The filters leave no events')).toBeVisible();
  await page.getByRole('button', { name: 'Clear all filters' }).click();
  await expect(grid(page).getByRole('row').nth(1)).toBeVisible();
  await page.getByRole('button', { name: /^Time range/ }).click();
  await page.getByLabel(/^From/).fill('1999-01-01');
  await page.getByLabel(/^To/).fill('1999-01-02');
  await page.getByRole('button', { name: 'Apply' }).click();
  await expect(page.getByText('No matching events in this time range')).toBeVisible();
  await page.getByRole('button', { name: 'Show all data' }).click();
  await expect(grid(page).getByRole('row').nth(1)).toBeVisible();
});
