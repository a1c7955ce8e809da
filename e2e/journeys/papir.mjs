// The secretary takes the list of needs to a meeting: on the page, as PDF and as
// Word; and a visitor the fact sheet of a programme.
import { readFileSync } from 'node:fs';
import { press } from '../lib/steps.mjs';
export const title = 'the list of needs for a meeting, and a fact sheet, on paper';

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/behov?q=sag');
  await page.click('main a:has-text("Behovsliste til møte")');
  await page.waitForURL(/\/behov\/moteliste\?q=sag/);
  t.ok((await page.locator('.paper table').count()) > 0, 'there is no table of needs');
  t.ok((await page.locator('.paper').innerText()).includes('tekst: sag'), 'the choice is not said');
  await t.axe(page, 'list of needs for a meeting');
  await fetched(t, page, 'PDF', '%PDF-');
  await fetched(t, page, 'Word', 'PK');

  const visitor = await t.page({});
  await visitor.goto('/tilbud');
  await press(visitor.locator('main tbody th a').first());
  await visitor.click('main a:has-text("Faktaark")');
  await visitor.waitForURL(/\/faktaark$/);
  await t.axe(visitor, 'fact sheet');
  await fetched(t, visitor, 'PDF', '%PDF-');
}

// fetched downloads a file and looks at how it begins. Where the program for it is
// not on the machine, the page must say so.
async function fetched(t, page, name, begins) {
  const link = page.locator(`main a:has-text("Last ned ${name}")`);
  const answer = await page.request.get(await link.getAttribute('href'));
  if (answer.status() === 503) {
    t.ok((await answer.text()).includes('apt install'), `${name}: what is missing is not said`);
    return;
  }
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  t.ok(readFileSync(await download.path()).subarray(0, begins.length).toString() === begins, `${name} is no such file`);
}
