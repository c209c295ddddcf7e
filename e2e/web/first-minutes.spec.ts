import type { Page } from '@playwright/test';
import { expect, readSetupToken, startCore, test } from './core.ts';

/** Presses Tab until the element has the focus, as somebody without a mouse would. */
async function tabTo(
  page: Page,
  role: 'button' | 'link' | 'application',
  name: string | RegExp,
): Promise<void> {
  const target = page.getByRole(role, { name });
  await expect(target).toBeVisible();
  const hasFocus = () => target.evaluate((element) => element === document.activeElement);
  for (let step = 0; step < 60 && !(await hasFocus()); step += 1) await page.keyboard.press('Tab');
  await expect(target).toBeFocused();
}

async function go(page: Page, letter: string): Promise<void> {
  await page.keyboard.press('g');
  await page.keyboard.press(letter);
}

/** The first five minutes of the README; the mouse is never touched. */
test('from an empty store to the event behind an alert, by keyboard alone', async ({ page }) => {
  const { core, stop } = await startCore();
  try {
    await core.open(page, '/');
    await expect(page.getByRole('heading', { name: 'Start with some data' })).toBeVisible();
    await tabTo(page, 'button', 'Open sample case');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/#\/import\?import=/);
    await expect(page.getByRole('button', { name: /undo/i }).first()).toBeVisible();

    await go(page, 'a');
    const alerts = page.getByRole('grid', { name: 'Alerts' });
    await expect(alerts.getByRole('row').nth(1)).toBeVisible();
    await expect(alerts).toBeFocused();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect(page.getByText(/^row 2 of \d+$/)).toBeVisible();
    await page.keyboard.press('Enter');
    const alert = page.getByRole('complementary', { name: 'Alert' });
    await expect(alert.getByRole('heading', { name: 'Why it fired' })).toBeVisible();
    await expect(alert.locator('mark').first()).toBeVisible();
    await page.keyboard.press('i');
    await expect(page.getByText(/^In progress: /)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(alert).toBeHidden();

    await go(page, 'e');
    const caption = page.getByRole('region', { name: 'Events over time' }).locator('strong').first();
    await expect(caption).toHaveText(/^[1-9][\d,]* events$/);
    const all = await countIn(caption);
    await page.keyboard.press('/');
    await page.keyboard.type('EventID:1');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('list', { name: 'Active filters' })).toContainText('EventID:1');
    await expect.poll(() => countIn(caption)).toBeLessThan(all);
    const filtered = await countIn(caption);

    await tabTo(page, 'application', /^Events over time/);
    await page.keyboard.press('End');
    await page.keyboard.press('Shift+ArrowLeft');
    await page.keyboard.press('Enter');
    await expect(page).toHaveURL(/since=/);
    await expect.poll(() => countIn(caption)).toBeLessThan(filtered);
    await page.keyboard.press('/');
    await page.keyboard.press('Escape');
    await expect(page.getByRole('grid', { name: 'Events' })).toBeFocused();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('complementary', { name: 'Event' }).getByRole('tab')).toHaveCount(3);
  } finally {
    await stop();
  }
});

async function countIn(caption: { textContent(): Promise<string | null> }): Promise<number> {
  return Number((await caption.textContent())?.replace(/\D/g, ''));
}

test('? lists the keys of this screen, Ctrl+K finds a command and runs it', async ({ page, core }) => {
  await core.open(page, '/alerts');
  await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  for (const title of ['Next row', 'Close the alert', 'Load the newest alerts', 'Go back']) {
    await expect(help.getByText(title, { exact: true })).toBeVisible();
  }
  await page.keyboard.press('Escape');
  await expect(help).toBeHidden();
  await page.keyboard.press('Control+k');
  await page.keyboard.type('coverage');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'ATT&CK coverage', level: 1 })).toBeVisible();
});

test('a set-up link signs in and leaves neither the address nor the history', async ({ page }) => {
  const { core, stop } = await startCore();
  try {
    // The fixture used up the token of the first start; the next one prints another.
    await core.shutDown();
    await core.startAgain();
    const token = readSetupToken(core.folder);
    await page.goto(`${core.url}/#setup=${token}`);
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    expect(page.url()).not.toContain(token);
    await page.reload();
    await expect(page.getByText('Live', { exact: true })).toBeVisible();
    await page.goBack();
    expect(page.url()).not.toContain(token);
  } finally {
    await stop();
  }
});

test('a wrong token is refused in words that say what to do', async ({ page, core }) => {
  await page.goto(`${core.url}/#setup=wrong`);
  const signIn = page.getByRole('dialog', { name: 'Sign in to Harrier' });
  await expect(signIn).toBeVisible();
  expect(page.url()).not.toContain('wrong');
  await signIn.getByLabel('Set-up token').fill('also-wrong');
  await page.keyboard.press('Enter');
  const field = signIn.getByLabel('Set-up token');
  await expect(field).toHaveAttribute('aria-invalid', 'true');
  // The fixture used up the token of this core.
  await expect(field).toHaveAccessibleDescription(/was used already or has expired.* Start Harrier again/);
});
