// The pages of jobs with education.

const id = '[0-9a-f-]{36}';

export const fixed = [['', '/stillinger'], ['', '/stillinger/resultat'], ['employer', '/stillinger'], ['learner', '/stillinger'], ['employer', '/stillinger/ny'], ['learner', '/stillinger/ny', 403]];

export const followed = [
  ['', '/stillinger/{id}', '/stillinger', `^/stillinger/${id}$`],
  ['learner', 'position as a learner', '/stillinger', `^/stillinger/${id}$`],
  ['learner', '/stillinger/{id}/interesse', 'position as a learner', '/interesse$'],
  ['adviser', 'a draft of a position', '/stillinger', `^/stillinger/${id}$`],
  ['adviser', '/stillinger/{id}/rediger', 'a draft of a position', '/rediger$'],
  ['adviser', '/stillinger/{id}/flytt/{to}', 'a draft of a position', '/flytt/clarifying$'],
  ['provider', 'a position to confirm', '/stillinger', `^/stillinger/${id}$`],
  ['provider', 'confirming a position', 'a position to confirm', '/flytt/published$'],
  ['employer', 'an own position', '/stillinger', `^/stillinger/${id}$`],
  ['employer', '/stillinger/{id}/interesser', 'an own position', '/interesser$'],
  ['employer', '/stillinger/{id}/avtale', 'an own position', '/avtale$'],
  ['employer', '/stillinger/{id}/plan', 'an own position', '/plan$'],
  ['employer', '/stillinger/{id}/plan/ny', '/stillinger/{id}/plan', '/plan/ny$'],
  ['employer', '/stillinger/{id}/avtale/skriv', '/stillinger/{id}/avtale', '/avtale/skriv$'],
  ['employer', '/stillinger/{id}/avtale/ark', '/stillinger/{id}/avtale', '/avtale/ark$'],
];

// A draft can be deleted until it is sent: one is made for it. An agreement that is changed
// asks all three anew.
export const made = [['employer', '/stillinger/{id}/avtale/ja/{party}', async (page) => {
  await page.goto('/stillinger');
  await page.getByRole('link', { name: 'Operatør ved fresen' }).first().click();
  await page.getByRole('link', { name: 'Se avtalen' }).click();
  await page.getByRole('link', { name: 'Endre avtalen' }).click();
  await page.getByRole('button', { name: 'Lagre og spør de tre' }).click();
  return `${new URL(page.url()).pathname}/ja/employer`;
}], ['employer', '/stillinger/{id}/slett', async (page) => {
  await page.goto('/stillinger/ny');
  await page.getByLabel('Hva heter stillingen?').fill('Et utkast');
  await page.getByLabel('Hva går jobben ut på?').fill('Vi tenker på det.');
  await page.getByLabel('Kommune').fill('Rennebu');
  await page.getByLabel('Kvalifikasjon').fill('Fagbrev');
  await page.getByLabel('Nivå').selectOption('fagbrev');
  await page.getByLabel('Hvem gir utdanningen?').selectOption({ index: 1 });
  await page.getByRole('button', { name: 'Lagre utkastet' }).click();
  return `${new URL(page.url()).pathname}/slett`;
}]];
