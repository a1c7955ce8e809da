// The red thread, and the word that a measure is in use.

const id = '[0-9a-f-]{36}';

export const fixed = [];

export const followed = [
  ['', 'a pooled need', '/felles?q=limpresse', `^/felles/${id}$`],
  ['', '/rod-trad/{kind}/{ref}', 'a pooled need', '^/rod-trad/'],
  ['employer', 'an own need', '/behov?q=saga', `^/behov/${id}$`],
  ['employer', 'the thread of an own need', 'an own need', '^/rod-trad/'],
];

// A need is answered with a measure first.
export const made = [['employer', '/behov/{id}/i-bruk', async (page, t) => {
  const as = async (role) => {
    const { token } = await (await page.request.post('/api/v1/demo/token', { data: { role } })).json();
    return { Authorization: `Bearer ${token}` };
  };
  const [employer, provider] = [await as('employer'), await as('provider')];
  const me = await (await page.request.get('/api/v1/organisations?q=Eksempel+Sag', { headers: employer })).json();
  const need = await (await page.request.post('/api/v1/needs', { headers: employer, data: { text: 'Vi trenger språktrening på arbeidsplassen', organisation: me.items[0].id, municipality: '5022', headcount: 2 } })).json();
  const cards = await (await page.request.get('/verktoykasse')).text();
  const card = cards.match(/\/verktoykasse\/([0-9a-f-]{36})/)[1];
  const answer = await page.request.post(`/api/v1/needs/${need.id}/answers`, { headers: provider, data: { kind: 'measure', card, words: 'Dette tiltaket passer.' } });
  t.ok(answer.ok(), `the provider's answer: ${answer.status()}`);
  return `/behov/${need.id}/i-bruk`;
}]];
