import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

interface Events {
  readonly items: readonly { readonly id: string }[];
}

test.describe('Why a rule matches, or not', () => {
  test('from an event: choose a rule, and see each part with the value of the event', async ({
    page,
    core,
  }) => {
    const { items } = (await core.api('GET', '/api/v1/events?limit=1&q=whoami')) as Events;
    const id = items[0]?.id ?? '';
    await core.open(page, `/events?event=${id}`);
    await page.getByRole('link', { name: 'Test a rule on this event' }).click();
    await page.getByRole('textbox', { name: 'Find a rule' }).fill('event log cleared from the command line');
    await page.getByRole('list', { name: 'Rules' }).getByRole('button').first().click();
    const answer = page.getByRole('region', { name: 'Explanation' });
    await expect(answer.getByText('Does not match')).toBeVisible();
    await expect(answer.getByRole('region', { name: 'What keeps it from matching' })).toBeVisible();
    await expect(
      answer.getByRole('region', { name: 'Condition' }).getByRole('listitem').first(),
    ).toBeVisible();
    await expectAccessible(page);
  });

  test('an alert leads to how its rule does', async ({ page, core }) => {
    await core.open(page, '/alerts');
    const grid = page.getByRole('grid', { name: 'Alerts' });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await grid.focus();
    await page.keyboard.press('Enter');
    await page.getByRole('link', { name: 'Tune detection' }).click();
    await expect(page).toHaveURL(/tab=tuning/);
    await expect(page.getByRole('tab', { name: 'Tuning' })).toHaveAttribute('aria-selected', 'true');
    await expect(page.getByRole('region', { name: 'Most frequent in its alerts' })).toBeVisible();
    await expectAccessible(page);
  });
});
