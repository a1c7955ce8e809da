// The pages of education in the making.

const id = '[0-9a-f-]{36}';

export const fixed = [['', '/utvikling'], ['provider', '/utvikling']];

export const followed = [
  ['', '/utvikling/{id}', '/utvikling', `^/utvikling/${id}$`],
  ['provider', 'an own development', '/utvikling', `^/utvikling/${id}$`],
  ['provider', '/utvikling/{id}/plan', 'an own development', '/plan$'],
  ['provider', '/utvikling/{id}/koble', 'an own development', '/koble$'],
  ['provider', '/utvikling/{id}/flytt/{to}', 'an own development', '/flytt/design$'],
  ['provider', 'stopping a development', 'an own development', '/flytt/stopped$'],
];

// An answer that nothing has been made from yet is given first; what is running can be copied.
export const made = [['provider', '/tilbydersvar/{id}/program', async (page) => {
  await page.goto('/behov?q=Hytteplanene');
  const need = await page.locator('main a[href^="/behov/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')).find((href) => /^\/behov\/[0-9a-f-]{36}$/.test(href)));
  const answer = await page.evaluate(async (path) => {
    const day = new Date(Date.now() + 90 * 864e5).toISOString().slice(0, 10);
    const answered = await fetch(`/api/v1/needs/${path.split('/').pop()}/answers`, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify({ kind: 'new', unit: 'Avdeling Oppdal', earliest: day, unknown: true, words: 'Vi lager det.' }),
    });
    return (await answered.json()).items[0].id;
  }, need);
  return `/tilbydersvar/${answer}/program`;
}], ['provider', '/utvikling/{id}/kopier', async (page) => {
  await page.goto('/utvikling');
  const running = page.locator('main article', { hasText: 'Fadder for lærlingen' }).locator('a[href^="/utvikling/"]').first();
  return `${await running.getAttribute('href')}/kopier`;
}]];
