import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

interface RuleAnswer {
  readonly id: string;
}

test.describe('Scheduled rules', () => {
  test('a saved query is made, run by hand, suppressed with a preview, judged and removed', async ({
    page,
    core,
  }) => {
    await core.open(page, '/rules');
    await page.getByRole('link', { name: /scheduled rule/ }).click();
    await page.getByRole('link', { name: 'New scheduled rule' }).first().click();

    await page.getByRole('textbox', { name: 'Query' }).fill('host:(');
    await expect(page.getByRole('button', { name: 'Create rule' })).toBeDisabled();
    await page.getByRole('textbox', { name: 'Query' }).fill('powershell');
    await page.getByRole('textbox', { name: 'Name' }).fill('PowerShell download cradle');
    await page.getByRole('button', { name: 'Create rule' }).click();
    await expect(page.getByRole('heading', { name: 'PowerShell download cradle' })).toBeVisible();
    await expect(page.getByText(/every 1 h, next/)).toBeVisible();

    await page.getByRole('button', { name: 'Run now' }).click();
    await expect(page.getByText(/[1-9]\d* matches, 0 suppressed/)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Newest matches' }).getByRole('row').nth(1)).toBeVisible();
    await page.getByRole('tab', { name: 'Runs' }).click();
    await expect(page.getByRole('row', { name: /hand .*completed/ })).toBeVisible();

    await page.getByRole('tab', { name: 'Suppressions' }).click();
    const form = page.getByRole('form', { name: 'New suppression' });
    await form.getByRole('textbox', { name: 'Name' }).fill('Lab');
    await form.getByRole('textbox', { name: 'Value' }).fill('no-such-host');
    await form.getByRole('textbox', { name: 'Reason' }).fill('Known test traffic');
    await form.getByRole('button', { name: 'Preview' }).click();
    await expect(form.getByText(/Covers 0 of [1-9]\d* present matches/)).toBeVisible();
    await form.getByRole('button', { name: 'Suppress' }).click();
    await expect(page.getByRole('row', { name: /active Lab host=no-such-host/ })).toBeVisible();

    await page.getByRole('tab', { name: 'Feedback' }).click();
    await page.getByText('Needs tuning', { exact: true }).click();
    await page.getByRole('textbox', { name: 'Notes' }).fill('Too broad');
    await page.getByRole('button', { name: 'Add feedback' }).click();
    await expect(page.getByRole('row', { name: /Needs tuning .*Too broad/ })).toBeVisible();

    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page
      .getByRole('group', { name: 'Remove this rule?' })
      .getByRole('button', { name: 'Remove' })
      .click();
    await expect(page.getByText('No query is saved as a rule')).toBeVisible();
  });

  test('an edit is kept; the list switches a rule off and on again', async ({ page, core }) => {
    const body = { name: 'Many logons', query: 'logon', schedule_enabled: true };
    const { id } = (await core.api('POST', '/api/v1/detections/rules', body)) as RuleAnswer;
    await core.open(page, `/rules/scheduled/${id}`);
    await page.getByRole('textbox', { name: 'Every, in minutes' }).fill('15');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Saved: Many logons')).toBeVisible();
    // Alerts and other screens know a rule by its id alone.
    await core.open(page, `/rules/${id}`);
    await expect(page.getByRole('heading', { name: 'Many logons' })).toBeVisible();
    await core.open(page, '/rules?kind=scheduled');
    const row = page.getByRole('row', { name: /Many logons/ });
    await expect(row.getByText('every 15 min')).toBeVisible();
    await row.getByRole('switch', { name: 'Enabled: Many logons' }).click({ force: true });
    await expect(page.getByText('Disabled: Many logons')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(row.getByRole('switch', { name: 'Enabled: Many logons' })).toBeChecked();
  });

  for (const [route, theme] of [
    ['/rules?kind=scheduled', 'dark'],
    ['/rules/scheduled/new', 'light'],
  ] as const) {
    test(`${route} has no accessibility violations in the ${theme} theme`, async ({ page, core }) => {
      await page.emulateMedia({ colorScheme: theme });
      await core.open(page, route);
      await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
      await expectAccessible(page);
    });
  }

  test('the page of a rule has no accessibility violations', async ({ page, core }) => {
    const { id } = (await core.api('POST', '/api/v1/detections/rules', {
      name: 'A',
      query: 'a',
    })) as RuleAnswer;
    for (const tab of ['overview', 'runs', 'suppressions', 'feedback']) {
      await core.open(page, `/rules/scheduled/${id}?tab=${tab}`);
      await expect(page.getByRole('heading', { name: 'A', exact: true })).toBeVisible();
      await expectAccessible(page);
    }
  });
});
