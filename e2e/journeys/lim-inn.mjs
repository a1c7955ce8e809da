// An e-mail from a firm becomes drafts: paste, look over, take one, leave one, delete.
import { press } from '../lib/steps.mjs';

export const title = 'paste an e-mail, make drafts of its needs one by one, and delete it';

const mail = `Hei

Takk for besøket på torsdag. Som avtalt:

Eksempel Mekaniske AS trenger to sveisere til høsten.
- vi mangler også en kokk i Røros, snarest
- kurs i HMS hadde vært fint, men det haster ikke

Med vennlig hilsen
Daglig leder, tlf. 680 51 234`;

export async function run(t) {
  const page = await t.page({ role: 'adviser', width: 320 });
  await page.goto('/behov');
  await press(page.locator('main a[href="/behov/lim-inn"]'));
  await t.axe(page, 'the empty text');
  await press(page.locator('main form button[type=submit]'));
  t.ok((await page.locator('.ds-error-summary').count()) === 1, 'an empty text is taken');
  await page.fill('#body', mail);
  await page.click('main form button[type=submit]');
  await page.waitForURL(/forslag/);
  await t.axe(page, 'proposals');
  const cards = page.locator('main article');
  t.ok((await cards.count()) >= 2, 'the needs are not found');
  t.ok((await cards.first().innerText()).includes('Eksempel Mekaniske AS'), 'the firm is not recognised');
  t.ok(!(await page.content()).includes('51 234'), 'a phone number is shown');

  await cards.first().locator('a').first().click();
  await page.waitForURL(/forslag\/1$/);
  await t.axe(page, 'a proposal');
  await page.fill('#headcount', '3');
  await page.click('main form button[name=then]');
  await page.waitForURL(/rediger/);
  t.ok((await page.inputValue('#headcount')) === '3', 'the draft is not as it was changed');

  await page.goto('/behov/lim-inn');
  await page.click('main table a');
  await page.waitForURL(/forslag/);
  await press(page.locator('main article').nth(1).locator('button:has-text("La ligge")'));
  t.ok((await page.locator('main article').nth(1).innerText()).includes('Lar ligge'), 'the proposal is not left');
  await t.axe(page, 'proposals gone through');
}
