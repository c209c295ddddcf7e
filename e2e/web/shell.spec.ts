import { expectAccessible } from './accessible.ts';
import { expect, startCore, test } from './core.ts';

test('the set-up link signs in once and leaves the address', async ({ page, core }) => {
  await page.goto(`${core.url}/#/`);
  await expect(page.getByRole('dialog', { name: 'Sign in to Harrier' })).toBeVisible();
  await page.getByLabel('Set-up token').fill('not-a-token');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('dialog')).toContainText(/sign in|token/i);
  await core.open(page, '/');
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
});

test('keys lead everywhere, and the help lists them', async ({ page, core }) => {
  await core.open(page, '/');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await page.keyboard.press('g');
  await page.keyboard.press('e');
  await expect(page.getByRole('heading', { name: 'Events', level: 1 })).toBeVisible();
  await page.keyboard.press('Alt+Digit1');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await expect(help.getByText('Go back')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
});

test('the palette runs commands and searches for what is pasted', async ({ page, core }) => {
  await core.open(page, '/');
  await expect(page.getByRole('heading', { name: 'Overview', level: 1 })).toBeVisible();
  await page.keyboard.press('Control+k');
  await page.getByLabel('Command', { exact: true }).fill('powershell');
  await page.getByText('Events with powershell').click();
  await expect(page.getByRole('textbox', { name: 'Query' })).toHaveValue('powershell');
});

test('both themes and the zone are switched in one click, and every time follows', async ({ page, core }) => {
  await core.open(page, '/events');
  const firstTime = page.getByRole('row').nth(1).getByRole('time');
  await expect(firstTime).toHaveText(/Z$/);
  await page.getByRole('button', { name: 'Times in UTC' }).click();
  await page.getByRole('menuitem', { name: 'Asia/Kolkata' }).click();
  await expect(firstTime).toHaveText(/\+05:30$/);
  const scheme = () => page.locator('html').getAttribute('data-mantine-color-scheme');
  const before = await scheme();
  await page.getByRole('button', { name: /^Use the (dark|light) theme$/ }).click();
  await expect.poll(scheme).not.toBe(before);
  await expectAccessible(page);
});

test('an empty store leads to the welcome screen, once', async ({ page }) => {
  const { core, stop } = await startCore();
  try {
    await core.open(page, '/');
    await expect(page.getByRole('heading', { name: 'Start with some data' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('link', { name: 'Go to Overview' }).click();
    await expect(page.getByText('Nothing was imported yet')).toBeVisible();
    await page.keyboard.press('g');
    await page.keyboard.press('e');
    await expect(page.getByText('No events yet')).toBeVisible();
  } finally {
    await stop();
  }
});

test('a core that stops is named, with the age of what is on screen', async ({ page }) => {
  const { core, stop } = await startCore();
  await core.open(page, '/');
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await stop();
  await expect(page.getByText('Harrier’s core does not answer')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Retry now' })).toBeVisible();
});
