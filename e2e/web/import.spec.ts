import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

const EVENTS = ['alpha', 'beta', 'gamma']
  .map((word, index) =>
    JSON.stringify({ '@timestamp': `2024-03-01T10:0${index}:00Z`, host: 'lab-1', message: word }),
  )
  .join('\n');

test.describe('Import', () => {
  test('an uploaded file is reported, leads to its events, and can be undone', async ({ page, core }) => {
    await core.open(page, '/import');
    await expect(page.getByRole('button', { name: 'Choose files' })).toBeVisible();
    await page.locator('input[type=file]').setInputFiles({
      name: 'lab.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(`${EVENTS}\n`),
    });
    const report = page.getByRole('article', { name: 'Import report' });
    await expect(report).toContainText('lab.ndjson');
    await expect(report).toContainText('3 events');
    await expect(report).toContainText('1 read');

    await report.getByRole('link', { name: 'Open events in this range' }).click();
    const events = page.getByRole('grid', { name: 'Events' });
    await expect(events.getByRole('row').nth(3)).toBeVisible();
    await expect(events).toContainText('gamma');

    await page.goBack();
    await report.getByRole('button', { name: 'Undo import' }).click();
    await report.getByRole('button', { name: 'Remove' }).click();
    await expect(report).toContainText('Undone');
    const { total } = (await core.api('GET', '/api/v1/events?q=host:lab-1')) as { total: number };
    expect(total).toBe(0);
  });

  test('records that were not understood are listed with their beginning', async ({ page, core }) => {
    await core.open(page, '/import');
    await page.locator('input[type=file]').setInputFiles({
      name: 'torn.ndjson',
      mimeType: 'application/x-ndjson',
      buffer: Buffer.from(`${EVENTS}\n{"message": "torn\n`),
    });
    const report = page.getByRole('article', { name: 'Import report' });
    await expect(report).toContainText('partly read');
    await report.getByRole('tab', { name: /Not understood/ }).click();
    await expect(report.getByRole('grid').getByRole('row').nth(1)).toContainText('torn');
  });

  test('a path that does not exist is a failed file, not an error of the screen', async ({ page, core }) => {
    await core.open(page, '/import');
    await page.getByRole('textbox', { name: /on the core's machine/ }).fill('/nowhere/at/all.log');
    await page.getByRole('button', { name: 'Import', exact: true }).click();
    const report = page.getByRole('article', { name: 'Import report' });
    await expect(report).toContainText('1 failed');
    await expect(report.getByRole('grid')).toContainText('failed');
  });

  test('has no accessibility violations', async ({ page, core }) => {
    await core.open(page, '/import');
    await expect(page.getByRole('article', { name: 'Import report' })).toBeVisible();
    await expectAccessible(page);
  });
});
