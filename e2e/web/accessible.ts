import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './core.ts';

/** Fails with a readable list when axe finds anything at all on the page as it stands. */
export async function expectAccessible(page: Page): Promise<void> {
  // A tooltip is drawn outside every landmark by design and says nothing that its button does not.
  await page.mouse.move(0, 0);
  await expect(page.getByRole('tooltip')).toHaveCount(0);
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html ?? ''}`)).toEqual([]);
}
