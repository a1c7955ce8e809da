// Getting a place by keyboard alone: a learner finds education that takes people in any day,
// applies, takes a place that was offered her, and asks for a room at the study centre and to
// be in its group; an employer pledges seats. Tab, Enter, Space and the arrows do everything.
import { keys } from '../lib/keyboard.mjs';
import { today } from '../lib/meeting.mjs';

export const title = 'a place, a room, a group and seats by keyboard alone';

export async function run(t) {
  const page = await t.page({ role: 'learner', width: 820 });
  const at = keys(page);
  await page.goto('/tilbud?q=automatisering');
  await at.enter(page.locator('main a', { hasText: 'automatisering og PLS' }).first());
  await at.enter(page.locator('main a[href*="/sok"]').first());
  await at.type('[name=contact]', 'Etter klokka fire');
  await at.type('[name=municipality]', 'Rennebu');
  await page.keyboard.press('Escape');
  await at.enter('main form button[type=submit]');
  t.ok(/\/soknader\/[0-9a-f-]{36}/.test(page.url()), `not applied: ${page.url()}`);

  await page.goto('/soknader');
  await at.enter(page.locator('main a', { hasText: 'friluftsguide' }).first());
  await at.enter('main a[href*="/flytt/admitted"]');
  await at.enter('main form button[type=submit]');
  t.ok(page.url().includes('ok='), `the place is not taken: ${page.url()}`);

  await page.goto('/studiesenter');
  await at.enter('main a[href^="/studiesenter/"]');
  const centre = page.url();
  await at.enter(page.locator('main a[href$="/be-om"]').last());
  await at.date('#day', today(40));
  await at.type('#from', '09:00');
  await at.type('#to', '11:30');
  await at.radio('input[name=sort]', 'exam');
  await at.type('#purpose', 'Eksamen på nett');
  await at.type('#people', '1');
  await at.enter('main form button[type=submit]');
  t.ok(page.url().includes('ok=booking.said.asked'), `the room is not asked for: ${page.url()}`);
  await page.goto(centre);
  await at.enter('main a[href$="/gruppe/bli-med"]');
  await at.type('#studies', 'Automatisering på deltid');
  await at.to('input[name=yes]');
  await page.keyboard.press('Space');
  await at.enter('main form button[type=submit]');
  t.ok(page.url().includes('ok=centre.said.joined'), `not in the group: ${page.url()}`);

  const firm = await t.page({ role: 'employer', width: 320 });
  const by = keys(firm);
  await firm.goto('/felles?q=gjestene');
  await by.enter('main a[href^="/felles/"]');
  await by.enter('main a[href$="/plasser/ny"]');
  await by.radio('input[name=sort]', 'intention');
  await by.type('#seats', '1');
  await by.enter('main form button[type=submit]');
  t.ok(firm.url().includes('ok=pledge.said'), `no seats pledged: ${firm.url()}`);
}
