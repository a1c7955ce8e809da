// Every page of the house, and how a reader gets there. A route that is a page
// and is not named here makes TestEveryPageIsSwept fail.
import { sheet } from './sheet.mjs';
import { registerAdaptable } from './steps.mjs';

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

// Pages behind a link: role, route, the page it is found on (an address, or a
// route found before) and what its address looks like.
const id = '[0-9a-f-]{36}';
const followed = [
  ['', '/tilbud/{id}', '/tilbud', `^/tilbud/${id}`],
  ['', '/tilbud/{id}/faktaark', '/tilbud/{id}', '/faktaark$'],
  ['', '/verktoykasse/{id}', '/verktoykasse', `^/verktoykasse/${id}`],
  ['', '/organ/{id}', '/forum-og-rad?q=politisk', `^/organ/${id}$`],
  ['', '/organ/{id}/regler', '/organ/{id}', '/regler$'],
  ['', '/organ/{id}/regler/sammenlign', '/organ/{id}/regler', '/sammenlign$'],
  ['', '/organ/{id}/avtale', '/organ/{id}', '/avtale$'],
  ['', '/organ/{id}/avtale/sammenlign', '/organ/{id}/avtale', '/sammenlign$'],
  ['', '/organ/{id}/avtale/sjekk', '/organ/{id}/avtale', '/avtale/sjekk'],
  ['', '/organ/{id}/kontingent', '/organ/{id}', '/kontingent$'],
  ['', '/organ/{id}/uttreden', '/organ/{id}', '/uttreden$'],
  ['', '/organ/{id}/plikter', '/organ/{id}', '/plikter$'],
  ['', '/organ/{id}/horinger', '/organ/{id}', '/horinger$'],
  ['', '/horinger/{id}', '/organ/{id}/horinger', `^/horinger/${id}$`],
  ['mayor', '/organ/{id}', '/forum-og-rad?q=politisk', `^/organ/${id}$`],
  ['mayor', '/organ/{id}/uttreden', '/organ/{id}', '/uttreden$'],
  ['mayor', '/organ/{id}/horinger', '/organ/{id}', '/horinger$'],
  ['mayor', '/horinger/{id}', '/organ/{id}/horinger', `^/horinger/${id}$`],
  ['', '/kompetanseforum/{id}', '/kompetanseforum', `^/kompetanseforum/${id}$`],
  ['', '/kompetanseforum/{id}/oppmote', '/kompetanseforum/{id}', '/oppmote'],
  ['', '/kompetanseforum/{id}/dokument/{doc}', '/kompetanseforum/{id}', `/dokument/${id}$`],
  ['', '/kompetanseforum/{id}/runder/{round}', '/kompetanseforum/{id}', `/runder/${id}$`],
  ['', '/kompetanseregioner/{region}', '/kompetanseforum', '^/kompetanseregioner/innherred$'],
  ['', '/forum-innspill/{input}', '/kompetanseforum/{id}', `^/forum-innspill/${id}$`],
  ['county', '/kompetanseforum/{id}', '/kompetanseforum', `^/kompetanseforum/${id}$`],
  ['county', '/kompetanseforum/{id}/regioner/ny', '/kompetanseforum', '/regioner/ny$'],
  ['county', '/kompetanseregioner/{region}/status', '/kompetanseforum', '/innherred/status$'],
  ['county', '/kompetanseforum/{id}/dokument/ny', '/kompetanseforum/{id}', '/dokument/ny$'],
  ['county', '/kompetanseforum/{id}/dokument/{doc}', '/kompetanseforum/{id}', `/dokument/${id}$`],
  ['county', '/kompetanseforum/{id}/dokument/{doc}/signer', '/kompetanseforum/{id}/dokument/{doc}', '/signer$'],
  ['county', '/kompetanseforum/{id}/innsats/ny', '/kompetanseforum/{id}', '/innsats/ny$'],
  ['county', '/kompetanseforum/{id}/innsats/{effort}', '/kompetanseforum/{id}', `/innsats/${id}$`],
  ['county', '/kompetanseforum/{id}/eksempler/ny', '/kompetanseforum/{id}', '/eksempler/ny$'],
  ['county', '/kompetanseforum/{id}/eksempler/{example}', '/kompetanseforum/{id}', `/eksempler/${id}$`],
  ['county', '/kompetanseforum/{id}/runder/ny', '/kompetanseforum/{id}', '/runder/ny$'],
  ['county', '/kompetanseforum/{id}/runder/{round}', '/kompetanseforum/{id}', `/runder/${id}$`],
  ['county', '/kompetanseforum/{id}/runder/{round}/svar', '/kompetanseforum/{id}/runder/{round}', '/svar$'],
  ['county', '/kompetanseforum/{id}/runder/{round}/avslutt', '/kompetanseforum/{id}/runder/{round}', '/avslutt$'],
  ['secretary', '/kompetanseforum/{id}', '/kompetanseregioner/trondelag-sor', `^/kompetanseforum/${id}$`],
  ['secretary', '/kompetanseregioner/{region}/innspill', '/kompetanseforum/{id}', '/trondelag-sor/innspill$'],
  ['county', '/forum-innspill/{input}', '/kompetanseregioner/innherred', `^/forum-innspill/${id}$`],
  ['county', '/forum-innspill/{input}/svar', '/forum-innspill/{input}', '/svar$'],
  ['secretary', '/moter/{id}/referat', '/kompetanseforum/{id}', `^/moter/${id}/motebok$`],
  ['', '/arshjul-tall/{source}', '/arshjul-tall', `^/arshjul-tall/${id}$`],
  ['', '/arshjul/{id}', '/arshjul', `^/arshjul/${id}$`],
  // The newest round is asked for input, the next ranks, the third awaits providers.
  ['county', '/arshjul/{id}', '/arshjul', `^/arshjul/${id}$`],
  ['county', '/arshjul/{id}/kopier', '/arshjul/{id}', '/kopier$'],
  ['county', '/arshjul/{id}/steg/ny', '/arshjul/{id}', '/steg/ny$'],
  ['county', '/arshjul/{id}/steg/{step}', '/arshjul/{id}', `/steg/${id}$`],
  ['county', '/arshjul/{id}/steg/{step}/lukk', '/arshjul/{id}', '/lukk$'],
  ['county', '/arshjul/{id}/gjenapne', '/arshjul/{id}', '/gjenapne$'],
  ['county', '/arshjul/{id}/regioner/{region}/taus', '/arshjul/{id}', '/taus$'],
  ['secretary', '/arshjul/{id}', '/arshjul', `^/arshjul/${id}$`],
  ['secretary', '/arshjul/{id}/regioner/{region}/innspill', '/arshjul/{id}', '/innspill$'],
  ['secretary', '/arshjul/{id}/innspill/{input}', '/arshjul/{id}', `/innspill/${id}$`],
  ['', '/moter/{id}', '/moter?state=published', `^/moter/${id}$`],
  ['', '/moter/{id}/motebok', '/moter/{id}', '/motebok$'],
  ['', '/moter/{id}/motebok/papir', '/moter/{id}/motebok', '/papir$'],
  ['', '/moter/{id}/innkalling', '/moter/{id}', '/innkalling$'],
  ['', '/moter/{id}/utdrag', '/moter/{id}', '/utdrag\\?for='],
  ['secretary', '/moter/{id}/motebok', '/moter/{id}', '/motebok$'],
  ['secretary', '/moter/{id}/publiser', '/moter/{id}/motebok', '/publiser$'],
  ['mayor', '/moter/{id}', '/moter?state=sent', `^/moter/${id}$`],
  ['mayor', '/moter/{id}/krev', '/moter/{id}', '/krev$'],
  ['mayor', '/moter/{id}/saker/{item}', '/moter/{id}', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}', '/moter?state=sent', `^/moter/${id}$`],
  ['secretary', '/moter/{id}/rediger', '/moter/{id}', '/rediger$'],
  ['secretary', '/moter/{id}/avlys', '/moter/{id}', '/avlys$'],
  ['secretary', '/moter/{id}/start', '/moter/{id}', '/start$'],
  ['secretary', '/moter/{id}/innkalt', '/moter/{id}', '/innkalt$'],
  ['secretary', '/moter/{id}/saker/early', '/moter/{id}', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/decides', '/moter/{id}/saker/early', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}/forhand', '/moter/{id}/saker/decides', '/forhand$'],
  ['secretary', '/moter/{id}/saksliste', '/moter/{id}', '/saksliste$'],
  ['secretary', '/moter/{id}/send-ut', '/moter/{id}/saksliste', '/send-ut$'],
  ['secretary', '/moter/{id}/saksliste/ny', '/moter/{id}/saksliste', '/saksliste/ny$'],
  ['secretary', '/moter/{id}/saksliste/{item}', '/moter/{id}/saksliste', `/saksliste/${id}$`],
  ['secretary', '/moter/{id}', '/moter?state=open', `^/moter/${id}$`],
  ['secretary', '/moter/{id}/oppmote', '/moter/{id}', '/oppmote$'],
  ['secretary', '/moter/{id}/slutt', '/moter/{id}', '/slutt$'],
  ['secretary', '/moter/{id}/saker/first', '/moter/{id}', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}', '/moter/{id}/saker/first', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}/vedtak', '/moter/{id}/saker/{item}', '/vedtak$'],
  ['secretary', '/moter/{id}/saker/{item}/standpunkt', '/moter/{id}/saker/{item}', '/standpunkt$'],
  ['secretary', '/moter/{id}/saker/{item}/habilitet', '/moter/{id}/saker/decides', '/habilitet$'],
  ['secretary', '/moter/{id}/saker/{item}/omfang', '/moter/{id}/saker/{item}', '/omfang$'],
  ['secretary', '/moter/{id}/saker/{item}/kommentar', '/moter/{id}/saker/{item}', '/kommentar$'],
  ['secretary', '/moter/{id}/saker/{item}/kommentar/{comment}', '/moter/{id}/saker/{item}', `/kommentar/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}/behandling', '/moter/{id}/saker/{item}', '/behandling$'],
  ['secretary', '/moter/{id}/saker/{item}/oppfolging', '/moter/{id}/saker/{item}', '/oppfolging$'],
  ['secretary', '/moter/{id}/oppfolging/{follow}', '/moter/{id}/saker/{item}', `/oppfolging/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}/kostnad', '/moter/{id}/saker/{item}', '/kostnad$'],
  ['secretary', '/moter/{id}/saker/{item}/egne-vedtak', '/moter/{id}/saker/{item}', '/egne-vedtak$'],
  ['secretary', '/moter/{id}/saker/{item}/hastesak', '/moter/{id}/saker/decides', '/hastesak$'],
  ['secretary', '/moter/{id}', '/moter?state=published', `^/moter/${id}$`],
  ['secretary', '/moter/{id}/saker/first', '/moter/{id}', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}', '/moter/{id}/saker/first', `/moter/${id}/saker/${id}$`],
  ['secretary', '/moter/{id}/saker/{item}/slutt-til', '/moter/{id}/saker/{item}', '/slutt-til$'],
  ['secretary', '/moter/{id}/saker/{item}/egne-vedtak/{own}', '/moter/{id}/saker/{item}', `/egne-vedtak/${id}$`],
  ['', '/saker/{id}', '/saker?q=kompetansepiloter', `^/saker/${id}$`],
  ['', '/saker/{id}/papir', '/saker/{id}', '/papir$'],
  ['', '/saker/{id}/versjoner', '/saker/{id}', '/versjoner$'],
  ['', '/saksdokumenter/{id}', '/saker/{id}', `^/saksdokumenter/${id}$`],
  ['secretary', '/saker/{id}', '/saker?stage=working', `^/saker/${id}$`],
  ['secretary', '/saker/{id}/rediger', '/saker/{id}', '/rediger$'],
  ['secretary', '/saker/{id}/saksframlegg', '/saker/{id}', '/saksframlegg$'],
  ['secretary', '/saker/{id}/saksframlegg/{name}', '/saker/{id}/saksframlegg', '/saksframlegg/background$'],
  ['secretary', '/saker/{id}/utkast', '/saker/{id}/saksframlegg', '/utkast$'],
  ['secretary', '/saker/{id}/hode', '/saker/{id}/saksframlegg', '/hode$'],
  ['secretary', '/saker/{id}/kontroll', '/saker/{id}', '/kontroll$'],
  ['secretary', '/saker/{id}/behandling', '/saker/{id}', '/behandling$'],
  ['secretary', '/saker/{id}/behandling/{treatment}', '/saker/{id}', `/behandling/${id}$`],
  ['secretary', '/saker/{id}/dokument', '/saker/{id}', '/dokument$'],
  ['secretary', '/saksdokumenter/{id}', '/saker/{id}', `^/saksdokumenter/${id}$`],
  ['secretary', '/saksdokumenter/{id}/rediger', '/saksdokumenter/{id}', '/rediger$'],
  ['secretary', '/saker/{id}/innspill', '/saker/{id}', '/innspill$'],
  ['secretary', '/saker/{id}/innspill/{input}', '/saker/{id}', `/innspill/${id}$`],
  ['secretary', '/saker/{id}/finansiering', '/saker/{id}', '/finansiering$'],
  ['secretary', '/saker/{id}/kobling', '/saker/{id}', '/kobling$'],
  ['secretary', '/saker/{id}/flytt', '/saker/{id}', '/flytt'],
  ['', '/organ/{id}/regler/prov', '/organ/{id}/regler', '/prov$'],
  ['secretary', '/organ/{id}', '/forum-og-rad?q=politisk', `^/organ/${id}$`],
  ['secretary', '/organ/{id}/avtale', '/organ/{id}', '/avtale$'],
  ['secretary', '/organ/{id}/avtale/versjon', '/organ/{id}/avtale', 'versjon=4$'],
  ['secretary', '/organ/{id}/avtale/sendt', '/organ/{id}/avtale', 'versjon=3$'],
  ['secretary', '/avtaler/{id}/vedtak', '/organ/{id}/avtale/versjon', '/vedtak$'],
  ['secretary', '/avtaler/{id}/paragraf', '/organ/{id}/avtale/versjon', '/paragraf$'],
  ['secretary', '/avtaler/{id}/paragraf/{nr}', '/organ/{id}/avtale/versjon', '/paragraf/3$'],
  ['secretary', '/avtaler/{id}/paragraf/{nr}/ta-ut', '/organ/{id}/avtale/versjon', '/paragraf/3/ta-ut$'],
  ['secretary', '/avtaler/{id}/rediger', '/organ/{id}/avtale/versjon', '/rediger$'],
  ['secretary', '/avtaler/{id}/gi-opp', '/organ/{id}/avtale/versjon', '/gi-opp$'],
  ['secretary', '/avtaler/{id}/svar', '/organ/{id}/avtale/sendt', '/svar'],
  ['secretary', '/organ/{id}/avtale/sjekk', '/organ/{id}/avtale', '/avtale/sjekk'],
  ['secretary', '/avtaler/{id}/sjekk', '/organ/{id}/avtale/sjekk', `^/avtaler/${id}/sjekk$`],
  ['secretary', '/avtaler/{id}/sjekk/{point}', '/organ/{id}/avtale/sjekk', '/sjekk/3$'],
  ['secretary', '/organ/{id}/kontingent', '/organ/{id}', '/kontingent$'],
  ['secretary', '/organ/{id}/kontingent/ny', '/organ/{id}/kontingent', '/kontingent/ny$'],
  ['secretary', '/organ/{id}/kontingent/{fee}/endre', '/organ/{id}/kontingent', '/endre$'],
  ['secretary', '/organ/{id}/kontingent/innskudd', '/organ/{id}/kontingent', '/innskudd$'],
  ['secretary', '/organ/{id}/plikter', '/organ/{id}', '/plikter$'],
  ['secretary', '/organ/{id}/plikter/ny', '/organ/{id}/plikter', '/plikter/ny$'],
  ['secretary', '/organ/{id}/plikter/{matter}/meldt', '/organ/{id}/plikter', '/meldt$'],
  ['secretary', '/organ/{id}/horinger', '/organ/{id}', '/horinger$'],
  ['secretary', '/organ/{id}/horinger/ny', '/organ/{id}/horinger', '/horinger/ny$'],
  ['secretary', '/horinger/{id}', '/organ/{id}/horinger', `^/horinger/${id}$`],
  ['secretary', '/horinger/{id}/samtykke', '/horinger/{id}', '/samtykke$'],
  ['secretary', '/horinger/{id}/innspill', '/horinger/{id}', '/innspill$'],
  ['secretary', '/horinger/{id}/tekst', '/horinger/{id}', '/tekst$'],
  ['secretary', '/horinger/{id}/runde', '/horinger/{id}', '/runde$'],
  ['secretary', '/horinger/{id}/rediger', '/horinger/{id}', '/rediger$'],
  ['secretary', '/horinger/{id}/avsta', '/horinger/{id}', '/avsta$'],
  ['secretary', '/horinger/{id}/egen', '/horinger/{id}', '/egen$'],
  ['secretary', '/horinger/{id}/runder', '/horinger/{id}', '/runder$'],
  ['secretary', '/horinger/{id}/innspill/{input}', '/horinger/{id}', `/innspill/${id}$`],
  ['secretary', '/organ/{id}/rediger', '/organ/{id}', '/rediger$'],
  ['secretary', '/organ/{id}/regler/ny', '/organ/{id}/regler', '/regler/ny$'],
  ['secretary', '/organ/{id}/seter', '/organ/{id}', '/seter$'],
  ['secretary', '/organ/{id}/leder', '/organ/{id}/seter', '/leder$'],
  ['secretary', '/organ/{id}/seter/ny', '/organ/{id}/seter', '/seter/ny$'],
  ['secretary', '/organ/{id}/seter/{seat}', '/organ/{id}/seter', `/seter/${id}$`],
  ['secretary', '/organ/{id}/seter/{seat}/avslutt', '/organ/{id}/seter/{seat}', `/seter/${id}/avslutt$`],
  ['secretary', '/organ/{id}/seter/{seat}/{holder}/avslutt', '/organ/{id}/seter/{seat}', `/seter/${id}/${id}/avslutt$`],
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

// inWheel is the address of a link of one of the annual wheel's rounds, counted from the newest.
async function inWheel(page, nth, link) {
  await page.goto('/arshjul');
  await page.goto(await page.locator('main .kt-card__title a').nth(nth).getAttribute('href'));
  return new URL(await page.locator(`main a${link}`).first().getAttribute('href'), page.url()).pathname;
}

// Pages that something must be done for first: role, route and how, answering
// the address.
const done = [
  ['county', '/arshjul/{id}/prioriteringer/ny', (page) => inWheel(page, 1, '[href$="/prioriteringer/ny"]')],
  ['county', '/arshjul/{id}/prioriteringer/{priority}', (page) => inWheel(page, 1, '[href*="/prioriteringer/"]:not([href$="/tilbydere"])')],
  ['county', '/arshjul/{id}/prioriteringer/{priority}/tilbydere', (page) => inWheel(page, 1, '[href$="/tilbydere"]')],
  ['county', '/arshjul/{id}/innspill/{input}/utfall', (page) => inWheel(page, 1, '[href$="/utfall"]')],
  ['county', '/arshjul/{id}/svar/{task}', (page) => inWheel(page, 2, '[href*="/svar/"]')],
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
  ['secretary', '/horinger/{id}/send', (page, t) => `${t.found.get('/horinger/{id}')}/send`],
  ['secretary', '/organ/{id}/evaluering/{year}', (page, t) => `${t.found.get('/organ/{id}')}/evaluering/${new Date().getFullYear() + ((7 - (new Date().getFullYear() % 4)) % 4)}`],
  ['secretary', '/organ/{id}/avtale/ny', (page, t) => `${t.found.get('/organ/{id}')}/avtale/ny`],
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
  ['secretary', '/moter/{id}/saker/{item}/dorer', (page, t) => `${t.found.get('/moter/{id}/saker/decides')}/dorer`],
  ['secretary', '/moter/{id}/saker/{item}/habilitet/{recusal}', async (page, t) => {
    await page.goto(`${t.found.get('/moter/{id}/saker/decides')}/habilitet`);
    await page.locator('#seat').selectOption({ index: 1 });
    await page.fill('#reason', 'Kommunen leier selv ut lokaler');
    await page.click('main form[method=post] button[type=submit]');
    await page.waitForURL(/saker\/[0-9a-f-]{36}\?ok/);
    return page.locator('main a[href*="/habilitet/"]').first().getAttribute('href');
  }],
  ['secretary', '/moter/{id}/forum', (page, t) => t.found.get('/moter/{id}/referat').replace('/motebok', '')],
  ['secretary', '/moter/{id}/behov', (page, t) => `${t.found.get('/moter/{id}/forum')}/behov`],
  ['secretary', '/moter/{id}/behov/{need}', async (page, t) => {
    await page.goto(t.found.get('/moter/{id}/behov'));
    return page.locator('main a[href*="/behov/"][href^="/moter/"]').first().getAttribute('href');
  }],
  ['secretary', '/moter/{id}/saker/{item}/egne-vedtak/{own}/lenke', (page, t) => `${t.found.get('/moter/{id}/saker/{item}/egne-vedtak/{own}')}/lenke`],
  ['', '/eget-vedtak/{token}', async (page, t) => {
    const secretary = await t.page({ role: 'secretary' });
    const own = t.found.get('/moter/{id}/saker/{item}/egne-vedtak/{own}');
    await secretary.goto(own.replace(/\/egne-vedtak\/.*/, ''));
    await secretary.locator('main form[action$="/lenke"] button').first().click();
    await secretary.waitForURL(/lenke$/);
    return new URL(await secretary.inputValue('#link')).pathname;
  }],
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
    await page.locator('main form button[type=submit]').first().click();
    await page.waitForLoadState();
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

// pages lists {role, path, status} of all of them, and notes as a fault what
// cannot be found.
export async function pages(t) {
  const list = fixed.map(([role, path, status]) => ({ role, path, status: status ?? 200 }));
  t.found = new Map();
  const note = (role, route, path) => {
    t.ok(path, `no way to ${route} as ${role || 'visitor'}`);
    if (!path) return;
    t.found.set(route, path);
    list.push({ role, path, status: 200 });
  };
  for (const [role, route, from, href] of followed) {
    const page = await t.page({ role });
    const here = t.found.get(from) ?? from;
    await page.goto(here);
    const all = await page.locator('main a[href]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
    note(role, route, all.find((a) => a !== here && new RegExp(href).test(a)));
    await page.context().close();
  }
  for (const [role, route, how] of done) {
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
