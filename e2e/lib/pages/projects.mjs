// The pages of the register of projects.

const id = '[0-9a-f-]{36}';

export const fixed = [['', '/prosjekter'], ['', '/prosjekter?kommune=5054'], ['', '/prosjekter?q=finnesikke'], ['county', '/prosjekter'], ['adviser', '/prosjekter/ny'], ['adviser', '/oppgaver?kind=project'], ['', '/verktoykasse?q=spr%C3%A5kkaf%C3%A9'], ['adviser', '/verktoykasse?q=spr%C3%A5kkaf%C3%A9'], ['county', '/prosjekter?q=kompetansepilot+tr%C3%B8ndelag']];

export const followed = [
  ['', '/prosjekter/{id}', '/prosjekter', `^/prosjekter/${id}$`],
  ['', 'a sub-project', '/prosjekter/{id}', `^/prosjekter/${id}$`],
  ['', '/prosjekter/{id}/kompendium', '/prosjekter/{id}', '/kompendium$'],
  ['', '/prosjekter/{id}/kompendium/oversikt', '/prosjekter/{id}', '/oversikt$'],
  ['', '/prosjekter/{id}/avtaler', '/prosjekter/{id}', '/avtaler$'],
  ['', '/prosjekter/{id}/logg', '/prosjekter/{id}', '/logg$'],
  ['', '/prosjekter/{id}/like', '/prosjekter/{id}', '/like$'],
  ['county', 'the project as the county', '/prosjekter', `^/prosjekter/${id}$`],
  ['county', '/prosjekter/{id}/rediger', 'the project as the county', '/rediger$'],
  ['county', '/prosjekter/{id}/penger/{nr}', 'the project as the county', '/penger/ny$'],
  ['county', '/prosjekter/{id}/folk/{nr}', 'the project as the county', '/folk/ny$'],
  ['county', 'agreements as the county', 'the project as the county', '/avtaler$'],
  ['county', '/prosjekter/{id}/avtaler/{nr}', 'agreements as the county', '/avtaler/ny$'],
  ['county', 'the log as the county', 'the project as the county', '/logg$'],
  ['county', '/prosjekter/{id}/logg/ny/{kind}', 'the log as the county', '/logg/ny/meeting$'],
  ['county', '/prosjekter/{id}/logg/{note}', 'the log as the county', `/logg/${id}$`],
  ['county', '/sluttrapporter/{id}', 'the project as the county', `^/sluttrapporter/${id}$`],
  ['county', '/sluttrapporter/{id}/kapittel/{nr}', '/sluttrapporter/{id}', '/kapittel/1$'],
  ['', 'a measure', '/verktoykasse?q=spr%C3%A5kkaf%C3%A9', `^/verktoykasse/${id}$`],
  ['', '/verktoykasse/{id}/brukt', 'a measure', '/brukt$'],
  ['adviser', 'a measure as a hub', '/verktoykasse?q=spr%C3%A5kkaf%C3%A9', `^/verktoykasse/${id}$`],
  ['adviser', '/verktoykasse/{id}/ta-i-bruk', 'a measure as a hub', '/ta-i-bruk$'],
  ['county', 'pilots', '/prosjekter?q=kompetansepilot+tr%C3%B8ndelag', `^/prosjekter/${id}$`],
  ['county', 'a report that is written', 'pilots', `^/sluttrapporter/${id}$`],
  ['county', '/sluttrapporter/{id}/flytt/{to}', 'a report that is written', '/flytt/in_approval$'],
  ['county', '/sluttrapporter/{id}/ark', '/sluttrapporter/{id}', '/ark$'],
  ['adviser', 'an own project', '/oppgaver?kind=project', `^/prosjekter/${id}$`],
  ['adviser', '/prosjekter/{id}/steg', 'an own project', '/steg$'],
  ['adviser', '/prosjekter/{id}/flytt/{to}', 'an own project', '/flytt/reported$'],
  ['county', 'entries as the county', '/prosjekter/{id}', '/oversikt$'],
  ['county', '/prosjekter/{id}/kompendium/frist', 'entries as the county', '/frist$'],
  ['county', '/prosjekter/{id}/kort', 'entries as the county', '/kort$'],
];
