import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

test.describe('Coverage', () => {
  test('a cell leads to the rules of its technique', async ({ page, core }) => {
    await core.open(page, '/coverage');
    await expect(page.getByText('Rules mapped to a technique, not protection against it')).toBeVisible();
    await page.getByRole('textbox', { name: 'Find a technique' }).fill('brute force');
    const cell = page.getByRole('button', { name: /^T1110 Brute Force/ }).first();
    await cell.click();
    const flyout = page.getByRole('complementary', { name: 'Technique' });
    const rules = flyout.getByRole('region', { name: 'Rules' }).getByRole('listitem');
    await expect(rules.first()).toBeVisible();
    const count = await rules.count();

    await flyout.getByRole('link', { name: 'Open in Rules' }).click();
    await expect(page).toHaveURL(/rules\?technique=T1110/);
    await expect(page.getByText(`of ${count}`)).toBeVisible();
  });

  test('arrows move between cells, Space unfolds sub-techniques', async ({ page, core }) => {
    await core.open(page, '/coverage');
    const first = page.getByRole('region', { name: 'Reconnaissance' }).getByRole('button').first();
    await first.focus();
    await page.keyboard.press('ArrowRight');
    const inSecond = page.getByRole('region', { name: 'Resource Development' });
    await expect(inSecond.getByRole('button').first()).toBeFocused();
    const before = await inSecond.getByRole('listitem').count();
    await page.keyboard.press('Space');
    await expect.poll(() => inSecond.getByRole('listitem').count()).toBeGreaterThan(before);
  });

  test('has no accessibility violations', async ({ page, core }) => {
    await core.open(page, '/coverage?technique=T1110');
    await expect(page.getByRole('complementary', { name: 'Technique' })).toBeVisible();
    await expectAccessible(page);
  });
});
