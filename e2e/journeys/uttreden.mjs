// E2E-9: municipalities drop out of the council. Anybody reckons the day; in bokmål the
// mayor gives notice with the municipality's own case, in nynorsk the secretary for another
// one; and the fee of the year after has a line less for each.
export const title = 'municipalities withdraw from the council, in nb and nn';

export async function run(t) {
  const now = new Date();
  // The last 15 October that has been: notice that day ends the year after it.
  const year = now.getMonth() > 9 || (now.getMonth() === 9 && now.getDate() >= 15) ? now.getFullYear() : now.getFullYear() - 1;
  await leaves(t, year, { lang: 'nb', role: 'mayor', fee: year + 2, pay: '5 kommuner' });
  await leaves(t, year, { lang: 'nn', role: 'secretary', fee: year + 3, pay: '4 kommunar' });
}

async function leaves(t, year, { lang, role, fee, pay }) {
  const [visitor, gives, secretary] = await Promise.all([t.page({ lang, width: 320 }), t.page({ lang, role }), t.page({ lang, role: 'secretary' })]);
  await visitor.goto('/forum-og-rad?q=politisk');
  await visitor.locator('main .kt-card a[href^="/organ/"]').first().click();
  await visitor.waitForURL(/\/organ\/[0-9a-f-]{36}$/);
  const council = new URL(visitor.url()).pathname;
  await visitor.goto(`${council}/uttreden`);
  await visitor.fill('#notice', `${year}-10-15`);
  await visitor.click('main form button[type=submit]');
  await visitor.waitForURL(/notice=/);
  t.ok((await visitor.innerText('main')).includes(`31.12.${year + 1}`), `${lang}: the last day is not the end of next year`);
  t.ok((await visitor.locator('main form[method=post]').count()) === 0, `${lang}: a visitor may give notice`);
  await t.axe(visitor, `${lang} the reading of a notice`);

  await gives.goto(`${council}/uttreden?notice=${year}-10-15`);
  const member = gives.locator('main form[method=post] select');
  const last = (await member.count()) > 0 ? await member.locator('option').last().getAttribute('value') : '';
  if (last) await member.selectOption(last);
  await gives.fill('#decided_on', `${year}-10-01`);
  await give(gives);
  await gives.waitForSelector('.ds-error-summary');
  t.ok((await gives.inputValue('#decided_on')).includes(String(year)), `${lang}: what was typed is lost`);
  if (last) t.ok((await member.inputValue()) === last, `${lang}: the municipality that was chosen is lost`);
  await t.axe(gives, `${lang} a notice without a case`);
  const number = `PS ${role === 'mayor' ? 61 : 62}/${String(year).slice(2)}`;
  await gives.fill('#case', number);
  await give(gives);
  await gives.waitForURL(/ok=/);
  const given = await gives.innerText('main table');
  t.ok(given.includes(number) && given.includes(`31.12.${year + 1}`), `${lang}: the notice is not in the list`);

  await secretary.goto(`${council}/kontingent/ny`);
  for (const [id, value] of [['year', String(fee)], ['amount', '150 000'], ['decided_by', 'Rådet i plenum'], ['decided_on', `${year}-10-01`]]) await secretary.fill(`#${id}`, value);
  await secretary.click('main form button[type=submit]');
  await secretary.waitForURL(/ok=/);
  t.ok((await secretary.innerText('main')).includes(pay), `${lang}: who has left still pays`);
  await t.axe(secretary, `${lang} the fee`);
}

// give sends the notice, and says yes when the page asks once more.
async function give(page) {
  await page.locator('main form[method=post] button[type=submit]').first().click();
  const yes = page.locator('dialog[open] button').first();
  if (await yes.isVisible().catch(() => false)) await yes.click();
}
