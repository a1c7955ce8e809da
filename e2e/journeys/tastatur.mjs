// A meeting by keyboard alone: the secretary plans it, makes and sends the agenda and opens
// it, and a mayor finds the item and takes a position. Tab, Enter, Space and the arrows do
// everything; no click, and nothing is found by its words.
import { keys } from '../lib/keyboard.mjs';
import { today } from '../lib/meeting.mjs';

export const title = 'the agenda and a position by keyboard alone';

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  const at = keys(page);
  await page.goto('/moter');
  await at.enter('main a[href="/moter/ny"]');
  await at.choose('#body', 'Trøndelag Sør – interkommunalt politisk råd');
  await at.date('#day', today());
  await at.type('#place', 'Kommunehuset');
  await at.enter('main form button[type=submit]');
  await at.enter('main a[href$="/saksliste"]');
  const path = new URL(page.url()).pathname.replace('/saksliste', '');
  await at.space('main button[name=do][value=make]');
  await at.enter('main a[href$="/saksliste/ny"]');
  await at.type('#title', 'Uten mus');
  await at.enter('main form button[type=submit]');
  const card = page.locator('main .kt-card', { hasText: 'Uten mus' });
  await at.space(card.locator('button[value=up]'));
  await page.keyboard.press('Tab');
  t.ok(await card.evaluate((e) => e.contains(document.activeElement)), 'the focus is not with the item that was moved');
  await at.enter('main a[href$="/send-ut"]');
  await at.enter('main form button[type=submit]');
  t.ok(page.url().includes('ok=meeting.said.sent'), 'the agenda is not sent');
  await at.enter('main a[href$="/start"]');
  await at.down('#chair');
  await at.enter('main form button[type=submit]');
  for (const select of await page.locator('main form select').all()) await at.down(select);
  await at.enter('main form button[type=submit]');

  const mayor = await t.page({ role: 'mayor', width: 820 });
  const by = keys(mayor);
  await mayor.goto('/moter');
  await by.skip();
  await by.enter(`main a[href="${path}"]`);
  await by.enter(mayor.locator('main a', { hasText: 'Uten mus' }).first());
  await by.enter('main a[href$="/standpunkt"]');
  await by.radio('input[name=position]', 'for');
  await by.enter('main form button[type=submit]');
  t.ok(mayor.url().includes('ok=meeting.said.taken'), 'the position is not taken');
}
