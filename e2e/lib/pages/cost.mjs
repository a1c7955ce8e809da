// The pages of what a programme costs an employer, and the rates it is counted by.

const id = '[0-9a-f-]{36}';
const asked = 'seats=2&from=Trondheim&hour=450&participant=1';

export const fixed = [['', '/kostnad/satser'], ['county', '/kostnad/satser'], ['learner', '/kostnad/satser/lodging', 403]];

export const followed = [
  ['', 'programme with a cost', '/tilbud?q=rustfritt', `^/tilbud/${id}`],
  ['', '/tilbud/{id}/kostnad', 'programme with a cost', '/kostnad\\?'],
  ['county', '/kostnad/satser/{code}', '/kostnad/satser', '/lodging$'],
];

const address = (t) => t.found.get('/tilbud/{id}/kostnad').split('?')[0];

export const made = [
  ['', '/tilbud/{id}/kostnad', (page, t) => `${address(t)}?${asked}`],
  ['', '/tilbud/{id}/kostnad/ark', (page, t) => `${address(t)}/ark?${asked}`],
];
