// The pages of the two guides.

const id = '[0-9a-f-]{36}';

export const fixed = [['', '/veiledere'], ['provider', '/veiledere'], ['', '/veiledere/forum'], ['', '/veiledere/forum/versjoner'], ['learner', '/veiledere/forum/utkast', 403], ['', '/veiledere/program/dokument']];

export const followed = [
  ['', '/veiledere/{slag}', '/veiledere', '^/veiledere/program$'],
  ['', '/veiledere/{slag}/dokument', '/veiledere/{slag}', '/dokument$'],
  ['', '/veiledere/{slag}/versjoner', '/veiledere/{slag}', '/versjoner$'],
  ['', '/veiledere/{slag}/versjoner/{nr}', '/veiledere/{slag}/versjoner', '/versjoner/1$'],
  ['county', '/veiledere/{slag}/utkast', '/veiledere/{slag}', '/utkast$'],
  ['county', '/veiledere/{slag}/del/ny', '/veiledere/{slag}/utkast', '/del/ny$'],
  ['county', '/veiledere/{slag}/del/{section}/rediger', '/veiledere/{slag}/utkast', `/del/${id}/rediger$`],
  ['county', '/veiledere/{slag}/del/{section}/fjern', '/veiledere/{slag}/utkast', `/del/${id}/fjern$`],
  ['county', '/veiledere/{slag}/ta-inn/{learned}', '/veiledere/{slag}/utkast', `/ta-inn/${id}$`],
  ['provider', '/utvikling/{id}/erfaring', 'an own development', '/erfaring$'],
];

// A version is offered when something is changed since the last, so a section is changed first.
export const made = [['county', '/veiledere/{slag}/publiser', async (page) => {
  await page.goto('/veiledere/forum/utkast');
  await page.goto(await page.locator('main a[href$="/rediger"]').first().getAttribute('href'));
  await page.fill('[name="title.nb"]', 'Hvem som sitter rundt bordet, og hvorfor');
  await page.click('main form button[type=submit]');
  return page.locator('main a[href$="/publiser"]').first().getAttribute('href');
}]];
