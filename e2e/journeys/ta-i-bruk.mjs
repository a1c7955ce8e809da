// From a measure of the toolbox to a page in the compendium: a business hub takes the measure into
// use as a part of a project that goes on, does its steps, writes the short final report, and
// others find it both in the compendium and on the measure.
import { press } from '../lib/steps.mjs';

export const title = 'a measure is taken into use, and ends as a page in the compendium';

export async function run(t) {
  const [hub, visitor] = await Promise.all([t.page({ role: 'adviser', width: 320 }), t.page()]);
  await hub.goto('/verktoykasse?q=spr%C3%A5kkaf%C3%A9');
  const card = await hub.locator('main a[href^="/verktoykasse/0"]').first().getAttribute('href');
  await hub.goto(card);
  await t.axe(hub, 'the measure');
  await press(hub.locator('main a[href$="/ta-i-bruk"]').first());
  t.ok((await hub.innerText('main')).includes('Dette lærte andre'), 'nothing is told of what others learned');
  const part = hub.locator('#part option', { hasText: 'Mottak av nye innbyggere: Tilflyttere' });
  await hub.selectOption('#part', await part.getAttribute('value'));
  await hub.fill('#municipalities', 'Oppdal');
  await t.axe(hub, 'taking it into use');
  await send(hub);
  const project = new URL(hub.url()).pathname;
  t.ok((await hub.innerText('main')).includes('Kryss av'), 'the steps are not copied');

  // It is described and open, it runs, and its steps are ticked off.
  await hub.goto(`${project}/rediger`);
  await hub.fill('#title', 'Språkkafé på Oppdal');
  await hub.check('input[name=public]');
  await send(hub);
  for (const state of ['described', 'running']) {
    await hub.goto(`${project}/flytt/${state}`);
    await send(hub);
  }
  for (;;) {
    await hub.goto(project);
    const next = hub.locator('main form button:has-text("Kryss av")').first();
    if ((await next.count()) === 0) break;
    await press(next);
  }
  await t.axe(hub, 'the project that runs');

  // The short final report is its page in the compendium, and experience with the measure.
  await hub.goto(`${project}/kort`);
  await hub.fill('#short', 'Folk møttes hver torsdag og snakket norsk.');
  await hub.check('input[name=attainment][value=reached]');
  await hub.fill('#attainment_text', 'Tjue kom hver gang.');
  await hub.check('input[name=follow][value=continued]');
  await hub.fill('#follow_text', 'Biblioteket tar det videre.');
  await send(hub);
  await visitor.goto(project);
  await press(visitor.locator('a:visible', { hasText: 'Mottak av nye innbyggere' }).first());
  await press(visitor.locator('main a[href$="/kompendium"]').first());
  t.ok((await visitor.innerText('main')).includes('Folk møttes hver torsdag'), 'it is not in the compendium');
  await visitor.goto(`${card}/brukt`);
  t.ok((await visitor.innerText('main')).includes('Tjue kom hver gang.'), 'it is not experience with the measure');
  await t.axe(visitor, 'who has used the measure');
}

async function send(page) {
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(/[?&]ok=/);
}
