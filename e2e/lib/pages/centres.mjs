// The pages of study centres.

const id = '[0-9a-f-]{36}';
const people = 'employer@Namdal studiesenter';

export const fixed = [['', '/studiesenter'], [people, '/studiesenter'], [people, '/studiesenter/ny', 403], ['learner', '/rombestillinger'], [people, '/rombestillinger']];

export const followed = [
  ['', '/studiesenter/{id}', '/studiesenter', `^/studiesenter/${id}$`],
  ['', '/studiesenter/{id}/rom/{room}', '/studiesenter/{id}', `/rom/${id}$`],
  ['', '/studieonsker/{wish}', '/studiesenter/{id}', `^/studieonsker/${id}$`],
  ['learner', '/studiesenter/{id}/rom/{room}/be-om', '/studiesenter/{id}', '/be-om$'],
  ['learner', '/studiesenter/{id}/onsker/ny', '/studiesenter/{id}', '/onsker/ny$'],
  ['learner', '/studiesenter/{id}/gruppe/bli-med', '/studiesenter/{id}', '/gruppe/bli-med$'],
  ['employer', '/studieonsker/{wish}/venteliste', '/studieonsker/{wish}', '/venteliste$'],
  ['county', '/studiesenter/{id}/statistikk', '/studiesenter/{id}', '/statistikk$'],
  [people, 'the own centre', '/studiesenter', `^/studiesenter/${id}$`],
  [people, '/studiesenter/{id}/rediger', 'the own centre', '/rediger$'],
  [people, '/studiesenter/{id}/parter/ny', 'the own centre', '/parter/ny$'],
  [people, '/studiesenter/{id}/tilbud/ny', 'the own centre', '/tilbud/ny$'],
  [people, '/studiesenter/{id}/nyheter/ny', 'the own centre', '/nyheter/ny$'],
  [people, '/studiesenter/{id}/rom/ny', 'the own centre', '/rom/ny$'],
  [people, '/studiesenter/{id}/rom/{room}/rediger', 'the own centre', '/rom/[^/]+/rediger$'],
  [people, '/studiesenter/{id}/gruppe', 'the own centre', '/gruppe$'],
  [people, 'an own wish', 'the own centre', `^/studieonsker/${id}$`],
  [people, '/studieonsker/{wish}/flytt/{to}', 'an own wish', '/flytt/'],
  [people, '/studieonsker/{wish}/rediger', 'an own wish', '/rediger$'],
  [people, '/rombestillinger/{booking}', 'the own centre', `^/rombestillinger/${id}$`],
  [people, '/rombestillinger/{booking}/flytt/{to}', '/rombestillinger/{booking}', '/flytt/declined$'],
];

// Reporting a need is offered where people wait; the first wish waits for an answer.

export const made = [[people, '/studieonsker/{wish}/meld', async (page) => {
  await page.goto('/studiesenter');
  await page.goto(await page.locator('main a[href^="/studiesenter/"]').first().getAttribute('href'));
  const wishes = await page.locator('main a[href^="/studieonsker/"]').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  for (const wish of wishes) {
    await page.goto(wish);
    const report = page.locator('main a[href$="/meld"]');
    if (await report.count()) return report.first().getAttribute('href');
  }
  throw new Error('no wish can be reported');
}]];
