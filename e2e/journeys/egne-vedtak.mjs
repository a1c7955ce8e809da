// A municipality's own decision: the mayor finds it among the tasks, answers with the
// municipality's case number, and the secretary is told; the case shows how it stands.
import { press } from '../lib/steps.mjs';

export const title = 'an own decision from the task to the notice, and on the case';

export async function run(t) {
  const mayor = await t.page({ role: 'mayor', width: 320 });
  await mayor.goto('/');
  await mayor.locator('main table a[href^="/egne-vedtak/"]').first().click();
  await mayor.waitForURL(/\/saker\/[0-9a-f-]{36}#own/);
  await t.axe(mayor, 'the item with the own decisions');
  await press(mayor.locator('main a[href*="/egne-vedtak/"]').first());
  await mayor.check('input[name=answer][value=yes]');
  await mayor.fill('#ref', 'PS 77/26');
  await mayor.fill('#day', new Date().toLocaleDateString('sv', { timeZone: 'Europe/Oslo' }));
  await mayor.locator('main form button[type=submit]').last().click();
  await mayor.waitForURL(/ok=/);
  await mayor.goto('/');
  t.ok((await mayor.locator('main table a[href^="/egne-vedtak/"]').count()) === 0, 'the task is still there');

  const secretary = await t.page({ role: 'secretary' });
  let told = false;
  for (let i = 0; i < 40 && !told; i++) {
    await secretary.goto('/varsler');
    told = (await secretary.innerText('main')).includes('PS 77/26');
    if (!told) await secretary.waitForTimeout(250);
  }
  t.ok(told, 'the secretary is not told');
  await t.axe(secretary, 'the notices');

  const visitor = await t.page({ width: 320 });
  await visitor.goto('/saker?q=velferdsteknologi');
  await press(visitor.locator('main a[href^="/saker/0"]').first());
  const own = await visitor.innerText('section[aria-labelledby=own]');
  t.ok(own.includes('Vedtatt i 3 av 5') && own.includes('PS 77/26') && own.includes('Kostnadsfordeling'), 'the case shows the own decisions and the shares');
  await t.axe(visitor, 'the case');
}
