// The pages of needs, what answers them, forms, rounds, visits, accounts and notices.
import { sheet } from '../sheet.mjs';
import { press, registerAdaptable } from '../steps.mjs';

const id = '[0-9a-f-]{36}';

export const followed = [
  ['', '/tilbud/{id}', '/tilbud', `^/tilbud/${id}`],
  ['', '/tilbud/{id}/faktaark', '/tilbud/{id}', '/faktaark$'],
  ['', '/verktoykasse/{id}', '/verktoykasse', `^/verktoykasse/${id}`],
  ['', '/virksomheter/{id}', '/virksomheter', `^/virksomheter/${id}`],
  ['adviser', '/behov/{id}', '/behov?q=gravemaskin', `^/behov/${id}`],
  ['adviser', '/behov/{id}/rediger', '/behov/{id}', '/rediger$'],
  ['adviser', '/vedlegg/{id}/ny-versjon', '/behov/{id}', '/ny-versjon$'],
  ['adviser', '/vedlegg/{id}/ta-bort', '/behov/{id}', '/ta-bort$'],
  ['adviser', '/vedlegg/til/{kind}/{ref}', '/vedlegg/{id}/ny-versjon', '^/vedlegg/til/'],
  ['adviser', '/behov/{id}/dom', '/behov/{id}', '/dom'],
  ['adviser', '/felles/{id}', '/felles?q=gjestene', `^/felles/${id}`],
  ['adviser', '/felles/{id}/rediger', '/felles/{id}', '/rediger$'],
  ['adviser', '/felles/{id}/legg-til', '/felles/{id}', '/legg-til'],
  ['adviser', '/felles/{id}/flytt', '/felles/{id}', '/flytt'],
  ['county', '/felles/{id}/drofting', '/felles/{id}', '/drofting'],
  ['adviser', '/felles/{id}/be-om-tilpasning', '/felles/{id}', '/be-om-tilpasning'],
  ['provider', '/foresporsler/{id}', '/foresporsler', `^/foresporsler/${id}`],
  ['provider', '/tilbud/{id}', '/tilbud/mine', `^/tilbud/${id}`],
  ['provider', '/tilbud/{id}/rediger', '/tilbud/{id}', `^/tilbud/${id}/rediger`],
  ['provider', '/tilbud/{id}/ny', '/tilbud/{id}', `^/tilbud/${id}/ny`],
  ['provider', '/tilbud/{id}/{offering}/rediger', '/tilbud/{id}', `^/tilbud/${id}/${id}/rediger`],
  ['provider', '/tilbud/{id}/{offering}/avlys', '/tilbud/{id}', `^/tilbud/${id}/${id}/avlys`],
  ['county', '/verktoykasse/{id}/rediger', '/verktoykasse/{id}', '/rediger$'],
  ['county', '/skjema/{id}', '/skjema', `^/skjema/${id}`],
  ['county', '/skjema/{id}/prov', '/skjema/{id}', '/prov'],
  ['county', '/skjema/{id}/rediger', '/skjema/{id}', '/rediger$'],
  ['county', '/skjema/{id}/nytt-avsnitt', '/skjema/{id}', '/nytt-avsnitt$'],
  ['county', '/skjema/{id}/avsnitt/{name}', '/skjema/{id}', '/avsnitt/'],
  ['county', '/skjema/{id}/nytt-sporsmal/{name}', '/skjema/{id}', '/nytt-sporsmal/'],
  ['county', '/skjema/{id}/sporsmal/{name}', '/skjema/{id}', '/sporsmal/mislykket$'],
  ['county', '/skjema/{id}/fjern/{name}', '/skjema/{id}/sporsmal/{name}', '/fjern/'],
  ['county', '/skjema/{id}/publiser', '/skjema/{id}', '/publiser$'],
  ['county', '/skjema/{id}/forkast', '/skjema/{id}', '/forkast$'],
  ['adviser', '/virksomheter/{id}', '/virksomheter?q=Grunn+og+Anlegg', `^/virksomheter/${id}`],
  ['adviser', '/virksomheter/{id}/rediger', '/virksomheter/{id}', '/rediger$'],
  ['adviser', '/virksomheter/{id}/nytt-navn', '/virksomheter/{id}', '/nytt-navn'],
  ['adviser', '/virksomheter/{id}/fullmakt', '/virksomheter/{id}', '/fullmakt$'],
  ['adviser', '/virksomheter/{id}/fullmakt/{mandate}', '/virksomheter/{id}', `/fullmakt/${id}`],
  ['adviser', '/besok/{id}', '/besok', `^/besok/${id}$`],
  ['adviser', '/konto/data/{kind}', '/konto/data', '^/konto/data/need$'],
  ['adviser', '/runder/{id}', '/runder?tilstand=open', `^/runder/${id}$`],
  ['adviser', '/runder/{id}/resultat', '/runder/{id}', '/resultat$'],
  ['adviser', '/runder/{id}/papir', '/runder/{id}/resultat', '/papir$'],
  ['adviser', '/runder/{id}/svar/{invite}', '/runder/{id}', `/svar/${id}$`],
  ['adviser', '/runder/{id}/for/{invite}', '/runder/{id}', `/for/${id}$`],
  ['', '/demo/post/{id}', '/demo/post', `^/demo/post/${id}$`],
  ['admin', '/arbeid/{id}', '/administrasjon/arbeid', `^/arbeid/${id}$`],
  ['admin', '/administrasjon/kontoer/{id}', '/administrasjon/kontoer', `^/administrasjon/kontoer/${id}$`],
  ['admin', '/administrasjon/kontoer/{id}/roller/{role}', '/administrasjon/kontoer/{id}', `/roller/${id}`],
];

export const made = [
  ['adviser', '/behov/{id}/slett', async (page) => {
    await page.goto('/behov/ny');
    await page.fill('#text', 'Et utkast som skal slettes');
    await page.click('button[formaction="/behov/utkast"]');
    await page.waitForURL(/rediger|behov\/[0-9a-f-]{36}/);
    return new URL(await page.locator('main a[href*="/slett"]').first().getAttribute('href'), page.url()).pathname;
  }],
  ['adviser', '/runder/{id}/rediger', async (page) => {
    await page.goto('/runder/ny');
    await page.fill('#title', 'Et utkast til en runde');
    await page.click('main form button[type=submit]');
    await page.waitForURL(/runder\/[0-9a-f-]{36}/);
    return `${new URL(page.url()).pathname}/rediger`;
  }],
  ['adviser', '/runder/{id}/lenker', (page, t) => `${t.found.get('/runder/{id}')}/lenker`],
  ['adviser', '/runder/{id}/for/{invite}/del/{name}', async (page, t) => {
    await page.goto(t.found.get('/runder/{id}/for/{invite}'));
    await page.locator('main form[method=post] button').first().click();
    await page.waitForURL(/del\//);
    return new URL(page.url()).pathname;
  }],
  ['adviser', '/runder/{id}/for/{invite}/se-over', (page, t) => `${t.found.get('/runder/{id}/for/{invite}')}/se-over`],
  ['', '/svar/{token}', (page, t) => newLink(t, 'Ny lenke')],
  ['', '/svar/{token}/del/{name}', async (page, t) => {
    await page.goto(t.found.get('/svar/{token}'));
    await page.locator('main form[method=post] button').first().click();
    await page.waitForURL(/del\//);
    return new URL(page.url()).pathname;
  }],
  ['', '/svar/{token}/se-over', (page, t) => `${t.found.get('/svar/{token}')}/se-over`],
  ['', '/bli-med/{token}', (page, t) => newLink(t, 'Lag åpen lenke')],
  ['', '/folg/{token}', async (page, t) => {
    const adviser = await t.page({ role: 'adviser' });
    await adviser.goto(t.found.get('/behov/{id}'));
    return new URL(await adviser.locator('input[readonly][value*="/folg/"]').first().inputValue()).pathname;
  }],
  ['adviser', '/behov/import/{id}/kolonner', async (page) => {
    await page.goto('/behov/import');
    await page.setInputFiles('#file', { name: 'liste.csv', mimeType: 'text/csv', buffer: sheet(30) });
    await page.click('button:has-text("Last opp")');
    await page.waitForURL(/kolonner/);
    return new URL(page.url()).pathname;
  }],
  ['adviser', '/behov/import/{id}/kontroll', (page, t) => next(page, t.found.get('/behov/import/{id}/kolonner'), /kontroll/)],
  ['adviser', '/behov/import/{id}/ferdig', async (page) => {
    await page.goto('/behov/import');
    await page.setInputFiles('#file', { name: 'andre.csv', mimeType: 'text/csv', buffer: sheet(24, 'en annen') });
    await page.click('button:has-text("Last opp")');
    await page.waitForURL(/kolonner/);
    const check = await next(page, new URL(page.url()).pathname, /kontroll/);
    return next(page, check, /ferdig/);
  }],
  ['adviser', '/besok/importer/{id}/kolonner', async (page) => {
    await page.goto('/besok/importer');
    const csv = 'Hvor vi var;Tidspunkt;Konklusjon;Sagt av\nEksempel Mekaniske AS;2026-01-13;Ikke noe nå;lederen\n';
    await page.setInputFiles('#file', { name: 'liste.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(/kolonner/);
    return new URL(page.url()).pathname;
  }],
  ['adviser', '/besok/importer/{id}/kontroll', async (page) => {
    await page.goto('/besok/importer');
    const csv = 'Virksomhet;Dag;Resultat\nEksempel Mekaniske AS;2026-01-12;Ikke noe nå\nUkjent Firma AS;i går;Ikke noe nå\n';
    await page.setInputFiles('#file', { name: 'besok.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(/kontroll/);
    return new URL(page.url()).pathname;
  }],
  ['adviser', '/besok/importer/{id}/ferdig', (page, t) => t.found.get('/besok/importer/{id}/kontroll').replace('kontroll', 'ferdig')],
  ['adviser', '/behov/lim-inn/{id}/forslag', async (page) => {
    await page.goto('/behov/lim-inn');
    await page.fill('#body', 'Hei\n\nEksempel Mekaniske AS trenger to sveisere til høsten. Vi mangler også en kokk i Røros.\n\nMvh\nRådgiveren');
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(/forslag/);
    return new URL(page.url()).pathname;
  }],
  ['adviser', '/behov/lim-inn/{id}/forslag/{nr}', (page, t) => `${t.found.get('/behov/lim-inn/{id}/forslag')}/1`],
  ['county', '/skjema-import/{id}', async (page) => {
    await page.goto('/skjema-import');
    const csv = 'type;name;label\ninteger;antall;Hvor mange trenger dere?\ngeopoint;sted;Hvor?\n';
    await page.setInputFiles('#file', { name: 'skjema.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForURL(/skjema-import\/[0-9a-f-]{36}/);
    return new URL(page.url()).pathname;
  }],
  ['provider', '/tilbud/import/sjekk', async (page) => {
    await page.goto('/tilbud/import');
    const csv = 'Tittel;Nivå;Beskrivelse\nSveisekurs;kurs;Sveising i Åfjord\n;kurs;Uten tittel\n';
    await page.setInputFiles('input[type=file]', { name: 'tilbud.csv', mimeType: 'text/csv', buffer: Buffer.from(csv) });
    await page.locator('main form button[type=submit]').click();
    await page.waitForURL(/sjekk/);
    const url = new URL(page.url());
    return url.pathname + url.search;
  }],
  ['adviser', '/slettekrav/{id}', async (page) => {
    await page.goto('/konto/slettekrav');
    await page.fill('#what', 'Navnet mitt i et gammelt behov');
    await page.locator('input[name=org]').first().check();
    await page.locator('main form button[data-variant=primary]').click();
    await page.waitForURL(/slettekrav\/[0-9a-f-]{36}/);
    return new URL(page.url()).pathname;
  }],
  ['', '/varsler/av/{token}', async (page, t) => {
    await page.goto(t.found.get('/demo/post/{id}'));
    return new URL((await page.locator('.kt-letter').innerText()).match(/http\S+\/varsler\/av\/\S+/)[0]).pathname;
  }],
  ['', '/varsler/bekreft/{secret}', async () => '/varsler/bekreft/adressen-som-kom-i-posten'],
  ['', '/invitasjon/{token}', async (page, t) => new URL(await invite(t, 'ny-konto')).pathname],
  ['admin', '/administrasjon/kontoer/{id}/slett', async (page, t) => {
    await page.goto(t.found.get('account'));
    return page.locator('main a[href$="/slett"]').getAttribute('href');
  }],
  ['own', '/konto', async (page, t) => {
    // A real account: those of the demo have neither password nor end.
    await page.goto(new URL(await invite(t, 'egen-konto')).pathname);
    t.account = { username: 'egen-konto', password: 'en lang setning om høvling' };
    for (const field of await page.locator('input[type=password]').all()) await field.fill(t.account.password);
    await press(page.locator('main form button[type=submit]').first());
    return '/konto';
  }],
  ['own', '/konto/passord', () => '/konto/passord'],
  ['own', '/konto/slett', () => '/konto/slett'],
  ['adviser', '/behov/{id}/tilpasning', async (page) => {
    await registerAdaptable(page);
    return page.locator('main a[href*="/tilpasning"]').first().getAttribute('href');
  }],
];

// invite makes an account and answers the link that is sent to its owner.
async function invite(t, username) {
  const admin = await t.page({ role: 'admin' });
  await admin.goto('/administrasjon/kontoer/ny');
  await admin.fill('#username', username);
  await admin.fill('#name', 'Ny rådgiver');
  await admin.selectOption('#role', 'person');
  await admin.locator('main form button[data-variant=primary]').click();
  await admin.waitForURL(/kontoer\/[0-9a-f-]{36}/);
  t.found.set('account', new URL(admin.url()).pathname);
  return admin.locator('input[readonly][value*="/invitasjon/"]').first().inputValue();
}

// newLink is the first link that a button of the open round's page makes.
async function newLink(t, button) {
  const adviser = await t.page({ role: 'adviser' });
  await adviser.goto(t.found.get('/runder/{id}'));
  await adviser.locator(`main button:has-text("${button}")`).last().click(); // the hub writes for the first
  await adviser.waitForURL(/lenker/);
  const link = await adviser.locator('main input[readonly]').first().inputValue();
  await adviser.context().close();
  return new URL(link).pathname;
}

async function next(page, path, where) {
  await page.goto(path);
  await page.locator('main form button[data-variant=primary]').click();
  await page.waitForURL(where);
  return new URL(page.url()).pathname;
}
