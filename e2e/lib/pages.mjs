// The pages that the sweep opens: role, path and, when it is not 200, status.
// Addresses with ids are found by following the first link of a list.
const fixed = [
  ['', '/'], ['', '/finn'], ['', '/finn?q=Han+som+styre+saga+går+av+te+sommarn'], ['', '/tilbud'], ['', '/behov'], ['', '/ettersporsel'],
  ['', '/verktoykasse'], ['', '/kvalitet'], ['', '/virksomheter'], ['', '/logg-inn'], ['', '/tilgjengelighet'], ['', '/personvern'],
  ['', '/kilder'], ['', '/api'], ['', '/finnes-ikke', 404],
  ['adviser', '/'], ['adviser', '/behov/ny'], ['adviser', '/behov'], ['adviser', '/behov/import'], ['adviser', '/behov/kart'],
  ['provider', '/'], ['provider', '/tilbud/mine'], ['provider', '/tilbud/ny'], ['provider', '/tilbud/import'], ['provider', '/ettersporsel'],
  ['county', '/'], ['county', '/verktoykasse/ny'],
  ['admin', '/administrasjon'], ['admin', '/konto'], ['learner', '/administrasjon', 403],
];

const followed = [
  ['', '/tilbud', 'main a[href^="/tilbud/"]:not([href*="eksport"]):not([href*="?"])'],
  ['', '/verktoykasse', 'main a[href^="/verktoykasse/"]'],
  ['adviser', '/behov', 'main td a[href^="/behov/"], main th a[href^="/behov/"]'],
];

export async function pages(t) {
  if (t.pageList) return t.pageList;
  const list = fixed.map(([role, path, status]) => ({ role, path, status }));
  for (const [role, from, selector] of followed) {
    const page = await t.page({ role });
    await page.goto(from);
    const href = await page.locator(selector).first().getAttribute('href', { timeout: 5000 }).catch(() => null);
    t.ok(href, `${from} has no ${selector}`);
    if (href) list.push({ role, path: href });
    await page.context().close();
  }
  t.pageList = list;
  return list;
}
