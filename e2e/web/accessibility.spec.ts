import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test, type Core } from './core.ts';

const SCREENS = [
  '/',
  '/welcome',
  '/alerts',
  '/events',
  '/rules',
  '/rules/new',
  '/coverage',
  '/import',
  '/no/such/screen',
] as const;

const FLYOUTS = [
  ['/alerts', 'Alert'],
  ['/events', 'Event'],
] as const;

const LARGE = { width: 1440, height: 900 };
const SMALL = { width: 1100, height: 700 };

/** Contrast depends on the theme and layout on the size, so each is looked at once. */
const LOOKS = [
  { colorScheme: 'dark', size: LARGE },
  { colorScheme: 'light', size: SMALL },
] as const;

async function openSettled(page: Page, core: Core, route: string): Promise<void> {
  await core.open(page, route);
  await expect(page.getByRole('heading', { level: 1 })).not.toBeEmpty();
  await expect(page.getByText('Live', { exact: true })).toBeVisible();
  await expect(page.locator('main')).not.toBeEmpty();
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
}

/** Violations that keep somebody from working, as readable lines. */
async function graveViolations(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}

for (const { colorScheme, size } of LOOKS) {
  const look = `${colorScheme} at ${size.width}x${size.height}`;
  test.describe(look, () => {
    test.use({ viewport: size });
    test.beforeEach(async ({ page }) => {
      const keep = (scheme: string) => localStorage.setItem('mantine-color-scheme-value', scheme);
      await page.addInitScript(keep, colorScheme);
    });

    for (const route of SCREENS) {
      test(`${route}: nothing grave for axe, no sideways scrolling`, async ({ page, core }) => {
        await openSettled(page, core, route);
        await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
        expect(await graveViolations(page)).toEqual([]);
        const overflowPx = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        );
        expect(overflowPx).toBeLessThanOrEqual(0);
      });
    }

    for (const [route, flyout] of FLYOUTS) {
      test(`${route}: the flyout`, async ({ page, core }) => {
        await openSettled(page, core, route);
        await expect(page.getByRole('row').nth(1)).toBeVisible();
        await page.keyboard.press('Enter');
        const aside = page.getByRole('complementary', { name: flyout });
        await expect(aside.getByRole('button', { name: 'Close', exact: true })).toBeVisible();
        expect(await graveViolations(page)).toEqual([]);
      });
    }
  });
}

/** A stop of the Tab key: what has the focus, and whether that can be seen. */
interface Stop {
  readonly id: string;
  readonly isMarked: boolean;
}

/** Gives every control that Tab should reach a number; arrows reach the other buttons of a radio group. */
async function numberControls(page: Page): Promise<number> {
  return page.evaluate(() => {
    const selector = 'a[href], button, input, select, textarea, summary, [tabindex]';
    const reachable = [...document.querySelectorAll<HTMLElement>(selector)].filter(
      (element) =>
        element.tabIndex >= 0 &&
        !element.matches(':disabled, [type="radio"]:not(:checked), [type="file"]') &&
        element.checkVisibility(),
    );
    for (const [index, element] of reachable.entries()) element.dataset.stop = String(index);
    return reachable.length;
  });
}

async function focusedStop(page: Page): Promise<Stop> {
  return page.evaluate(() => {
    const element = document.activeElement;
    if (!(element instanceof HTMLElement) || element === document.body) return { id: 'page', isMarked: true };
    const looks = (target: Element) => {
      const style = getComputedStyle(target);
      const outline = style.outlineStyle !== 'none' && Number.parseFloat(style.outlineWidth) > 0;
      return `${outline} ${style.boxShadow} ${style.borderColor} ${style.backgroundColor}`;
    };
    // A field may show its focus on the box around it, a grid on its cell.
    const cell = document.getElementById(element.getAttribute('aria-activedescendant') ?? '');
    const shown = [element, element.parentElement ?? element, ...(cell === null ? [] : [cell])];
    const focused = shown.map(looks);
    element.blur();
    const plain = shown.map(looks);
    element.focus({ preventScroll: true });
    const isMarked = focused.some((look, index) => look.startsWith('true') || look !== plain[index]);
    return { id: element.dataset.stop ?? element.outerHTML.slice(0, 80), isMarked };
  });
}

for (const route of SCREENS) {
  test(`${route}: Tab reaches every control and shows where it is`, async ({ page, core }) => {
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await openSettled(page, core, route);
    await page.evaluate(() => {
      if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    });
    const count = await numberControls(page);
    const reached = new Set<string>();
    const unmarked: string[] = [];
    for (let step = 0; step < 2 * count && reached.size < count; step += 1) {
      await page.keyboard.press('Tab');
      const { id, isMarked } = await focusedStop(page);
      // Between the last control and the first, the focus is on the page itself.
      if (id === 'page') continue;
      if (/^\d+$/.test(id)) reached.add(id);
      if (!isMarked) unmarked.push(id);
    }
    const missed = Array.from({ length: count }, (_, index) => String(index)).filter(
      (id) => !reached.has(id),
    );
    expect(await describe(page, missed), 'never reached').toEqual([]);
    expect(await describe(page, unmarked), 'focus not visible').toEqual([]);
  });
}

async function describe(page: Page, ids: readonly string[]): Promise<string[]> {
  return page.evaluate(
    (list) => list.map((id) => document.querySelector(`[data-stop="${id}"]`)?.outerHTML.slice(0, 160) ?? id),
    [...ids],
  );
}

test('whoever asks for less motion gets none', async ({ page, core }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openSettled(page, core, '/alerts');
  await expect(page.getByRole('row').nth(1)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('complementary', { name: 'Alert' })).toBeVisible();
  await page.keyboard.press('Control+k');
  await expect(page.getByRole('textbox', { name: 'Command' })).toBeVisible();
  const moving = await page.evaluate(() =>
    document
      .getAnimations()
      .filter(({ effect }) => Number(effect?.getComputedTiming().activeDuration ?? 0) > 50)
      .map((animation) => (animation instanceof CSSAnimation ? animation.animationName : 'transition')),
  );
  expect(moving).toEqual([]);
});
