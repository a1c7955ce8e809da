// E2E-9: a municipality drops out of the council. Anybody reckons the day, the mayor
// gives notice with the municipality's own case, and the fee of the year after has one
// line less.
export const title = 'a municipality withdraws from the council';

export async function run(t) {
  const now = new Date();
  // The last 15 October that has been: notice that day ends the year after it.
  const year = now.getMonth() > 9 || (now.getMonth() === 9 && now.getDate() >= 15) ? now.getFullYear() : now.getFullYear() - 1;

  const visitor = await t.page({ width: 320 });
  await visitor.goto('/forum-og-rad?q=politisk');
  await visitor.locator('main .kt-card a[href^="/organ/"]').first().click();
  await visitor.waitForURL(/\/organ\/[0-9a-f-]{36}$/);
  const council = new URL(visitor.url()).pathname;
  await visitor.goto(`${council}/uttreden`);
  await visitor.fill('#notice', `${year}-10-15`);
  await visitor.click('main form button[type=submit]');
  await visitor.waitForURL(/notice=/);
  const read = await visitor.innerText('main');
  t.ok(read.includes(`31.12.${year + 1}`), 'the last day is not the end of next year');
  t.ok((await visitor.locator('main form[method=post]').count()) === 0, 'a visitor may give notice');
  await t.axe(visitor, 'the reading of a notice');

  const mayor = await t.page({ role: 'mayor' });
  await mayor.goto(`${council}/uttreden?notice=${year}-10-15`);
  await mayor.fill('#decided_on', `${year}-10-01`);
  await press(mayor);
  await mayor.waitForSelector('.ds-error-summary');
  t.ok((await mayor.inputValue('#decided_on')).includes(String(year)), 'what was typed is lost');
  await t.axe(mayor, 'a notice without a case');
  await mayor.fill('#case', `PS 61/${String(year).slice(2)}`);
  await press(mayor);
  await mayor.waitForURL(/ok=/);
  const given = await mayor.innerText('main table');
  t.ok(given.includes(`PS 61/${String(year).slice(2)}`) && given.includes(`31.12.${year + 1}`), 'the notice is not in the list');

  const secretary = await t.page({ role: 'secretary' });
  await secretary.goto(`${council}/kontingent/ny`);
  await secretary.fill('#year', String(year + 2));
  await secretary.fill('#amount', '150 000');
  await secretary.fill('#decided_by', 'Rådet i plenum');
  await secretary.fill('#decided_on', `${year}-10-01`);
  await secretary.click('main form button[type=submit]');
  await secretary.waitForURL(/ok=/);
  t.ok((await secretary.innerText('main')).includes('5 kommuner'), 'six still pay after one has left');
  await t.axe(secretary, 'the fee');
}

// press sends the notice, and says yes when the page asks once more.
async function press(page) {
  await page.locator('main form[method=post] button[type=submit]').first().click();
  const yes = page.locator('dialog[open] button').first();
  if (await yes.isVisible().catch(() => false)) await yes.click();
}
