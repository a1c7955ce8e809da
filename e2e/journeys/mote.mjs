// A whole meeting of the council, in nb and at the same time in nn: the secretary makes and
// sends the agenda, a mayor and an opposition member sit in it at once, the body decides, a
// municipality that stayed outside joins, the minutes are published, and a follow-up is
// closed with evidence. Nothing is found by its words.
import { add, begin, everybody, fill, item, plan, send } from '../lib/meeting.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'a meeting from the agenda to published minutes and a closed follow-up, in nb and nn';

const words = {
  nb: { item: 'Felles bestilling av kurs', decision: 'Kommunene som deltar, bestiller kursene sammen.', reason: 'Kommunen har egne kurs.' },
  nn: { item: 'Felles tinging av kurs', decision: 'Kommunane som er med, tingar kursa saman.', reason: 'Kommunen har eigne kurs.' },
};

export async function run(t) {
  await Promise.all(['nb', 'nn'].map((lang) => meets(t, lang, words[lang])));
}

async function meets(t, lang, say) {
  // Each page is looked at by axe in one of the languages.
  const axe = (of, ...args) => of === lang && t.axe(...args);
  const [page, visitor, mayor, opposition] = await Promise.all([
    t.page({ lang, role: 'secretary' }), t.page({ lang, width: 320 }), t.page({ lang, role: 'mayor', width: 820 }), t.page({ lang, role: 'opposition', width: 320 }),
  ]);
  await page.goto('/moter');
  await axe('nb', page, 'the calendar');
  const path = await plan(page, 'Trøndelag Sør – interkommunalt politisk råd');
  await add(page, path, say.item);
  await page.goto(`${path}/saksliste`);
  await axe('nn', page, 'the workshop');
  await press(page.locator('main a[href$="/send-ut"]'));
  await send(page, /ok=meeting.said.sent/);
  await visitor.goto(path);
  t.ok((await visitor.getAttribute('html', 'lang')) === lang && (await visitor.innerText('main')).includes(say.item), `${lang}: all read the agenda that was sent`);
  await axe('nb', visitor, 'the meeting');

  await begin(page, path);
  const at = await item(page, path, say.item);
  await page.goto(`${at}/omfang`);
  await page.check('input[name=scope][value=some]');
  await fill(page, { by: 'Leder' });
  await page.goto(`${at}/kostnad`);
  await axe('nn', page, 'the cost');
  await fill(page, { amount: '100 000' });

  await mayor.goto(at);
  await opposition.goto(at);
  t.ok((await opposition.locator('main a[href$="/standpunkt"]').count()) === 0, `${lang}: a seat without a vote is not offered one`);
  const refused = await opposition.goto(`${at}/standpunkt`);
  t.ok(refused.status() === 403 && (await opposition.innerText('main')).includes('§ 4'), `${lang}: the refusal cites the paragraph`);
  await press(mayor.locator('main a[href$="/standpunkt"]'));
  await mayor.check('input[name=position][value=for]');
  await axe('nb', mayor, 'the position');
  await send(mayor, /ok=meeting.said.taken/);
  await axe('nn', mayor, 'the item');

  await page.goto(at);
  const mine = page.locator('section[aria-labelledby=positions] tr', { hasText: 'Røros' }).locator('td').first();
  t.ok((await mine.innerText()).trim() === 'For', `${lang}: the secretary sees the position`);
  await everybody(page, at, 'reservation', say.reason);
  await page.goto(`${at}/vedtak`);
  await fill(page, { words: say.decision }, /ok=meeting.said.decided/);
  t.ok((await page.locator('section[aria-labelledby=shares] table').count()) === 1, `${lang}: the cost is shared`);
  await axe('nb', page, 'the decision');
  await page.goto(`${at}/slutt-til`);
  await fill(page, { ref: 'PS 7/30' }, /ok=meeting.said.joined/);
  t.ok((await page.locator('section[aria-labelledby=shares] table').count()) === 2, `${lang}: the cost is shared anew`);

  await page.goto(`${at}/oppfolging`);
  await fill(page, { what: say.item, office: 'Sekretariatet' }, /ok=meeting.said.added/);
  const follow = await page.locator('main a[href*="/oppfolging/"]').first().getAttribute('href');
  await page.goto(`${path}/slutt`);
  await send(page, /ok=meeting.said.ended/);
  await page.goto(`${path}/publiser`);
  await send(page, /ok=meeting.said.published/);
  await visitor.goto(`${path}/motebok`);
  const book = await visitor.innerText('main');
  t.ok(book.includes(say.decision) && book.includes(say.reason) && (await visitor.locator('main .ds-alert').count()) > 0, `${lang}: all read the minutes, not approved yet`);
  await axe('nn', visitor, 'the minutes');
  await page.goto(follow);
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForSelector('.ds-error-summary');
  await fill(page, { evidence: 'Journalpost 12' });
}
