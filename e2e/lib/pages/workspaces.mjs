// The pages of what those who make education together share, and of who pays.

const id = '[0-9a-f-]{36}';

export const followed = [
  ['provider', '/utvikling/{id}/arbeidsrom', 'an own development', '/arbeidsrom$'],
  ['provider', '/utvikling/{id}/notat', '/utvikling/{id}/arbeidsrom', '/notat$'],
  ['provider', '/utvikling/{id}/oppgaver/ny', '/utvikling/{id}/arbeidsrom', '/oppgaver/ny$'],
  ['provider', '/utvikling/{id}/oppgaver/{task}/flytt/{to}', '/utvikling/{id}/arbeidsrom', '/flytt/done$'],
  ['provider', '/utvikling/{id}/finansiering', 'an own development', '/finansiering$'],
  ['provider', '/utvikling/{id}/finansiering/ny', '/utvikling/{id}/finansiering', '/finansiering/ny$'],
  ['provider', '/utvikling/{id}/finansiering/{line}', '/utvikling/{id}/finansiering', '/finansiering/[0-9a-f-]{36}$'],
  ['adviser', 'what another makes', '/utvikling', `^/utvikling/${id}$`],
  ['adviser', 'who pays for it', 'what another makes', '/finansiering$'],
  ['adviser', '/utvikling/{id}/finansiering/{line}/bekreft', 'who pays for it', '/bekreft$'],
  ['provider', '/utvikling/{id}/finansiering/{line}/slett', '/utvikling/{id}/finansiering', '/slett$'],
];
