// An adviser pools three needs from the list; each owner keeps their own.
import { press } from '../lib/steps.mjs';

export const title = 'pool three needs';

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  await page.goto('/behov');
  const boxes = page.locator('main table input[type=checkbox]');
  for (const i of [1, 2, 3]) await boxes.nth(i).check();
  await press(page.locator('button:has-text("Lag felles behov")'));
  await t.axe(page, 'new pooled need');
  await page.fill('#title', 'Kurs for håndverkere i fjellregionen – æøå');
  await page.locator('main form button[data-variant=primary]').click();
  await page.waitForURL(/\/felles\/[0-9a-f-]{36}/);
  const seen = await page.locator('main').innerText();
  t.ok(/F-\d{4}-/.test(seen), 'the pooled need has no number');
  t.ok(/\b3\b/.test(seen), 'the page does not tell how many have joined');
  await t.axe(page, 'pooled need');
  await page.goto('/behov');
  t.ok((await page.locator('main').innerText()).includes('Slått sammen'), 'the needs are not marked as merged');
}
