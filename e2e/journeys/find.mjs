// Somebody without an account finds an offer from the front page, in dialect,
// takes a concept away and sees the answers change.
export const title = 'find an offer from the front page without signing in';

export async function run(t) {
  const page = await t.page({ width: 390 });
  await page.goto('/');
  await page.fill('#hero-q', 'Han som styre saga går av te sommarn, og ingen anna kan stille a inn');
  await page.click('.kt-hero button[type=submit]');
  await page.waitForURL(/\/finn\?/);
  const seen = await page.locator('main').innerText();
  t.ok(/trelast/i.test(seen), 'the saw is not understood');
  t.ok(!/reiseliv|turist/i.test(seen), 'a saw has become tourism');
  t.ok(seen.includes('treteknikkfaget'), 'the trade certificate in wood is not among the answers');
  t.ok(seen.includes('Du skrev'), 'the answers do not say why');
  await t.axe(page, 'answers');
  const chips = page.locator('main a[data-removable]');
  const before = await chips.count();
  await chips.first().click();
  await page.waitForURL(/fjern=/);
  t.ok((await page.locator('main a[data-removable]').count()) < before, 'the concept was not taken away');

  await page.goto('/finn?q=' + encodeURIComponent('Når går bussen til Røros?'));
  t.ok((await page.locator('main article').count()) === 0, 'a question about the bus got answers');
  await t.axe(page, 'no need');

  await page.goto('/finn?q=' + encodeURIComponent('De som flytter hit, blir ikke boende'));
  const headings = await page.locator('main h2').allInnerTexts();
  const at = (word) => headings.findIndex((h) => h.includes(word));
  t.ok(at('Tiltak') >= 0 && (at('Utdanning') < 0 || at('Tiltak') < at('Utdanning')), `measures do not come first: ${headings}`);
  t.ok((await page.locator('main article').count()) > 0, 'no measure for people who do not stay');
}
