// The pages where providers answer what is needed, and the list of late answers.

const id = '[0-9a-f-]{36}';

export const fixed = [['secretary', '/tilbydersvar'], ['county', '/tilbydersvar'], ['learner', '/tilbydersvar', 403]];

export const followed = [
  ['provider', 'need to answer', '/behov?state=mapped', `^/behov/${id}$`],
  ['provider', '/behov/{id}/svar', 'need to answer', '/svar$'],
  ['provider', 'pool to answer', '/felles?q=gjestene', `^/felles/${id}$`],
  ['provider', '/felles/{id}/svar', 'pool to answer', '/svar$'],
];

export const made = ['place', 'adapt', 'existing', 'measure', 'new', 'impossible'].map((kind) => ['provider', '/behov/{id}/svar', (page, t) => `${t.found.get('/behov/{id}/svar').split('?')[0]}?slag=${kind}`]);
