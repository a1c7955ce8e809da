// The pages of seats for pooled needs and for offerings.

const id = '[0-9a-f-]{36}';
const school = 'provider@Røros videregående skole';

export const fixed = [['employer', '/plasser'], ['learner', '/plasser'], ['county', '/plasser']];

export const followed = [
  ['', 'pooled need of wood', '/felles?q=limpresse', `^/felles/${id}$`],
  ['', '/felles/{id}/plasser', 'pooled need of wood', '/plasser$'],
  ['secretary', 'pooled need of wood as secretary', '/felles?q=limpresse', `^/felles/${id}$`],
  ['secretary', 'seats as secretary', 'pooled need of wood as secretary', '/plasser$'],
  ['secretary', '/felles/{id}/plasser/frist', 'seats as secretary', '/frist$'],
  ['secretary', '/felles/{id}/plasser/avslutt', 'seats as secretary', '/avslutt$'],
  ['learner', 'pooled need as a learner', '/felles?q=gjestene', `^/felles/${id}$`],
  ['learner', '/felles/{id}/plasser/ny', 'pooled need as a learner', '/plasser/ny$'],
  ['employer', '/plasser/{pledge}/endre', '/plasser', '/endre$'],
  ['employer', 'course in old crafts', '/tilbud?q=torvtak', `^/tilbud/${id}(#|$)`],
  ['employer', '/tilbud/{id}/{offering}/plasser', 'course in old crafts', '/plasser$'],
  ['employer', '/tilbud/{id}/{offering}/plasser/ny', '/tilbud/{id}/{offering}/plasser', '/ny$'],
  [school, 'own course in old crafts', '/tilbud?q=torvtak', `^/tilbud/${id}(#|$)`],
  [school, 'seats of the own course', 'own course in old crafts', '/plasser$'],
  [school, '/tilbud/{id}/{offering}/plasser/frist', 'seats of the own course', '/frist$'],
  [school, '/tilbud/{id}/{offering}/plasser/start', 'seats of the own course', '/start$'],
  [school, '/tilbud/{id}/{offering}/plasser/avslutt', 'seats of the own course', '/avslutt$'],
];

// Only the provider that follows up may start: it answers the pooled need first.
export const made = [['provider', '/felles/{id}/plasser/start', async (page, t) => {
  const pool = t.found.get('pooled need of wood').split('/').pop();
  const { token } = await (await page.request.post('/api/v1/demo/token', { data: { role: 'provider' } })).json();
  const answer = await page.request.post(`/api/v1/pools/${pool}/answers`, { headers: { Authorization: `Bearer ${token}` },
    data: { kind: 'new', unit: 'Avdeling Røros', earliest: new Date(Date.now() + 90 * 864e5).toISOString().slice(0, 10), unknown: true, words: 'Vi lager et løp.' } });
  t.ok(answer.ok(), `the provider's answer: ${answer.status()}`);
  return `/felles/${pool}/plasser/start`;
}]];
