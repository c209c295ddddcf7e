import type { Page } from '@playwright/test';
import { expect, startCore, test as base, type Core } from './core.ts';
import {
  DECEPTIVE,
  HOSTILE_RULE,
  HOSTILE_RULE_ID,
  hostileRecords,
  MARKER,
  PAYLOADS,
} from './hostile-payloads.ts';

/** What a page must never do with log content, noted as it happens (reliability T1). */
interface Harm {
  readonly list: string[];
}

const test = base.extend<{ page: Page; harm: Harm }, { core: Core }>({
  core: [
    // eslint-disable-next-line no-empty-pattern -- Playwright wants the fixtures object, even when none is used.
    async ({}, use) => {
      const { core, stop } = await startCore();
      await core.api('POST', '/api/v1/sigma/rules', { yaml: HOSTILE_RULE });
      await core.importRecords('<img src=x onerror=window.__pwned=1>.ndjson', hostileRecords());
      await use(core);
      await stop();
    },
    { scope: 'worker' },
  ],
  harm: async ({ page, core }, use) => {
    const list: string[] = [];
    page.on('dialog', (dialog) => {
      list.push(`dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on('popup', (popup) => list.push(`window: ${popup.url()}`));
    page.on('request', (request) => {
      const { origin } = new URL(request.url());
      if (origin !== core.url) list.push(`request: ${request.url()}`);
    });
    page.on('websocket', (socket) => {
      if (!socket.url().startsWith(core.url.replace('http', 'ws'))) list.push(`socket: ${socket.url()}`);
    });
    page.on('console', (message) => {
      if (/content security policy/i.test(message.text())) list.push(`policy: ${message.text()}`);
    });
    page.on('pageerror', (error) => list.push(`fault: ${error.message}`));
    await use({ list });
    list.push(...(await markupOnPage(page)));
    expect(list).toEqual([]);
  },
});

/** Elements that only a payload could have made, and what one of them ran. */
async function markupOnPage(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found = document.querySelectorAll(
      'main :is(script, iframe, object, embed, form[action], img, video, math, base, meta, link, a[href^="javascript:"], a[href^="data:"], a[href*="far.invalid"])',
    );
    const ran = '__pwned' in window ? ['a script of the log ran'] : [];
    return [...ran, ...Array.from(found, (element) => `markup: ${element.outerHTML.slice(0, 200)}`)];
  });
}

test('every record arrived and the hostile rule fired', async ({ core }) => {
  const events = (await core.api('GET', `/api/v1/events?q=Marker:${MARKER}&limit=1`)) as { total: number };
  expect(events.total).toBe(PAYLOADS.length);
  const { items } = (await core.api('GET', '/api/v1/alerts?limit=100')) as {
    items: readonly { rule_id: string }[];
  };
  expect(items.map((alert) => alert.rule_id)).toContain(HOSTILE_RULE_ID);
});

/** Screens whose lists name the rule, the file or the records, and those that count only. */
const SCREENS: readonly { readonly route: string; readonly hasHostileText: boolean }[] = [
  { route: '/', hasHostileText: true },
  { route: '/alerts', hasHostileText: true },
  { route: '/events', hasHostileText: true },
  { route: '/rules', hasHostileText: true },
  { route: '/import', hasHostileText: true },
  { route: '/coverage', hasHostileText: false },
  { route: '/rules/new', hasHostileText: false },
  { route: '/welcome', hasHostileText: false },
];

for (const { route, hasHostileText } of SCREENS) {
  test(`${route} shows hostile content as text`, async ({ page, core, harm }) => {
    await core.open(page, route);
    await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    if (hasHostileText) await expect(page.locator('main')).toContainText(/__pwned|invoice|AAAA/);
    expect(await markupOnPage(page)).toEqual([]);
    await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
    for (const chart of await page.getByRole('application').all()) {
      await chart.hover();
      await chart.press('ArrowRight');
    }
    expect(harm.list).toEqual([]);
  });
}

test('events: every row opened, in fields, raw and JSON', async ({ page, core, harm }) => {
  test.setTimeout(120_000);
  await core.open(page, `/events?q=Marker:${MARKER}`);
  await expect(page.getByText(`row 1 of ${PAYLOADS.length}`)).toBeVisible();
  await page.keyboard.press('Enter');
  const flyout = page.getByRole('complementary', { name: 'Event' });
  for (let row = 1; row <= PAYLOADS.length; row += 1) {
    await expect(page.getByText(`row ${row} of ${PAYLOADS.length}`)).toBeVisible();
    await expect(flyout.getByRole('tab', { name: 'Fields' })).toBeVisible();
    await page.keyboard.press('j');
  }
  for (const tab of ['Raw', 'JSON', 'Fields']) {
    await flyout.getByRole('tab', { name: tab }).click();
    await expect(flyout.getByRole('tabpanel')).not.toBeEmpty();
  }
  expect(harm.list).toEqual([]);
});

test('characters that mislead are spelled out in the list', async ({ page, core, harm }) => {
  await core.open(page, `/events?q=Marker:${MARKER}`);
  const grid = page.getByRole('grid', { name: 'Events' });
  await expect(grid.getByRole('row').nth(1)).toBeVisible();
  for (const { text, shown } of DECEPTIVE) {
    await expect(grid.getByText(shown).first()).toBeVisible();
    expect(await grid.evaluate((element, raw) => element.textContent.includes(raw), text)).toBe(false);
  }
  expect(harm.list).toEqual([]);
});

test('alerts: the flyout and the page of an alert of the hostile rule', async ({ page, core, harm }) => {
  await core.open(page, '/alerts');
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Enter');
  const flyout = page.getByRole('complementary', { name: 'Alert' });
  await expect(flyout.getByRole('heading', { name: 'Why it fired' })).toBeVisible();
  await expect(flyout.getByText('\\u202e').first()).toBeVisible();
  // A status message carries the title of the rule.
  await page.keyboard.press('i');
  await expect(page.getByText('In progress: ')).toBeVisible();
  await page.keyboard.press('Shift+Enter');
  await expect(page).toHaveURL(/#\/alerts\/./);
  await expect(page.getByText('\\u202e').first()).toBeVisible();
  expect(harm.list).toEqual([]);
});

test('rules: the page of the hostile rule', async ({ page, core, harm }) => {
  await core.open(page, '/rules/7d0c9a6e-1f7b-4bb0-9f5d-0e4f5f0a4c11');
  await expect(page.getByText('\\u202e').first()).toBeVisible();
  expect(harm.list).toEqual([]);
});

test('palette, pivot menu and chips take hostile values', async ({ page, core, harm }) => {
  await core.open(page, `/events?q=Marker:${MARKER}`);
  await expect(page.getByRole('grid', { name: 'Events' }).getByRole('row').nth(1)).toBeVisible();
  // The newest row holds 64 KB in each field, which is more than a query takes.
  for (const key of ['j', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
  await page.keyboard.press('v');
  await expect(page.getByRole('menu')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('f');
  await expect(page.getByRole('button', { name: /^Remove / }).nth(1)).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByRole('textbox', { name: 'Command' }).fill('<img src=x onerror=window.__pwned=1>');
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/#\/events\?.*onerror/);
  expect(harm.list).toEqual([]);
});
