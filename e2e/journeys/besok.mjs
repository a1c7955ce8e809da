// A visit on a phone: the organisation, what came of it, save. One with a need, and
// both in the funnel.
import { press } from '../lib/steps.mjs';

export const title = 'record a visit on a phone, with and without a need, and see the funnel';

export async function run(t) {
  const page = await t.page({ role: 'adviser', width: 320 });
  await page.goto('/besok');
  const contacted = async () => Number((await page.locator('table').first().locator('tbody tr').last().locator('td').first().innerText()).replace(/\D/g, ''));
  const before = await contacted();
  await press(page.locator('main a:has-text("Før opp et besøk")'));
  await t.axe(page, 'a new visit');
  await page.fill('#organisation', 'Eksempel Settefisk AS');
  await page.check('input[name=result][value=not_now]');
  await page.click('main form button[type=submit]:has-text("Lagre")');
  await page.waitForURL(/besok\/[0-9a-f-]{36}/);
  await t.axe(page, 'a visit');

  await page.goto('/besok/ny');
  await page.fill('#organisation', 'Eksempel Mekaniske AS');
  await page.check('input[name=result][value=need]');
  await page.fill('#text', 'Vi må ha to som kan sveise rustfritt');
  await press(page.locator('main form button[type=submit]:has-text("Lagre")'));
  t.ok((await page.locator('.ds-error-summary').count()) === 1, 'the number of people is not asked for');
  t.ok((await page.inputValue('#text')).includes('rustfritt'), 'what was typed is gone');
  await t.axe(page, 'a refused visit');
  await page.fill('#headcount', '2');
  await page.fill('#mandate_ground', 'Avtalt på besøket');
  await page.check('input[name=result][value=need]');
  await page.click('main form button[type=submit]:has-text("Lagre")');
  await page.waitForURL(/besok\/[0-9a-f-]{36}/);
  t.ok((await page.locator('main a[href^="/behov/"]').count()) === 1, 'the need is not registered');
  await page.goto('/besok');
  t.ok((await contacted()) === before + 1, 'the funnel does not count the new organisation');
  await t.axe(page, 'visits');
}
