// E2E-3: an agreement from draft to ratification in six municipalities, in nb and then in
// nn. It is held against § 18-4 point by point, the council decides on it by consensus, and
// it is in force when the sixth municipality has adopted it, whose answer comes by a link
// from one without an account. Nothing is found by its words.
import { begin, everybody, fill, item, plan, post, send, today } from '../lib/meeting.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'an agreement from draft to ratification in six municipalities, in nb and nn';

const council = 'Trøndelag Sør – interkommunalt politisk råd';
// The verdict of each point, and the paragraphs that it was found in.
const points = [['met', '2'], ['met', '1'], ['unclear', '3'], ['met', '6'], ['unclear', '6, 10, 11'], ['missing', ''], ['met', '12'], ['missing', '']];
const of = (n) => new RegExp(`(^|\\D)${n}\\D{1,4}6(\\D|$)`);

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/forum-og-rad?q=politisk');
  const body = await page.locator('main .kt-card a[href^="/organ/"]').first().getAttribute('href');
  for (const nr of [3, 4]) { // what the demo has on its way gives room
    await page.goto(`${body}/avtale?versjon=${nr}`);
    await press(page.locator('main a[href$="/gi-opp"]'));
    await fill(page, { why: 'Nytt utkast' });
  }
  await adopts(t, 'nb', page, body, 'Samarbeidsavtale, ny periode');
  await adopts(t, 'nn', await t.page({ role: 'secretary', lang: 'nn' }), body, 'Samarbeidsavtale, ny bolk');
}

async function adopts(t, lang, page, body, name) {
  const visitor = await t.page({ lang, width: 320 });
  await page.goto(`${body}/avtale/ny`);
  await fill(page, { title: name });
  const version = `${body}/avtale?versjon=${new URL(page.url()).searchParams.get('versjon')}`;
  t.ok((await visitor.goto(version)).status() === 404, `${lang}: all read a draft`);
  const list = version.replace('/avtale?', '/avtale/sjekk?');
  await page.goto(list);
  const last = await page.locator('main a[href$="/sjekk/8"]').getAttribute('href');
  for (const [n, [verdict, paragraphs]] of points.slice(0, -1).entries()) {
    await post(page, last.replace(/8$/, n + 1), { version: 0, verdict, paragraphs, note: verdict === 'unclear' ? 'Ikke samlet.' : '' });
  }
  await press(page.locator('main a[href$="/sjekk/8"]'));
  await page.check('input[name=verdict][value=missing]');
  await send(page, /ok=council.ok.checked/);
  t.ok(/4\D+2\D+2/.test(await page.locator('main dd').first().innerText()), `${lang}: the checklist is not 4 / 2 / 2`);
  if (lang === 'nn') await t.axe(page, 'the checklist');

  await page.goto('/saker/ny');
  await page.selectOption('#body', { label: council });
  await fill(page, { title: name, officer: 'Sekretariatet' }, /\/saker\/[0-9a-f-]{36}/);
  const matter = new URL(page.url()).pathname;
  const meeting = await plan(page, council);
  await page.goto(`${meeting}/saksliste/ny`);
  await page.selectOption('#case', matter.split('/').pop());
  await send(page);
  await page.goto(`${meeting}/send-ut`);
  await send(page, /ok=meeting.said.sent/);
  await begin(page, meeting);
  const at = await item(page, meeting, name);
  await page.goto(`${at}/omfang`);
  await page.check('input[name=scope][value=all]');
  await fill(page, { by: 'Leder' });
  await everybody(page, at);
  await page.goto(`${at}/egne-vedtak`);
  await send(page, /ok=meeting.said.asked/);
  await page.goto(`${at}/vedtak`);
  await fill(page, { words: name }, /ok=meeting.said.decided/);
  t.ok(of(0).test(await page.innerText('#own + p')), `${lang}: the council's decision holds before the municipalities' own`);
  await page.goto(version);
  await press(page.locator('main a[href$="/vedtak"]'));
  await page.selectOption('#item', at.split('/').pop());
  if (lang === 'nb') await t.axe(page, "the council's decision");
  await send(page, /ok=council.ok.sent/);

  // All answer once, in the item: Røros for itself, on its way from the agreement; the
  // secretary writes down four, and the sixth has a link.
  const mayor = await t.page({ role: 'mayor', lang, width: 820 });
  await mayor.goto(version);
  await press(mayor.locator('main a[href*="/egne-vedtak/"]'));
  if (lang === 'nb') await t.axe(mayor, 'a municipality answers');
  await owns(mayor, 1);
  await page.goto(at);
  const waiting = await page.locator('#own ~ .kt-grid .kt-card:has(form) a[href*="/egne-vedtak/"]').evaluateAll((all) => all.map((a) => a.getAttribute('href')));
  for (const [n, path] of waiting.slice(1).entries()) await post(page, path, { version: 1, answer: 'yes', ref: `PS ${n + 2}/30`, day: today() });
  await page.reload();
  t.ok(of(5).test(await page.innerText('#own + p')), `${lang}: five have not answered`);
  await mayor.goto(version);
  t.ok(of(5).test(await mayor.innerText('#answers + p')) && (await visitor.goto(`${body}/avtale`)) && (await visitor.innerText('h1')) !== name, `${lang}: it is in force at 5 of 6`);
  if (lang === 'nn') await t.axe(mayor, 'where the answers are given');
  await page.locator('#own ~ .kt-grid form button').click();
  await page.waitForURL(/lenke$/);
  const link = new URL(await page.inputValue('#link')).pathname;
  await visitor.goto(link);
  await t.axe(visitor, `${lang} the link`);
  await owns(visitor, 6, /takk/);
  t.ok((await visitor.goto(link)).status() === 410, `${lang}: the link answers twice`);
  await page.goto(at);
  t.ok(of(6).test(await page.innerText('#own + p')), `${lang}: six have not answered`);
  if (lang === 'nb') await t.axe(page, 'the ratified item');

  await visitor.goto(`${body}/avtale`);
  t.ok((await visitor.innerText('h1')) === name, `${lang}: it is not in force at 6 of 6`);
  if (lang === 'nn') await t.axe(visitor, 'the agreement in force');
}

// owns writes down that a municipality has adopted what the council did.
async function owns(page, nr, to) {
  await page.check('input[name=answer][value=yes]');
  await fill(page, { ref: `PS ${nr}/30`, day: today() }, to);
}
