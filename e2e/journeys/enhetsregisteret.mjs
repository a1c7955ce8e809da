// Organisations that nobody here has are found in Enhetsregisteret: while an
// adviser writes, without JavaScript on a phone, and when one is registered. A
// closed one takes no need, and a silent register stops nobody. The register is
// a small server of this file with made-up units.
import { createServer } from 'node:http';
import { Demo } from '../lib/demo.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'find an organisation in Enhetsregisteret';

const unit = (number, name, municipality, more = {}) => ({
  organisasjonsnummer: number, navn: name, organisasjonsform: { kode: 'AS', beskrivelse: 'Aksjeselskap' },
  naeringskode1: { kode: '16.230' }, forretningsadresse: { kommunenummer: municipality }, konkurs: false, underAvvikling: false, respons_klasse: 'Enhet', ...more,
});
const units = [
  unit('313000109', 'EKSEMPEL LISTVERK AS', '5022', { antallAnsatte: 14 }),
  unit('313000877', 'EKSEMPEL LISTVERK EIENDOM AS', '5021'),
  unit('313000389', 'EKSEMPEL SKOFABRIKK AS', '5021', { konkurs: true, konkursdato: '2026-10-05' }),
];

// fakeRegister answers as the open API does; silent makes it fail.
async function fakeRegister() {
  const register = { silent: false };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url, 'http://register');
    const send = (status, body) => {
      response.writeHead(status, { 'Content-Type': 'application/vnd.brreg.enhetsregisteret.enhet.v2+json;charset=UTF-8' });
      response.end(JSON.stringify(body));
    };
    if (register.silent) return send(503, {});
    if (searchParams.has('navn')) {
      const hits = pathname === '/enheter' ? units.filter((u) => u.navn.includes(searchParams.get('navn').toUpperCase())) : [];
      return send(200, { ...(hits.length && { _embedded: { enheter: hits } }), page: { size: 8, totalElements: hits.length, totalPages: 1, number: 0 } });
    }
    const found = units.find((u) => pathname === `/enheter/${u.organisasjonsnummer}`);
    return found ? send(200, found) : send(404, {});
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  register.url = `http://127.0.0.1:${server.address().port}`;
  register.stop = () => new Promise((resolve) => { server.close(resolve); server.closeAllConnections(); });
  return register;
}

export async function run(t) {
  const register = await fakeRegister();
  const demo = await Demo.start(null, ['--enhetsregisteret', register.url]);
  const shared = t.url;
  t.url = demo.url;
  try {
    await whileItIsWritten(t);
    await withoutScript(t);
    await registered(t);
    await silent(t, register);
  } finally {
    t.url = shared;
    await demo.stop();
    await register.stop();
  }
}

async function whileItIsWritten(t) {
  const page = await t.page({ role: 'adviser' });
  await page.goto('/behov/ny');
  await page.fill('#text', 'Vi trenger folk til høvelen');
  await page.locator('#organisation').pressSequentially('listverk');
  const choice = page.locator('#organisation_choice');
  await choice.waitFor();
  t.ok((await choice.innerText()).includes('Fra Enhetsregisteret: Rennebu'), 'the hits do not say where they come from');
  await t.axe(page, 'hits of the register');
  // On a slow line, what is chosen stays chosen: leaving the field asks nothing anew.
  await page.route('**/behov/ny/virksomhet', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 500));
    await route.continue();
  });
  await page.check('label:text-is("Eksempel Listverk AS")');
  await page.waitForTimeout(1000);
  t.ok(await choice.locator('input').first().isChecked(), 'a late answer took the choice away');
  await page.fill('#headcount', '2');
  await page.fill('#mandate_ground', 'Avtalt i besøk');
  await page.click('button:has-text("Send inn")');
  await page.waitForURL(/\/behov\/[0-9a-f-]{36}/);
  t.ok((await page.locator('main').innerText()).includes('Eksempel Listverk AS'), 'the need is not the chosen organisation’s');
}

async function withoutScript(t) {
  const page = await t.page({ role: 'adviser', js: false, width: 320 });
  await page.goto('/behov/ny');
  await page.fill('#text', 'Vi må lære å bøye lister – æøå');
  await page.fill('#organisation', '313 000 877');
  await page.fill('#headcount', '3');
  await page.fill('#mandate_ground', 'Avtalt på telefon');
  await press(page.locator('button:has-text("Send inn")'));
  t.ok((await page.inputValue('#text')).includes('æøå') && (await page.inputValue('#headcount')) === '3', 'what was typed is not kept');
  t.ok(await page.locator('#organisation_choice input').first().isChecked(), 'the only hit for a number is not ticked');
  await press(page.locator('button:has-text("Send inn")'));
  t.ok(/\/behov\/[0-9a-f-]{36}/.test(page.url()), `not registered: ${page.url()}`);
  await page.goto('/behov/ny');
  await page.fill('#text', 'Vi trenger skomakere');
  await page.fill('#organisation', '313000389');
  await page.fill('#headcount', '1');
  await page.fill('#mandate_ground', 'Avtalt');
  await page.click('button:has-text("Send inn")');
  await page.locator('#organisation_choice input').first().check();
  await press(page.locator('button:has-text("Send inn")'));
  t.ok((await page.locator('#organisation-error').innerText()).includes('konkurs'), 'a bankrupt organisation takes a need');
}

async function registered(t) {
  const page = await t.page({ role: 'adviser' });
  await page.goto('/virksomheter/ny');
  await page.fill('#q', 'skofabrikk');
  await press(page.locator('button:has-text("Slå opp")'));
  await t.axe(page, 'look-up of a new organisation');
  await press(page.locator('a:has-text("Fyll ut med denne")'));
  t.ok((await page.inputValue('#orgno')) === '313000389', 'the form is not filled in');
  await t.axe(page, 'form filled in from the register');
  await page.click('button:has-text("Lagre")');
  await page.waitForURL(/\/virksomheter\/[0-9a-f-]{36}/);
  t.ok((await page.locator('main').innerText()).includes('Konkurs fra 05.10.2026'), 'the page does not say that it is bankrupt');
  await t.axe(page, 'page of a closed organisation');
}

async function silent(t, register) {
  register.silent = true;
  const page = await t.page({ role: 'adviser' });
  await page.goto('/behov/ny');
  await page.locator('#organisation').pressSequentially('frittstående mekaniske');
  await page.locator('#whose:has-text("ikke kontakt med Enhetsregisteret")').waitFor();
  await page.goto('/virksomheter/ny?q=noe+annet');
  t.ok((await page.locator('main').innerText()).includes('ikke kontakt med Enhetsregisteret'), 'the look-up does not say that it cannot be reached');
}
