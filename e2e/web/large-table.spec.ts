import type { Page } from '@playwright/test';
import { expect, startCore, test } from './core.ts';
import { freePort, sendSyslog } from './syslog.ts';

const EVENTS = 200_000;
const FIRST_MS = Date.UTC(2025, 0, 1);
/** Rows on a screen of 900 px and 20 above and below it, with room to spare. */
const MOST_ROWS_IN_PAGE = 120;

function* manyRecords(): Generator<object> {
  for (let index = 0; index < EVENTS; index += 1) {
    yield {
      '@timestamp': new Date(FIRST_MS + index * 1000).toISOString(),
      host: `host-${index % 50}`,
      message: `record ${index}`,
    };
  }
}

function row(page: Page, index: number) {
  // The header is row 1 of a WAI-ARIA grid.
  return page.locator(`[role="row"][aria-rowindex="${index + 2}"]`);
}

test('200,000 events: to the end and back, with few rows in the page and none that jump', async ({
  page,
}) => {
  test.setTimeout(90_000);
  const syslogPort = await freePort();
  const { core, stop } = await startCore({ syslog_tcp_enabled: true, syslog_tcp_port: syslogPort });
  try {
    await core.importRecords('many.ndjson', manyRecords());
    await core.open(page, '/events');
    const rowsInPage = () => page.getByRole('grid', { name: 'Events' }).getByRole('row').count();
    await expect(page.getByText('row 1 of 200,000')).toBeVisible();
    await expect(row(page, 0)).toContainText(`record ${EVENTS - 1}`);

    await page.keyboard.press('End');
    await expect(page.getByText('row 200,000 of 200,000')).toBeVisible();
    await expect(row(page, EVENTS - 1)).toContainText(/record 0\b/);
    await expect(row(page, EVENTS - 11)).toContainText(/record 10\b/);
    expect(await rowsInPage()).toBeLessThan(MOST_ROWS_IN_PAGE);

    await page.keyboard.press('Home');
    await expect(row(page, 0)).toContainText(`record ${EVENTS - 1}`);
    for (let step = 0; step < 5; step += 1) await page.keyboard.press('PageDown');
    const position = await page.getByText(/^row \d+ of 200,000$/).textContent();
    const at = Number(/\d+/.exec(position ?? '')?.[0]) - 1;
    expect(at).toBeGreaterThan(50);
    await expect(row(page, at)).toContainText(`record ${EVENTS - 1 - at}`);
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Event' })).toContainText(
      `record ${EVENTS - 1 - at}`,
    );
    const topPx = async () => (await row(page, at).boundingBox())?.y;
    const before = await topPx();

    await sendSyslog(
      syslogPort,
      Array.from({ length: 25 }, (_, index) => `live ${index}`),
    );
    await expect(page.getByRole('button', { name: '25 new' })).toBeVisible();
    expect(await topPx()).toBe(before);
    await expect(row(page, at)).toContainText(`record ${EVENTS - 1 - at}`);
    await expect(row(page, at)).toHaveAttribute('data-open', 'true');
    await expect(page.getByText(position ?? '')).toBeVisible();
    expect(await rowsInPage()).toBeLessThan(MOST_ROWS_IN_PAGE);

    await page.getByRole('button', { name: '25 new' }).click();
    await expect(page.getByText('row 1 of 200,025')).toBeVisible();
    await expect(row(page, 0)).toContainText('live');
  } finally {
    await stop();
  }
});
