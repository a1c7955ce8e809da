// A region's secretary ranks a challenge with somebody else's figure as evidence and delivers
// it; all read it. A provider sees its task and answers a priority of another round.
import { press } from '../lib/steps.mjs';

export const title = 'a region delivers to the annual wheel, and a provider answers';

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/kompetanseforum');
  await t.axe(page, 'the structure');
  await press(page.locator('main a[href="/arshjul"]'));
  await page.locator('main .kt-card__title a').first().click();
  await page.waitForURL(/arshjul\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname;
  await press(page.locator('main a[href$="/trondelag-sor/innspill"]'));
  await page.fill('#title', 'Kokker til reiselivet');
  await page.fill('#words', 'Hotellene mangler kokker utenom sesongen.');
  await press(page.locator('main form button[type=submit]'));
  t.ok((await page.locator('.ds-error-summary, [role=alert], .kt-errors').count()) > 0, 'an input without evidence is refused');
  await t.axe(page, 'the refused form');
  await page.selectOption('#figure', { index: 1 });
  await page.fill('#rank', '3');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=wheel.said.saved/);
  await page.locator('main form[action$="/trondelag-sor/lever"] button').click();
  if (await page.locator('dialog[open] button').count()) await page.locator('dialog[open] button').first().click();
  await page.waitForURL(/ok=wheel.said.delivered/);

  const visitor = await t.page({ width: 320 });
  await visitor.goto(path);
  t.ok((await visitor.innerText('main')).includes('Kokker til reiselivet'), 'all read what the region has delivered');
  await t.axe(visitor, 'the round');

  const provider = await t.page({ role: 'provider' });
  await provider.goto('/');
  await press(provider.locator('main a[href^="/arshjul-oppgave/"]').first());
  await provider.check('input[name=kind][value=changed]');
  await provider.fill('#words', 'Vi utvider med en klasse.');
  await t.axe(provider, 'the answer');
  await provider.click('main form button[type=submit]');
  await provider.waitForURL(/ok=wheel.said.answered/);
}
