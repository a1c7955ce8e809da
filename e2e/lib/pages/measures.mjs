// The pages of measures, packages and start pages.

const id = '[0-9a-f-]{36}';
const other = 'adviser@Rørosregionen Næringshage AS';

export const fixed = [
  ['', '/verktoykasse?innsats=low'], ['', '/verktoykasse?kostnad=over'], ['', '/verktoykasse?sektor=Q&kommune=5001'],
  ['', '/tiltakspakker'], ['county', '/tiltakspakker/ny'],
  ['', '/program/rekruttering'], ['county', '/program/ny'],
  ['adviser', '/verktoykasse/forslag'], ['learner', '/verktoykasse/forslag'], ['adviser', '/verktoykasse/forslag/ny'], ['learner', '/verktoykasse/forslag/ny', 403],
];

export const followed = [
  ['', '/tiltakspakker/{slug}', '/tiltakspakker', '^/tiltakspakker/ta-imot-nye-innbyggere$'],
  ['', '/tiltakspakker/{slug}/ark', '/tiltakspakker/{slug}', '/ark$'],
  ['county', '/tiltakspakker/{slug}/rediger', '/tiltakspakker/{slug}', '/rediger$'],
  ['', '/program/{slug}', '/verktoykasse', '^/program/inkludering$'],
  ['county', '/program/{slug}/rediger', '/program/{slug}', '/rediger$'],
  ['', 'a measure', '/verktoykasse?q=velkomstbrev', `^/verktoykasse/${id}$`],
  ['', '/verktoykasse/{id}/ark', 'a measure', '/ark$'],
  ['', '/tilbakemeldinger/{said}', 'a measure', `^/tilbakemeldinger/${id}$`],
  ['learner', '/verktoykasse/{id}/si-fra', 'a measure', '/si-fra$'],
  ['adviser', 'an own measure', '/verktoykasse?q=velkomstbrev', `^/verktoykasse/${id}$`],
  ['adviser', '/verktoykasse/{id}/innhold/{lang}', 'an own measure', '/innhold/nb$'],
  ['adviser', '/verktoykasse/{id}/fakta', 'an own measure', '/fakta$'],
  ['adviser', '/verktoykasse/{id}/steg/{nr}', 'an own measure', '/steg/1$'],
  ['adviser', '/verktoykasse/{id}/eier', 'an own measure', '/eier$'],
  ['adviser', '/verktoykasse/{id}/flytt/{to}', 'an own measure', '/flytt/revised$'],
  ['adviser', 'what waits for an answer', '/oppgaver?kind=measure_said', `^/tilbakemeldinger/${id}$`],
  ['adviser', '/tilbakemeldinger/{said}/svar', 'what waits for an answer', '/svar$'],
  ['adviser', 'a draft', '/verktoykasse/forslag', `^/verktoykasse/${id}$`],
  [other, 'a measure to take over', '/verktoykasse?q=spr%C3%A5kkaf%C3%A9', `^/verktoykasse/${id}$`],
  [other, '/verktoykasse/{id}/overta', 'a measure to take over', '/overta$'],
];
