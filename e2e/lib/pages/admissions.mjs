// The pages of applications for places.

const id = '[0-9a-f-]{36}';

export const fixed = [['learner', '/soknader'], ['provider', '/soknader'], ['employer', '/soknader']];

export const followed = [
  ['learner', '/soknader/{id}', '/soknader', `^/soknader/${id}$`],
  ['learner', '/soknader/{id}/flytt/{to}', '/soknader/{id}', '/flytt/admitted$'],
  ['learner', 'withdrawing an application', '/soknader/{id}', '/flytt/withdrawn$'],
  ['provider', 'an application to answer', '/soknader', `^/soknader/${id}$`],
  ['provider', '/soknader/{id}/ta-ut', 'an application to answer', '/ta-ut$'],
  ['provider', 'refusing an application', 'an application to answer', '/flytt/refused$'],
  ['provider', 'offering a place', 'an application to answer', '/flytt/offered$'],
  ['employer', 'an application for an employee', '/soknader', `^/soknader/${id}$`],
  ['provider', 'a programme with applications', 'an application to answer', `^/tilbud/${id}$`],
  ['provider', '/tilbud/{id}/{offering}/soknader', 'a programme with applications', '/soknader$'],
  ['provider', 'writing down somebody who called', '/tilbud/{id}/{offering}/soknader', '/sok$'],
  ['learner', 'a programme that takes applications', '/tilbud?free=1&admission_channel=here&start_type=LOPENDE', `^/tilbud/${id}(#|$)`],
  ['learner', '/tilbud/{id}/{offering}/sok', 'a programme that takes applications', '/sok$'],
];

// Whoever somebody else applied for has a link, which stands on the page of the application.
export const made = [
  ['', '/soknad/{token}', (page, t) => link(t, '')],
  ['', '/soknad/{token}/flytt/{to}', (page, t) => link(t, '/flytt/withdrawn')],
  ['', '/soknad/{token}/slett', (page, t) => link(t, '/slett')],
];

// link is the address that the provider gives to the one it wrote down.
async function link(t, more) {
  const provider = await t.page({ role: 'provider' });
  await provider.goto(t.found.get('an application to answer'));
  const address = await provider.locator('main input[readonly]').first().inputValue();
  await provider.context().close();
  return `${new URL(address).pathname}${more}`;
}
