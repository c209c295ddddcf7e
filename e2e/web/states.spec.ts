import type { Page } from '@playwright/test';
import { expect, startCore, test } from './core.ts';
import { freePort, sendSyslog } from './syslog.ts';

/** Which of the five causes an empty list gives, with its title. */
async function expectEmpty(page: Page, cause: string, title: string | RegExp): Promise<void> {
  const state = page.locator(`[data-cause="${cause}"]`, { hasText: title });
  await expect(state.first()).toBeVisible();
}

test('an empty store: every screen says that nothing is in it, and where to begin', async ({ page }) => {
  const { core, stop } = await startCore();
  try {
    await core.open(page, '/events');
    await expectEmpty(page, 'no-data', 'No events yet');
    await page.getByRole('link', { name: 'Import evidence' }).first().click();
    await expectEmpty(page, 'no-data', 'Nothing was imported yet');
    await page.goto(`${core.url}/#/alerts`);
    await expectEmpty(page, 'no-data', 'No alerts, because there are no events yet');
    await page.goto(`${core.url}/#/coverage`);
    await expect(page.getByRole('heading', { name: 'ATT&CK coverage', level: 1 })).toBeVisible();
    await expect(page.getByRole('alert')).toHaveCount(0);
  } finally {
    await stop();
  }
});

test('data outside the range and data behind a filter are told apart', async ({ page, core }) => {
  await core.open(page, '/events?since=2001-01-01T00:00:00Z&until=2001-01-02T00:00:00Z');
  await expectEmpty(page, 'out-of-range', 'No matching events in this time range');
  await page.getByRole('button', { name: 'Show all data' }).click();
  await expect(page.getByText(/^row 1 of [\d,]+$/)).toBeVisible();
  await page.goto(`${core.url}/#/events?q=nothing-holds-this-word`);
  await expectEmpty(page, 'filtered-out', 'The filters leave no events');
  await page.goto(`${core.url}/#/alerts?q=nothing-holds-this-word`);
  await expectEmpty(page, 'filtered-out', 'The filters leave no alerts');
});

test('an address without a screen says so and leads back', async ({ page, core }) => {
  await core.open(page, '/no/such/screen');
  await expect(page.getByText('There is no screen at this address')).toBeVisible();
  await page.getByRole('link', { name: 'Go to Overview' }).click();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('an error of the API stays where it happened, with its request id, and a retry mends it', async ({
  page,
  core,
}) => {
  const body = {
    detail: 'The query took longer than allowed.',
    error: 'The query took longer than allowed.',
    success: false,
    data: null,
    code: 'query_timeout',
    request_id: '01JCREQUEST',
  };
  await page.route('**/api/v1/events?*', (route) => route.fulfill({ status: 503, json: body }));
  await core.open(page, '/events');
  const problem = page.getByRole('alert').filter({ hasText: 'Events could not be loaded' });
  await expect(problem).toContainText(body.detail);
  await expect(problem).toContainText('request 01JCREQUEST');
  // The chart beside it goes on.
  await expect(page.getByRole('region', { name: 'Events over time' })).toContainText(/[\d,]+ events/);
  await page.unroute('**/api/v1/events?*');
  await problem.getByRole('button', { name: 'Try again' }).click();
  await expect(page.getByText(/^row 1 of [\d,]+$/)).toBeVisible();
});

test('an alert that does not exist is named, not drawn empty', async ({ page, core }) => {
  await core.open(page, '/alerts/01JAAAAAAAAAAAAAAAAAAAAAAA');
  const problem = page.getByRole('alert').filter({ hasText: 'could not be loaded' });
  await expect(problem).toContainText(/request \S+/);
});

test('a core that stops and starts again: banner, age, what was on screen, then what was missed', async ({
  page,
}) => {
  const syslogPort = await freePort();
  const { core, stop } = await startCore({ syslog_tcp_enabled: true, syslog_tcp_port: syslogPort });
  try {
    await core.openSample();
    await core.open(page, '/events');
    await expect(page.getByText(/^row 1 of [\d,]+$/)).toBeVisible();
    const before = await page.getByText(/^row 1 of [\d,]+$/).textContent();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();

    await core.shutDown();
    const banner = page.getByRole('alert').filter({ hasText: 'Harrier’s core does not answer' });
    await expect(banner).toContainText(/Data as of .*\d\d:\d\d:\d\d/);
    await expect(banner).toContainText(/attempt \d+/);
    await expect(page.getByText('Offline', { exact: true })).toBeVisible();
    await expect(page.getByText(before ?? '')).toBeVisible();
    // Asked while nobody can answer: once the core is back, the page may be faster than the button.
    const attempts = async () => Number(/attempt (\d+)/.exec((await banner.textContent()) ?? '')?.[1]);
    const attempt = await attempts();
    await banner.getByRole('button', { name: 'Retry now' }).click();
    await expect.poll(attempts).toBeGreaterThan(attempt);

    await core.startAgain();
    await sendSyslog(syslogPort, ['arrived-while-the-page-was-away']);
    await expect
      .poll(async () => {
        const path = '/api/v1/events?q=arrived-while-the-page-was-away';
        return ((await core.api('GET', path)) as { total: number }).total;
      })
      .toBe(1);
    await expect(banner).toBeHidden({ timeout: 40_000 });
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.getByRole('grid', { name: 'Events' }).focus();
    await page.keyboard.press('r');
    const grid = page.getByRole('grid', { name: 'Events' });
    await expect(grid.getByText('arrived-while-the-page-was-away')).toBeVisible();
  } finally {
    await stop();
  }
});
