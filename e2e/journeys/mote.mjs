// A secretary plans a meeting, makes and sends the agenda, opens the meeting; a mayor on a
// tablet says what the municipality means, and the secretary sees it.
export const title = 'a meeting is planned, called to, and a mayor takes a position';

export async function run(t) {
  const page = await t.page({ role: 'secretary' });
  await page.goto('/moter');
  await t.axe(page, 'the calendar');
  await page.click('main a[href="/moter/ny"]');
  await page.selectOption('#body', { label: 'Trøndelag Sør – interkommunalt politisk råd' });
  await page.fill('#day', '31.12.2030');
  await page.fill('#place', 'Kommunehuset');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/\/moter\/[0-9a-f-]{36}/);
  const path = new URL(page.url()).pathname;

  await page.goto(path + '/saksliste/ny');
  await page.fill('#title', 'Felles bestilling av kurs');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=/);
  await page.locator('main form button:has-text("Lag saksliste")').click();
  await page.waitForURL(/ok=meeting.said.made/);
  await t.axe(page, 'the workshop');
  await page.click('main a[href$="/send-ut"]');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=meeting.said.sent/);
  const visitor = await t.page({ width: 320 });
  await visitor.goto(path);
  t.ok((await visitor.innerText('main')).includes('Felles bestilling av kurs'), 'all read the agenda that was sent');
  await t.axe(visitor, 'the meeting');

  await page.click('main a[href$="/start"]');
  await page.selectOption('#chair', { index: 1 });
  await page.click('main form button[type=submit]');
  await page.waitForURL(/oppmote/);
  for (const select of await page.locator('main form select').all()) await select.selectOption('member');
  await page.click('main form button[type=submit]');
  await page.waitForURL(/ok=/);

  const mayor = await t.page({ role: 'mayor', width: 820 });
  await mayor.goto(path);
  await mayor.click('main a:has-text("Felles bestilling av kurs")');
  await mayor.click('main a[href$="/standpunkt"]');
  await mayor.check('input[name=position][value=for]');
  await t.axe(mayor, 'the position');
  await mayor.click('main form button[type=submit]');
  await mayor.waitForURL(/ok=meeting.said.taken/);
  await t.axe(mayor, 'the item');

  await page.click('main a:has-text("Felles bestilling av kurs")');
  t.ok((await page.locator('main table tr:has-text("For")').count()) > 0, 'the secretary sees the position');
}
