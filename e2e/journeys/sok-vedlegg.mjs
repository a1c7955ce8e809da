// Lay a file by a need, find the need from the search box with a typing mistake,
// give the file a new version, and take it away. Who may not see the need finds
// neither it nor the file.
import { press } from '../lib/steps.mjs';

export const title = 'lay a file by a need, find the need in spite of a typing mistake, and take the file away';

export async function run(t) {
  const adviser = await t.page({ role: 'adviser' });
  await adviser.goto('/behov/ny');
  await adviser.fill('#text', 'Vi trenger to urmakere som kan stelle gamle tårnur');
  await adviser.fill('#organisation', 'Eksempel Byggmester i Oppdal AS');
  await adviser.fill('#mandate_ground', 'Avtalt i besøk');
  await adviser.fill('#municipality', 'Røros');
  await adviser.fill('#headcount', '2');
  await adviser.locator('main details:has([name=confidentiality]) > summary').click();
  await adviser.check('[name=confidentiality][value=forum]');
  await adviser.fill('[name=confidentiality_ground]', 'Nytt oppdrag som ikke er kjent');
  await adviser.click('button:has-text("Send inn")');
  await adviser.waitForURL(/\/behov\/[0-9a-f-]{36}/);
  const need = new URL(adviser.url()).pathname;
  const file = (name, words) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(words) });

  await adviser.setInputFiles('#vedlegg input[type=file]', file('urverk æøå.txt', 'Tegning av tårnuret'));
  await adviser.click('#vedlegg button:has-text("Legg ved")');
  const link = adviser.locator('#vedlegg a:has-text("urverk æøå.txt")').first();
  await link.waitFor();
  await t.axe(adviser, 'a need with a file');
  const href = await link.getAttribute('href');
  const got = await adviser.request.get(href);
  t.ok(got.ok() && (await got.text()) === 'Tegning av tårnuret', `the file answers ${got.status()}`);
  t.ok(got.headers()['x-content-type-options'] === 'nosniff', 'a browser may take the file for something else');

  await found(t, adviser, 'tårnurr', need);
  await t.axe(adviser, 'hits of the search');
  const visitor = await t.page({ width: 320, scheme: 'dark' });
  await visitor.goto('/sok?q=urmakere');
  t.ok((await visitor.locator(`main a[href="${need}"]`).count()) === 0, 'a visitor finds a need that is not open');
  await t.axe(visitor, 'nothing found');
  t.ok((await visitor.request.get(href)).status() === 404, 'a visitor gets the file');

  await adviser.goto(need);
  await press(adviser.locator('#vedlegg a:has-text("Ny versjon")'));
  await adviser.setInputFiles('main input[type=file]', file('urverk.txt', 'Tegning nummer to'));
  await adviser.click('main button:has-text("Legg til versjonen")');
  await adviser.waitForURL(new RegExp(need));
  await press(adviser.locator('#vedlegg a:has-text("Ta bort")').first());
  await adviser.locator('main form [name=reason]').fill('Feil tegning');
  await t.axe(adviser, 'take the file away');
  await adviser.click('main form button:has-text("Ta bort")');
  await adviser.waitForURL(new RegExp(need));
  t.ok((await adviser.locator('#vedlegg').innerText()).includes('Feil tegning'), 'it is not said why the file was taken away');
}

// found asks the search box of the page until what was just registered has been
// taken into the index.
async function found(t, page, words, path) {
  for (let i = 0; i < 40; i++) {
    await page.goto('/');
    await page.fill('header input[type=search], header input[name=q]', words);
    await page.press('header input[type=search], header input[name=q]', 'Enter');
    await page.waitForURL(/\/sok/);
    if (await page.locator(`main .kt-hits a[href="${path}"]`).count()) return;
    await page.waitForTimeout(500);
  }
  t.ok(false, `${words} does not find ${path}`);
}
