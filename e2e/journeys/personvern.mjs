// A person sees what is held, takes it out, asks for deletion and is answered;
// another deletes an account and is told first what goes.
import { readFile } from 'node:fs/promises';
import { press } from '../lib/steps.mjs';

export const title = 'see and take out one’s own data, ask for deletion, be answered, delete the account';

export async function run(t) {
  const adviser = await t.page({ role: 'adviser' });
  await adviser.goto('/konto');
  await press(adviser.locator('main a:has-text("Se alt vi har om deg")'));
  await t.axe(adviser, 'what is held');
  const [download] = await Promise.all([adviser.waitForEvent('download'), adviser.click('main a:has-text("Last ned alt")')]);
  const taken = JSON.parse(await readFile(await download.path(), 'utf8'));
  t.ok(taken.kept.register.need.need.length > 0, 'the needs are not in the file');
  await press(adviser.locator('main tbody a[href="/konto/data/need"]'));
  await t.axe(adviser, 'the needs one registered');
  await press(adviser.locator('main a:has-text("Be om sletting")').first());
  await press(adviser.locator('main form button:has-text("Send kravet")'));
  t.ok((await adviser.locator('.ds-error-summary').count()) === 1, 'an empty request is taken');
  await adviser.fill('#what', 'Navnet mitt som den som meldte behovet');
  await adviser.locator('input[name=org]').first().check();
  await t.axe(adviser, 'a request');
  await adviser.click('main form button:has-text("Send kravet")');
  await adviser.waitForURL(/slettekrav\/[0-9a-f-]{36}/);
  const request = new URL(adviser.url()).pathname;
  await t.axe(adviser, 'one’s own request');

  const county = await t.page({ role: 'county' });
  await county.goto('/slettekrav');
  await t.axe(county, 'the requests');
  await county.goto(request);
  await t.axe(county, 'a request to answer');
  await county.check('input[name=outcome][value=refused]');
  await county.fill('#answer', 'Behovet er et saksdokument.');
  await press(county.locator('main form button:has-text("Send svaret")'));
  t.ok((await county.locator('#ground-error').count()) === 1, 'a refusal without a ground is taken');
  t.ok((await county.inputValue('#answer')).includes('saksdokument'), 'what was typed is gone');
  await county.selectOption('#ground', 'archive');
  await county.click('main form button:has-text("Send svaret")');
  await county.waitForURL(/ok=/);

  await adviser.goto('/konto/data');
  t.ok((await adviser.locator('#requests ~ *').allInnerTexts()).join().includes('Nytt svar'), 'the answer is not told');
  await adviser.goto(request);
  t.ok((await adviser.locator('main').innerText()).includes('Datatilsynet'), 'where to complain is not told');
  await adviser.click('main button:has-text("Jeg har lest svaret")');
  await adviser.waitForURL(/konto\/data/);

  const admin = await t.page({ role: 'admin' });
  await admin.goto('/administrasjon/kontoer/ny');
  await admin.fill('#username', 'skal-slettes');
  await admin.fill('#name', 'Skal Slettes');
  await admin.selectOption('#role', 'person');
  await admin.locator('main form button[data-variant=primary]').click();
  await admin.waitForURL(/kontoer\/[0-9a-f-]{36}/);
  const link = await admin.locator('input[readonly][value*="/invitasjon/"]').first().inputValue();
  const own = await t.page({});
  await own.goto(new URL(link).pathname);
  for (const field of await own.locator('input[type=password]').all()) await field.fill('en lang setning om høvling');
  await press(own.locator('main form button[type=submit]').first());
  await own.goto('/konto/slett');
  t.ok((await own.locator('#gone ~ ul').innerText()).includes('Konto:'), `what goes is not told: ${await own.locator('#gone ~ ul').innerText()}`);
  await t.axe(own, 'delete the account');
  await own.click('main form button:has-text("Ja, slett kontoen")');
  await own.waitForURL(/ok=account.deleted/);
  await admin.goto('/administrasjon/oppbevaring');
  await t.axe(admin, 'retention');
  await admin.goto('/administrasjon/kontoer');
  await admin.goto('/administrasjon/innsynslogg');
  await t.axe(admin, 'the access log');
  t.ok((await admin.locator('main tbody').innerText()).includes('Konto'), 'who looked at the accounts is not in the access log');
  const visitor = await t.page({});
  await visitor.goto('/personvern');
  t.ok((await visitor.locator('#kind-account').count()) === 1, 'the privacy page is not made from the register');
}
