// The quality page says how many verdicts are missing, and shows its figures
// once there are thirty.
export const title = 'the quality page, below and above thirty verdicts';

export async function run(t) {
  const page = await t.page({ role: 'county' });
  await page.goto('/kvalitet');
  t.ok(/30|tretti/i.test(await page.locator('main').innerText()), 'the page does not say how many verdicts it takes');
  t.ok(!/\d+\s?%/.test(await page.locator('main').innerText()), 'there are figures without verdicts');
  await t.axe(page, 'quality without figures');
  const needs = (await (await page.request.get('/api/v1/needs?limit=50')).json()).items;
  let judged = 0;
  for (const need of needs) {
    if (judged >= 30) break;
    const matches = await (await page.request.get(`/api/v1/needs/${need.id}/matches`)).json();
    const answers = [...matches.offers.map((o) => ['programme', o.programme]), ...matches.measures.map((m) => ['card', m.id])];
    for (const [kind, target] of answers.slice(0, 5)) {
      const answer = await page.request.post(`/behov/${need.id}/dom`, {
        form: { kind, target, verdict: judged % 3 === 0 ? 'partly' : 'fits', reason: 'Passer for dem', place: '1' }, maxRedirects: 0,
      });
      if (answer.status() === 303) judged++;
    }
  }
  t.ok(judged >= 30, `only ${judged} verdicts could be given`);
  await page.goto('/kvalitet');
  t.ok(/\d+\s?%/.test(await page.locator('main').innerText()), 'thirty verdicts give no figures');
  await t.axe(page, 'quality with figures');
}
