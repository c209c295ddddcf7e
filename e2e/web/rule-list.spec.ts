import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

interface RuleList {
  readonly items: readonly { readonly id: string; readonly level_override: string | null }[];
}

test.describe('The list of rules', () => {
  test('filters live in the address and are saved by name', async ({ page, core }) => {
    await core.open(page, '/rules');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await page.getByRole('button', { name: 'More', exact: true }).click();
    await page.getByRole('menuitemcheckbox', { name: 'Fired: Has fired' }).click();
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/fired=true/);
    const fired = await grid.getByRole('row').count();

    await page.getByRole('button', { name: 'Saved filters' }).click();
    await page.getByRole('textbox', { name: 'Name of the filters in force' }).fill('Has fired');
    await page.keyboard.press('Enter');
    const saved = page.getByRole('dialog', { name: 'Saved filters' });
    await expect(saved.getByRole('button', { name: 'Has fired', exact: true })).toBeVisible();
    await page.keyboard.press('Escape');

    // Another window of the same workspace has them.
    await page.goto(`${core.url}/#/rules`);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await saved.getByRole('button', { name: 'Has fired', exact: true }).click();
    await expect(page).toHaveURL(/fired=true/);
    await expect(grid.getByRole('row')).toHaveCount(fired);
  });

  test('rules are selected by key, switched off together, and Undo brings exactly those back', async ({
    page,
    core,
  }) => {
    await core.open(page, '/rules');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(3)).toBeVisible();
    await grid.focus();
    for (const key of ['x', 'Shift+J', 'Shift+J']) await page.keyboard.press(key);
    const bar = page.getByRole('toolbar', { name: 'Selected rules' });
    await expect(bar.getByText('3 rules selected')).toBeVisible();
    await bar.getByRole('button', { name: 'Disable' }).click();
    await expect(page.getByText('Disabled 3 rules')).toBeVisible();
    const off = async () =>
      ((await core.api('GET', '/api/v1/sigma/rules?enabled=false&limit=5000')) as RuleList).items.length;
    await expect.poll(off).toBe(3);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(off).toBe(0);

    await grid.focus();
    await page.keyboard.press('ControlOrMeta+a');
    const { items } = (await core.api('GET', '/api/v1/sigma/rules?limit=5000')) as RuleList;
    await expect(bar.getByText(`${items.length} rules selected`)).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(bar).toHaveCount(0);
  });

  test('the engine says what it runs, and reads its rules again on request', async ({ page, core }) => {
    await core.open(page, '/rules');
    const engine = page.getByRole('region', { name: 'Engine' });
    await expect(engine.getByText(/of \d+ rules on/)).toBeVisible();
    await engine.getByRole('button', { name: 'Reload' }).click();
    await expect(engine.getByText(/^Read (now|\d+ m?s ago) in/)).toBeVisible();
  });

  test('a level for several rules is undone to what each had', async ({ page, core }) => {
    const { items } = (await core.api('GET', '/api/v1/sigma/rules?limit=2&sort=last_fired')) as RuleList;
    const [first, second] = items;
    if (first === undefined || second === undefined) throw new Error('No rules are shipped.');
    await core.api('PATCH', `/api/v1/sigma/rules/${first.id}`, { level: 'low' });
    await core.open(page, '/rules');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(2)).toBeVisible();
    await grid.focus();
    for (const key of ['x', 'Shift+J']) await page.keyboard.press(key);
    await page.getByRole('toolbar').getByRole('button', { name: 'Level' }).click();
    await page.getByRole('menuitem', { name: 'Critical' }).click();
    const overrides = async () => {
      const list = (await core.api('GET', '/api/v1/sigma/rules?limit=2&sort=last_fired')) as RuleList;
      return list.items.map((rule) => rule.level_override);
    };
    await expect.poll(overrides).toEqual(['critical', 'critical']);
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect.poll(overrides).toEqual(['low', null]);
    await core.api('PATCH', `/api/v1/sigma/rules/${first.id}`, { level: null });
  });

  test('has no accessibility violations with a selection and saved filters open', async ({ page, core }) => {
    await core.open(page, '/rules?q=whoami');
    const grid = page.getByRole('grid', { name: 'Rules' });
    await expect(grid.getByRole('row').nth(1)).toBeVisible();
    await grid.focus();
    await page.keyboard.press('x');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Saved filters' }).click();
    await expect(page.getByRole('dialog', { name: 'Saved filters' })).toBeVisible();
    await expectAccessible(page);
  });
});
