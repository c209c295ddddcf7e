import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { expectAccessible } from './accessible.ts';
import { expect, test } from './core.ts';

const LAYER = {
  name: 'Plan for spring',
  versions: { attack: '18', navigator: '5.2.0', layer: '4.5' },
  domain: 'enterprise-attack',
  techniques: [
    { techniqueID: 'T1110', score: 3, comment: 'with the identity team' },
    { techniqueID: 'T1003', score: 1 },
  ],
};

function cell(page: Page, name: string | RegExp) {
  return page.getByRole('group', { name: 'Techniques by tactic' }).getByRole('button', { name });
}

async function importLayer(page: Page, layer: unknown): Promise<void> {
  const text = typeof layer === 'string' ? layer : JSON.stringify(layer);
  await page.getByRole('button', { name: /^Layers/ }).click();
  await page
    .getByLabel('Layer file')
    .setInputFiles({ name: 'layer.json', mimeType: 'application/json', buffer: Buffer.from(text) });
}

test.describe('Coverage', () => {
  test('a cell leads to the rules of its technique', async ({ page, core }) => {
    await core.open(page, '/coverage');
    await expect(page.getByText('Rules mapped to a technique, not protection against it')).toBeVisible();
    await page.getByRole('textbox', { name: 'Find a technique' }).fill('brute FORCE');
    await cell(page, /^T1110 Brute Force/)
      .first()
      .click();
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

  test('no word of a name leaves its cell', async ({ page, core }) => {
    for (const width of [1440, 1100]) {
      await page.setViewportSize({ width, height: 900 });
      await core.open(page, '/coverage?subs=true');
      await expect(cell(page, /^T1559 /)).toBeVisible();
      const clipped = await page.evaluate(() =>
        [...document.querySelectorAll<HTMLElement>('[data-key], [data-key] > span, h2')]
          .filter((element) => element.scrollWidth > element.clientWidth)
          .map((element) => element.textContent),
      );
      expect(clipped).toEqual([]);
    }
  });

  test('all disabled rules of a technique are switched on at once, and off again', async ({ page, core }) => {
    const { items } = (await core.api('GET', '/api/v1/sigma/rules?technique=T1110')) as {
      items: { id: string }[];
    };
    const ids = items.map(({ id }) => id);
    await core.api('POST', '/api/v1/sigma/rules/bulk', { ids, enabled: false });
    await core.open(page, '/coverage?technique=T1110');
    await page.getByRole('button', { name: `Enable all ${ids.length} disabled` }).click();
    await expect(page.getByText(`Enabled ${ids.length} rule`)).toBeVisible();
    await expect(page.getByRole('button', { name: /^Enable all/ })).toBeHidden();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByRole('button', { name: `Enable all ${ids.length} disabled` })).toBeVisible();
    await core.api('POST', '/api/v1/sigma/rules/bulk', { ids, enabled: true });
  });

  test('the gap of a group is what it uses and no rule covers', async ({ page, core }) => {
    await core.open(page, '/coverage?mode=gap');
    await expect(page.getByText('Choose a group, software or a layer')).toBeVisible();
    await page.getByRole('combobox', { name: 'Groups and software' }).fill('cozy bear');
    await page.getByRole('option', { name: 'APT29 G0016' }).click();
    await expect(page.getByText(/\d+ of \d+ wanted techniques have no rule on/)).toBeVisible();
    await page.getByRole('checkbox', { name: 'Only wanted' }).check();
    await expect(cell(page, /in APT29/).first()).toBeVisible();
    await expect(page).toHaveURL(/threats=G0016/);
  });

  test('an imported layer lies over the grid and is combined by an expression', async ({ page, core }) => {
    await core.open(page, '/coverage');
    await importLayer(page, [LAYER, { ...LAYER, name: 'Phones', domain: 'mobile-attack' }]);
    await expect(page.getByText(/Layer 2 was left out: .*mobile-attack/)).toBeVisible();
    await expect(cell(page, /^T1110 .*layer score 3/)).toBeVisible();
    await page.getByRole('textbox', { name: 'Score of a cell' }).fill('a * 10');
    await page.keyboard.press('Enter');
    await expect(cell(page, /^T1110 .*layer score 30/)).toBeVisible();
    await page.getByRole('button', { name: 'Remove the layer Plan for spring' }).click();
    await expect(cell(page, /layer score/)).toHaveCount(0);
  });

  test('a layer that is gone is said in place, and the grid stays', async ({ page, core }) => {
    await core.open(page, '/coverage?layers=nope');
    await expect(page.getByText('The layer nope does not exist.')).toBeVisible();
    await expect(cell(page, /^T1110 /)).toBeVisible();
  });

  test('a file that is no layer is refused with the reason', async ({ page, core }) => {
    await core.open(page, '/coverage');
    await importLayer(page, '{"name":');
    await expect(page.getByText('The file is not JSON.')).toBeVisible();
    await page
      .getByLabel('Layer file')
      .setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"name":"x"}') });
    await expect(page.getByText(/The layer was not accepted: domain/)).toBeVisible();
  });

  test('layer and picture are saved, and the layer can be read again', async ({ page, core }) => {
    await core.open(page, '/coverage');
    const save = async (item: string | RegExp) => {
      await page.getByRole('button', { name: 'Export' }).click();
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: item }).click(),
      ]);
      return { name: download.suggestedFilename(), text: await readFile(await download.path(), 'utf8') };
    };
    const layer = await save('Rules mapped');
    expect(layer.name).toBe('harrier-rules-layer.json');
    expect(JSON.parse(layer.text)).toMatchObject({ versions: { layer: '4.5' }, domain: 'enterprise-attack' });
    expect((await save('Picture of this grid (SVG)')).text).toMatch(/^<svg .*Brute Force.*<\/svg>\n$/s);
    const detections = await save(/^.+ (now|ago)$/);
    expect(JSON.parse(detections.text)).toMatchObject({
      metadata: expect.arrayContaining([{ name: 'source', value: 'detections' }]),
    });
    await importLayer(page, layer.text);
    await expect(page.getByRole('checkbox', { name: /Harrier: rules mapped/ })).toBeChecked();
  });

  test('numbers are counted anew on request, and not again at once', async ({ page, core }) => {
    await core.open(page, '/coverage');
    await page.getByRole('button', { name: 'Refresh the numbers' }).click();
    await expect(page.getByRole('button', { name: /^Refresh in \d s/ })).toBeVisible();
  });

  for (const [route, theme] of [
    ['/coverage?technique=T1110', 'dark'],
    ['/coverage?mode=fired', 'light'],
    ['/coverage?mode=gap&threats=G0016', 'light'],
  ] as const) {
    test(`${route} has no accessibility violations in the ${theme} theme`, async ({ page, core }) => {
      await page.emulateMedia({ colorScheme: theme });
      await core.open(page, route);
      await expect(cell(page, /^T1110 /)).toBeVisible();
      await expectAccessible(page);
    });
  }
});
