import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

interface AlertList {
  readonly items: readonly { readonly id: string; readonly title: string; readonly status: string }[];
}

test.describe('Alerts', () => {
  test('a queue is worked with the keyboard, and a status can be taken back', async ({ page, core }) => {
    await core.open(page, '/alerts');
    const grid = page.getByRole('grid', { name: 'Alerts' });
    await expect(grid.getByRole('row').nth(2)).toBeVisible();
    await grid.focus();
    const { items } = (await core.api('GET', '/api/v1/alerts?status=new,in_progress&limit=2')) as AlertList;
    const second = items[1];
    if (second === undefined) throw new Error('The sample case has fewer than two alerts.');
    const statusNow = async () => {
      const { status } = (await core.api('GET', `/api/v1/alerts/${second.id}`)) as { status: string };
      return status;
    };

    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    const flyout = page.getByRole('complementary', { name: 'Alert' });
    await expect(flyout).toContainText(second.title);

    await page.keyboard.press('c');
    await expect.poll(statusNow).toBe('closed');
    // The next row is shown, and the closed one stays where it was.
    await expect(page.locator('[data-open="true"]')).toHaveAttribute('aria-rowindex', '4');
    await expect(grid.getByRole('row').nth(2)).toContainText('Closed');

    await page.keyboard.press('z');
    await expect.poll(statusNow).toBe('new');
    await expect(grid.getByRole('row').nth(2)).toContainText('New');

    await page.keyboard.press('Escape');
    await expect(flyout).toBeHidden();
  });

  test('a key says whether an alert was right, and the rule knows', async ({ page, core }) => {
    const { items } = (await core.api('GET', '/api/v1/alerts?limit=2')) as AlertList;
    const first = items[0];
    if (first === undefined) throw new Error('The sample case has no alerts.');
    await core.open(page, `/alerts?status=all&alert=${first.id}`);
    const verdict = page.getByRole('group', { name: 'Verdict' });
    await expect(verdict).toBeVisible();
    await page.getByRole('grid', { name: 'Alerts' }).focus();
    await page.keyboard.press('2');
    await expect
      .poll(async () => {
        const log = (await core.api('GET', `/api/v1/alerts/${first.id}/feedback`)) as {
          readonly items: readonly { readonly feedback: string; readonly origin: string }[];
        };
        return log.items[0];
      })
      .toMatchObject({ feedback: 'false_positive', origin: 'dashboard' });
    // The key moved on to the next alert; the button of the first shows its verdict.
    await page.keyboard.press('k');
    await expect(verdict.getByRole('button', { name: /^False positive/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await verdict.getByRole('button', { name: /^True positive/ }).click();
    await expect(verdict.getByRole('button', { name: /^True positive/ })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    await expect(page.getByRole('region', { name: 'Verdict' })).toContainText('2 verdicts in all');
  });

  test('an alert says why it fired and which events made it', async ({ page, core }) => {
    const { items } = (await core.api('GET', '/api/v1/alerts?limit=1')) as AlertList;
    await core.open(page, `/alerts/${items[0]?.id ?? ''}`);
    const why = page.getByRole('region', { name: 'Why it fired' });
    await expect(why.getByRole('row').nth(2)).toBeVisible();
    await expect(
      page
        .getByRole('region', { name: /^Events?$/ })
        .getByRole('listitem')
        .first(),
    ).toBeVisible();
    await page.getByRole('region', { name: 'Entities' }).getByRole('button').first().click();
    await expect(page.getByRole('menuitem', { name: 'Related alerts' })).toBeVisible();
  });

  test('severity chips filter the queue, and the address keeps it', async ({ page, core }) => {
    await core.open(page, '/alerts');
    const high = page.getByRole('group', { name: 'Severity' }).getByRole('button', { name: /High/ });
    await high.click();
    await expect(page).toHaveURL(/severity=high/);
    await page.reload();
    await expect(high).toHaveAttribute('aria-pressed', 'true');
    const rows = page.getByRole('grid', { name: 'Alerts' }).getByRole('row');
    await expect(rows.nth(1)).toContainText('High');
  });

  test('has no accessibility violations', async ({ page, core }) => {
    await core.open(page, '/alerts');
    await expect(page.getByRole('grid', { name: 'Alerts' }).getByRole('row').nth(1)).toBeVisible();
    await page.getByRole('grid', { name: 'Alerts' }).focus();
    await page.keyboard.press('Enter');
    await expect(page.getByRole('region', { name: 'Why it fired' })).toBeVisible();
    await expectAccessible(page);
  });
});
