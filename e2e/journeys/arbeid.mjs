// A long list is stored in the background: its owner follows how far it has come and ends at
// the result, and an administrator finds the work among all the rest.
import { sheet } from '../lib/sheet.mjs';

export const title = 'store 300 rows in the background, follow the work, and find it as an administrator';

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  await page.goto('/behov/import');
  await page.setInputFiles('#file', { name: 'lang liste.csv', mimeType: 'text/csv', buffer: sheet(300, 'langt', 'Eksempel Mekaniske AS', '5006') });
  await page.click('button:has-text("Last opp")');
  await page.waitForURL(/\/behov\/import\/.+/);
  await page.locator('main form button[data-variant=primary]').click();
  await page.waitForURL(/kontroll$/);
  await page.locator('main form button[data-variant=primary]').click();
  await page.waitForURL(/\/arbeid\//);
  const work = page.url();
  t.ok((await page.locator('h1').innerText()) === 'Lagrer behov fra et regneark', 'the page does not say what is done');
  // The page asks how far the work is each second: it is held while it is looked at.
  const held = [];
  let looking = true;
  await page.route('**/arbeid/*', (route) => (looking ? held.push(route) : route.continue()));
  await t.axe(page, 'work: going on');
  looking = false;
  for (const route of held) await route.continue();
  // No reload: the page tells by itself when all is done.
  await page.locator('main a:has-text("Se resultatet")').waitFor({ timeout: 60_000 });
  t.ok((await page.locator('main').innerText()).includes('Lagret: 288. Rader med feil: 12.'), await page.locator('main').innerText());
  await t.axe(page, 'work: done');
  await page.click('main a:has-text("Se resultatet")');
  await page.waitForURL(/ferdig$/);
  t.ok((await page.locator('main').innerText()).includes('288'), 'the result does not say 288');

  const admin = await t.page({ role: 'admin' });
  await admin.goto('/administrasjon/arbeid?state=done');
  t.ok(await admin.locator(`main a[href="${new URL(work).pathname}"]`).isVisible(), 'an administrator does not find the work');
  await t.axe(admin, 'work: all');

  const other = await t.page({ role: 'county' });
  const answer = await other.goto(work);
  t.ok(answer.status() === 404, `others see the work: ${answer.status()}`);
}
