// A secretary opens a case, writes it, is stopped by the check, and issues it; two
// editors of one section lose nothing; all read it, and what changed since.
import { press } from '../lib/steps.mjs';

export const title = 'a case is written, checked, issued and read';

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/forum-og-rad');
  await page.goto('/saker/ny');
  await t.axe(page, 'an empty case');
  await page.selectOption('#body', { label: 'Trøndelag Sør – interkommunalt politisk råd' });
  await page.fill('#title', 'Felles innkjøp av kurs');
  await page.fill('#officer', 'Rådgiver, sekretariatet');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/\/saker\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname;

  await press(page.locator('main a[href$="/behandling"]'));
  await page.fill('#day', '2030-12-31');
  await page.fill('#number', 'PS 1/30');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=/);

  const other = await t.page({ role: 'secretary', width: 320 });
  await other.goto(path + '/saksframlegg/background');
  await page.goto(path + '/saksframlegg/background');
  await page.fill('#words', 'Kommunene kjøper kurs hver for seg. Tekst kommer\n\nSe vedlegg 2.');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/saksframlegg(\?|#|$)/);
  await other.fill('#words', 'Den andres tekst');
  await press(other.locator('main form button[type=submit]'));
  const refused = await other.innerText('main');
  t.ok(refused.includes('Kommunene kjøper kurs hver for seg'), 'the text saved first is not shown');
  t.ok((await other.inputValue('#words')) === 'Den andres tekst', 'the second text is lost');
  await t.axe(other, 'two editors');

  await page.goto(path + '/kontroll');
  await t.axe(page, 'the check');
  const found = await page.innerText('main');
  for (const words of ['ingen innstilling', 'Tekst kommer', 'vedlegg 2']) t.ok(found.includes(words), `the check does not find: ${words}`);
  await page.goto(path + '/saksframlegg/background');
  await page.fill('#words', 'Kommunene kjøper kurs hver for seg.');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/saksframlegg(\?|#|$)/);
  await page.goto(path + '/kontroll');
  await press(page.locator('main form button:has-text("Godta")').first());
  t.ok((await page.locator('.ds-error-summary').count()) === 1, 'a finding is accepted without a reason');
  await page.locator('input[name=reason]').first().fill('Rådet skal bare drøfte saken nå');
  await page.locator('main form button:has-text("Godta")').first().click();
  await page.waitForURL(/ok=/);
  await press(page.locator('main a[href*="to=recommended"]'));
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=/);
  await page.goto(path + '/kontroll');
  await page.click('main form[action$="/send-ut"] button');
  await page.waitForURL(/ok=case.said.issued/);

  const reader = await t.page({ width: 320 });
  await reader.goto('/saker?q=innkj%C3%B8p');
  await press(reader.locator('main a[href^="/saker/"]:has-text("Felles innkjøp")'));
  await t.axe(reader, 'the case');
  await reader.click('main a:has-text("Les saksframlegget")');
  await reader.waitForURL(/papir/);
  t.ok((await reader.innerText('main')).includes('Kommunene kjøper kurs hver for seg.'), 'the paper is not read by all');
  await t.axe(reader, 'the paper');
}
