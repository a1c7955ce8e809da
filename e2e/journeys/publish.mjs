// A provider publishes a rolling offering, and it is found by a visitor.
import { press } from '../lib/steps.mjs';

export const title = 'publish a rolling offering, and find it';

export async function run(t) {
  const page = await t.page({ role: 'provider' });
  await page.goto('/tilbud/ny');
  await page.fill('[id="title.nb"]', 'Drift av skianlegg: stolheis og snøproduksjon');
  await page.selectOption('#level', 'kurs');
  await page.fill('[id="description.nb"]', 'Du lærer å drifte stolheiser, kjøre tråkkemaskin og lage snø før sesongen.');
  await open(page, '#digital_share');
  await page.fill('#digital_share', 'hundre');
  await press(page.locator('main form:has(#level) button[type=submit]'));
  t.ok((await page.inputValue('#digital_share')) === 'hundre', 'the wrong share was not kept');
  await t.axe(page, 'programme with a mistake');
  await open(page, '#digital_share');
  await page.fill('#digital_share', '60');
  await page.click('main form:has(#level) button[type=submit]');
  await page.waitForURL(/\/tilbud\/[0-9a-f-]{36}\/ny/);
  await page.check('#start_type-1');
  await page.selectOption('#form', 'bedrift');
  await page.check('#admission_channel-1');
  await t.axe(page, 'new offering');
  await press(page.locator('button:has-text("Lagre og publiser")'));
  t.ok(!page.url().includes('/ny'), `not published: ${(await page.locator('main').innerText()).slice(0, 300)}`);

  const visitor = await t.page();
  await visitor.goto('/tilbud?q=' + encodeURIComponent('stolheis'));
  t.ok((await visitor.locator('main').innerText()).includes('Drift av skianlegg'), 'the catalogue does not have it');
  await press(visitor.locator('a:has-text("Drift av skianlegg")'));
  t.ok((await visitor.locator('script[type="application/ld+json"]').count()) === 1, 'no schema.org data');
  await t.axe(visitor, 'programme page');
  await visitor.goto('/finn?q=' + encodeURIComponent('Vi trenger folk som kan drifte stolheisene og lage snø'));
  t.ok((await visitor.locator('main').innerText()).includes('Drift av skianlegg'), 'Finn tilbud does not have it');
}

// open opens the group of fields that the field stands in.
async function open(page, selector) {
  const group = page.locator(`details:has(${selector})`).last();
  if ((await group.count()) && !(await group.getAttribute('open'))) await group.evaluate((e) => (e.open = true));
}
