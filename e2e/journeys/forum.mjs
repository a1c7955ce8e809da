// The regional forum from the needs on its standing item to minutes that all read, once in
// nb and at the same time in nn: an adviser registers a need, the secretary makes the agenda with it, the
// forum takes its positions, the need leaves with what was clarified, and what the forum
// agreed on is done with evidence. Nothing is found by its words.
import { add, begin, fill, item, plan, send } from '../lib/meeting.mjs';
import { press } from '../lib/steps.mjs';

export const title = 'a forum meets about the needs on its standing item, in nb and nn';

const words = {
  nb: { need: 'Vi trenger to sveisere på verkstedet i Røros.', item: 'Kurs for fagarbeidere', clarified: 'To bedrifter vil dele plassen.', advice: 'Forumet rår kommunene til å bestille kurset.' },
  nn: { need: 'Vi treng to røyrleggjarar som kan vatn og varme.', item: 'Kurs for fagarbeidarar', clarified: 'To verksemder vil dele plassen.', advice: 'Forumet rår kommunane til å tinge kurset.' },
};

export async function run(t) {
  await Promise.all(['nb', 'nn'].map((lang) => meets(t, lang, words[lang])));
}

async function meets(t, lang, say) {
  const [adviser, page, member, visitor] = await Promise.all([
    t.page({ lang, role: 'adviser' }), t.page({ lang, role: 'secretary' }), t.page({ lang, role: 'forum_member', width: 820 }), t.page({ lang, width: 320 }),
  ]);
  await adviser.goto('/behov/ny');
  for (const [id, value] of [['text', say.need], ['organisation', `Eksempel ${lang} AS`], ['mandate_ground', 'Avtalt'], ['municipality', 'Røros'], ['headcount', '2']]) await adviser.fill(`#${id}`, value);
  await adviser.locator('main form button[type=submit]:not([formaction])').last().click();
  await adviser.waitForURL(/\/behov\/[0-9a-f-]{36}/);
  const need = new URL(adviser.url()).pathname;

  const path = await plan(page, 'Kompetanseforum Trøndelag Sør');
  await page.goto(`${path}/saksliste`);
  await page.click('main button[name=do][value=make]');
  await page.waitForURL(/ok=meeting.said.made/);
  t.ok((await page.innerText('main')).includes(say.need.slice(0, 25)), `${lang}: the need is not on the standing item`);
  await add(page, path, say.item);
  await t.axe(page, `${lang} the agenda of the forum`);
  await page.goto(`${path}/send-ut`);
  await send(page, /ok=meeting.said.sent/);
  await visitor.goto(path);
  t.ok((await visitor.getAttribute('html', 'lang')) === lang && (await visitor.innerText('main')).includes(say.item), `${lang}: all read the agenda`);

  await begin(page, path);
  const note = `${path}${need}`;
  t.ok((await member.goto(note)).status() === 403, `${lang}: a member notes what the secretary should`);
  await member.goto(`${path}/behov`);
  t.ok((await member.locator(`main a[href="${need}"]`).count()) === 1 && (await member.locator(`main a[href="${note}"]`).count()) === 0, `${lang}: a member does not see the need`);
  await page.goto(`${path}/behov`);
  await t.axe(page, `${lang} the standing item`);
  await press(page.locator(`main a[href="${note}"]`));
  await page.check('input[name=outcome][value=in_follow_up]');
  await page.fill('#clarified', say.clarified);
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForSelector('.ds-error-summary');
  t.ok((await page.inputValue('#clarified')) === say.clarified, `${lang}: what was typed is lost`);
  await t.axe(page, `${lang} a follow-up without a provider`);
  await page.selectOption('#provider', { index: 1 });
  await send(page, /ok=standing.said.noted/);
  await adviser.goto(need);
  t.ok((await adviser.innerText('main')).includes(say.clarified), `${lang}: the adviser does not read what was clarified`);

  const at = await item(page, path, say.item);
  await member.goto(at);
  await press(member.locator('main a[href$="/standpunkt"]'));
  await member.check('input[name=position][value=for]');
  await t.axe(member, `${lang} the position`);
  await send(member, /ok=meeting.said.taken/);
  await page.goto(at);
  await page.goto(`${at}/vedtak`);
  await fill(page, { words: say.advice }, /ok=meeting.said.decided/);
  await t.axe(page, `${lang} the item`);
  await page.goto(`${at}/oppfolging`);
  await fill(page, { what: say.item, office: 'Sekretariatet' }, /ok=meeting.said.added/);
  const follow = await page.locator('main a[href*="/oppfolging/"]').first().getAttribute('href');

  await page.goto(`${path}/slutt`);
  await send(page, /ok=meeting.said.ended/);
  await page.goto(`${path}/publiser`);
  await send(page, /ok=meeting.said.published/);
  await visitor.goto(`${path}/motebok`);
  const book = await visitor.innerText('main');
  t.ok(book.includes(say.advice) && book.includes(say.need.slice(0, 25)), `${lang}: the minutes lack the advice or the needs`);
  await t.axe(visitor, `${lang} the minutes of the forum`);
  await page.goto(follow);
  await fill(page, { evidence: 'Journalpost 12' });
  t.ok((await page.locator(`main a[href="${follow}"]`).count()) === 0, `${lang}: the follow-up is not closed`);
}
