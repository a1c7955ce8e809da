// Every page of the house, and how a reader gets there. A route that is a page
// and is not named here makes TestEveryPageIsSwept fail. The pages behind a link and
// those that something is done for first are named by theme, in the folder pages.
import * as admissions from './pages/admissions.mjs';
import * as centres from './pages/centres.mjs';
import * as cost from './pages/cost.mjs';
import * as develop from './pages/develop.mjs';
import * as funnel from './pages/funnel.mjs';
import * as guides from './pages/guides.mjs';
import * as making from './pages/making.mjs';
import * as measures from './pages/measures.mjs';
import * as meetings from './pages/meetings.mjs';
import * as needs from './pages/needs.mjs';
import * as pledges from './pages/pledges.mjs';
import * as projects from './pages/projects.mjs';
import * as threads from './pages/threads.mjs';
import * as working from './pages/working.mjs';
import * as workspaces from './pages/workspaces.mjs';

// Pages with a fixed address: role ('' is nobody), path, status if not 200.
const fixed = [
  ['', '/'], ['', '/finn'], ['', '/finn?q=Han+som+styre+saga+går+av+te+sommarn'], ['', '/finn?q=Når+går+bussen+til+Røros'],
  ['', '/tilbud'], ['', '/tilbud?q=finnesikke'], ['', '/behov'], ['', '/behov/kart'], ['', '/behov/moteliste'], ['', '/behov/moteliste?q=finnesikke'], ['', '/felles'], ['', '/ettersporsel'], ['', '/verktoykasse'], ['', '/forum-og-rad'], ['', '/forum-og-rad?q=finnesikke'],
  ['', '/moter'], ['', '/eget-vedtak/takk'], ['secretary', '/moter'], ['secretary', '/moter/ny'], ['', '/saker'], ['', '/saker?q=finnesikke'], ['secretary', '/saker'], ['secretary', '/saker/ny'], ['learner', '/saker/ny', 403],
  ['', '/kompetanseforum'], ['county', '/kompetanseforum'], ['', '/arshjul'], ['county', '/arshjul'], ['county', '/arshjul/ny'], ['learner', '/arshjul/ny', 403], ['', '/arshjul-tall'],
  ['', '/sok'], ['', '/sok?q=kompetanse'], ['', '/sok?q=sveisser'], ['', '/sok?q=finnesikkenoensteder'],
  ['', '/kvalitet'], ['', '/virksomheter'], ['', '/logg-inn'], ['', '/tilgjengelighet'], ['', '/personvern'], ['', '/kilder'], ['', '/api'],
  ['', '/finnes-ikke', 404],
  ['adviser', '/'], ['adviser', '/behov'], ['adviser', '/behov/ny'], ['adviser', '/behov/import'], ['adviser', '/behov/lim-inn'], ['adviser', '/felles/ny'], ['adviser', '/virksomheter/ny'],
  ['secretary', '/oppgaver'], ['secretary', '/oppgaver?kind=case'], ['adviser', '/oppgaver?kind=case'], ['learner', '/oppgaver'], ['county', '/oppgaver'],
  ['adviser', '/behov/kart'], ['employer', '/'], ['employer', '/behov/ny'], ['learner', '/'], ['secretary', '/'], ['secretary', '/forum-og-rad'], ['secretary', '/forum-og-rad/nytt'],
  ['provider', '/'], ['provider', '/tilbud/mine'], ['provider', '/tilbud/ny'], ['provider', '/tilbud/import'], ['provider', '/foresporsler'],
  ['adviser', '/besok'], ['adviser', '/besok/ny'], ['adviser', '/besok/importer'],
  ['adviser', '/runder'], ['adviser', '/runder/ny'], ['county', '/runder'], ['adviser', '/runder?tilstand=draft'],
  ['admin', '/'], ['admin', '/administrasjon'], ['admin', '/administrasjon/kontoer'], ['admin', '/administrasjon/kontoer/ny'], ['admin', '/administrasjon/logg'], ['admin', '/administrasjon/arbeid'],
  ['county', '/'], ['county', '/verktoykasse/ny'], ['county', '/skjema'], ['county', '/skjema/nytt'], ['county', '/skjema-import'], ['', '/skjema/forslag'],
  ['adviser', '/varsler'], ['adviser', '/varsler/innstillinger'], ['adviser', '/varsler/folg?hva=field&ref=health'], ['adviser', '/varsler/folg?hva=search&slag=programme&ref=q%3Dstyring'], ['', '/demo/post'],
  ['admin', '/administrasjon/oppsett'],
  ['adviser', '/konto/data'], ['adviser', '/konto/slett'], ['adviser', '/konto/slettekrav'], ['county', '/slettekrav'], ['admin', '/administrasjon/oppbevaring'], ['admin', '/administrasjon/innsynslogg'],
  ['admin', '/konto'], ['learner', '/administrasjon', 403],
];

// Each theme exports lists. followed are pages behind a link: role, route, the page
// it is found on (an address, or a route found before) and what its address looks like.
// made are pages that something must be done for first: role, route and how, answering
// the address. A theme may also export pages with a fixed address, as fixed here.
const themes = [meetings, needs, develop, working, cost, pledges, threads, admissions, making, workspaces, funnel, centres, guides, projects, measures];

// pages lists {role, path, status} of all of them, and notes as a fault what
// cannot be found.
export async function pages(t) {
  const list = [...fixed, ...themes.flatMap((x) => x.fixed ?? [])].map(([role, path, status]) => ({ role, path, status: status ?? 200 }));
  t.found = new Map();
  const note = (role, route, path) => {
    t.ok(path, `no way to ${route} as ${role || 'visitor'}`);
    if (!path) return;
    t.found.set(route, path);
    list.push({ role, path, status: 200 });
  };
  for (const [role, route, from, href] of themes.flatMap((x) => x.followed ?? [])) {
    const page = await t.page({ role });
    const here = t.found.get(from) ?? from;
    await page.goto(here);
    const all = await page.locator('main a[href]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    note(role, route, all.find((a) => a !== here && new RegExp(href).test(a)));
    await page.context().close();
  }
  for (const [role, route, how] of themes.flatMap((x) => x.made ?? [])) {
    const page = await t.page({ role: role === 'own' && !t.account ? '' : role });
    try {
      note(role, route, await how(page, t));
    } catch (error) {
      t.ok(false, `${route}: ${error.message.split('\n')[0]}`);
    }
    await page.context().close();
  }
  return list;
}
