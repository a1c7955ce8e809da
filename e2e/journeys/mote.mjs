// A whole meeting of the council: the secretary makes and sends the
// agenda, a mayor and an opposition member sit in it at once, the body decides, the minutes
// are published, and a follow-up is closed with evidence. Then the mayor reads it in nynorsk.
export const title = 'a meeting from the agenda to published minutes and a closed follow-up';

// send presses the button of the page's form and waits for where it leads.
async function send(page, to) {
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(to);
}

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/moter');
  await t.axe(page, 'the calendar');
  await page.click('main a[href="/moter/ny"]');
  await page.selectOption('#body', { label: 'Trøndelag Sør – interkommunalt politisk råd' });
  const today = new Date().toLocaleDateString('sv', { timeZone: 'Europe/Oslo' });
  await page.fill('#day', today);
  await page.fill('#place', 'Kommunehuset');
  await send(page, /\/moter\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname;

  await page.goto(path + '/saksliste/ny');
  await page.fill('#title', 'Felles bestilling av kurs');
  await send(page, /ok=/);
  await page.goto(path + '/saksliste');
  await t.axe(page, 'the workshop');
  await page.click('main a[href$="/send-ut"]');
  await send(page, /ok=meeting.said.sent/);
  const visitor = await t.page({ width: 320 });
  await visitor.goto(path);
  t.ok((await visitor.innerText('main')).includes('Felles bestilling av kurs'), 'all read the agenda that was sent');
  await t.axe(visitor, 'the meeting');

  await page.click('main a[href$="/start"]');
  await page.selectOption('#chair', { index: 1 });
  await send(page, /oppmote/);
  for (const select of await page.locator('main form select').all()) await select.selectOption('member');
  await send(page, /ok=/);
  await page.locator('main a:has-text("Felles bestilling av kurs")').first().click();
  const item = new URL(page.url()).pathname;
  await page.goto(item + '/omfang');
  await page.check('input[name=scope][value=some]');
  await page.fill('#by', 'Leder');
  await send(page, /ok=/);
  await page.goto(item + '/kostnad');
  await page.fill('#amount', '100 000');
  await t.axe(page, 'the cost');
  await send(page, /ok=/);

  const mayor = await t.page({ role: 'mayor', width: 820 });
  const opposition = await t.page({ role: 'opposition', width: 320 });
  await mayor.goto(item);
  await opposition.goto(item);
  t.ok((await opposition.locator('main a[href$="/standpunkt"]').count()) === 0, 'a seat without a vote is not offered one');
  const refused = await opposition.goto(item + '/standpunkt');
  t.ok(refused.status() === 403 && (await opposition.innerText('main')).includes('§ 4'), 'the refusal cites the paragraph');
  await mayor.click('main a[href$="/standpunkt"]');
  await mayor.check('input[name=position][value=for]');
  await t.axe(mayor, 'the position');
  await send(mayor, /ok=meeting.said.taken/);
  await t.axe(mayor, 'the item');

  await page.goto(item);
  t.ok((await page.locator('main table tr:has-text("For")').count()) > 0, 'the secretary sees the position');
  await page.goto(item + '/standpunkt');
  const seats = await page.locator('#seat option').evaluateAll((list) => list.map((o) => o.value).filter(Boolean));
  for (const [n, seat] of seats.entries()) {
    await page.goto(item + '/standpunkt');
    await page.selectOption('#seat', seat);
    const last = n === seats.length - 1;
    await page.check(`input[name=position][value=${last ? 'reservation' : 'for'}]`);
    if (last) await page.fill('#reason', 'Kommunen har egne kurs.');
    await send(page, /ok=meeting.said.taken/);
  }
  await page.goto(item + '/vedtak');
  await page.fill('#words', 'Kommunene som deltar, bestiller kursene sammen.');
  await send(page, /ok=meeting.said.decided/);
  t.ok((await page.innerText('main')).includes('Kostnadsfordeling'), 'the cost is shared');
  await t.axe(page, 'the decision');
  await page.goto(item + '/slutt-til');
  await page.fill('#ref', 'PS 7/30');
  await send(page, /ok=meeting.said.joined/);
  t.ok((await page.locator('#shares ~ table, section[aria-labelledby=shares] table').count()) === 2 || (await page.locator('section[aria-labelledby=shares] caption').count()) > 0, 'the cost is shared anew');

  await page.goto(item + '/oppfolging');
  await page.fill('#what', 'Bestill kursene');
  await page.fill('#office', 'Sekretariatet');
  await send(page, /ok=meeting.said.added/);
  const follow = await page.locator('main a[href*="/oppfolging/"]').first().getAttribute('href');
  await page.goto(path + '/slutt');
  await send(page, /ok=meeting.said.ended/);
  await page.goto(path + '/publiser');
  await send(page, /ok=meeting.said.published/);
  await visitor.goto(path + '/motebok');
  const book = await visitor.innerText('main');
  t.ok(book.includes('Kommunene som deltar, bestiller kursene sammen.') && book.toLowerCase().includes('ikke godkjent'), 'all read the minutes, not approved yet');
  await t.axe(visitor, 'the minutes');
  await page.goto(follow);
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForLoadState();
  t.ok((await page.locator('.ds-error-summary').count()) === 1, 'a follow-up is closed without evidence');
  await page.fill('#evidence', 'Bestillingen er sendt, se journalpost 12.');
  await send(page, /ok=/);

  const nn = await t.page({ role: 'mayor', lang: 'nn' });
  await nn.goto(path + '/motebok');
  t.ok((await nn.getAttribute('html', 'lang')) === 'nn' && (await nn.innerText('main')).includes('Ikkje godkjen'), 'the minutes in nynorsk');
  await t.axe(nn, 'the minutes in nynorsk');
  await nn.goto(item);
  t.ok((await nn.innerText('main')).includes('Kostnadsdeling'), 'the item in nynorsk');
}
