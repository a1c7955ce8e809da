// A mapping round from beginning to end: made and started by an adviser, answered by
// a link without an account, made into a need that the one who answered sees.
export const title = 'start a round, answer by a link without an account, and see what came of it';

export async function run(t) {
  const adviser = await t.page({ role: 'adviser' });
  await adviser.goto('/runder/ny');
  await t.axe(adviser, 'a new round');
  await adviser.fill('#title', 'Hva trenger Frøya?');
  await adviser.click('main form button[type=submit]');
  await adviser.waitForURL(/runder\/[0-9a-f-]{36}/);
  const round = new URL(adviser.url()).pathname;
  await adviser.fill('#municipality', 'Frøya');
  await adviser.click('main button:has-text("Inviter")');
  await adviser.waitForURL(/said\.invited/);
  await adviser.click('main button:has-text("Start runden")');
  await adviser.locator('dialog button:has-text("Start runden")').click();
  await adviser.waitForURL(/said\.started/);
  await t.axe(adviser, 'a round');
  await adviser.click('main button:has-text("Lag lenker")');
  await adviser.waitForURL(/lenker/);
  await t.axe(adviser, 'links to hand over');
  const link = new URL(await adviser.locator('main input[readonly]').first().inputValue()).pathname;

  const firm = await t.page({ width: 320 });
  await firm.goto(link);
  await t.axe(firm, 'the beginning of an answer');
  const go = async (fill) => {
    await fill?.();
    const loaded = firm.waitForEvent('load');
    await firm.click('main button:has-text("Lagre og gå videre")');
    await loaded;
  };
  await firm.click('main button:has-text("Begynn")');
  await firm.waitForURL(/virksomheten/);
  t.ok((await firm.inputValue('[name="answers.navn"]')) === 'Eksempel Settefisk AS', 'the name is not filled in');
  // Enter saves and goes on, whatever buttons come first; nothing typed is thrown away.
  const entered = firm.waitForEvent('load');
  await firm.fill('[name="answers.navn"]', 'Eksempel Settefisk og Slakteri AS');
  await firm.press('[name="answers.navn"]', 'Enter');
  await entered;
  t.ok((await firm.inputValue('[name="answers.navn"]')) === 'Eksempel Settefisk og Slakteri AS', 'Enter throws away what was typed');
  t.ok((await firm.locator('.ds-error-summary').count()) === 1, 'the number of employees is not asked for');
  await t.axe(firm, 'a refused section');
  await go(() => firm.fill('[name="answers.ansatte"]', '14'));
  await go(async () => {
    await firm.check('[name="answers.endring"][value=like]');
    await firm.check('[name="answers.rekruttering"][value=nei]');
  });
  await go(async () => {
    await firm.check('[name="answers.grad"][value=stor]');
    await firm.fill('[name="answers.mangler.0.mangler_hva"]', 'Røkter');
    await firm.fill('[name="answers.mangler.0.mangler_antall"]', '2');
  });
  await go();
  await go(async () => {
    await firm.check('[name="answers.rekrutteringsplan"][value=nei]');
    await firm.check('[name="answers.kompetanseplan"][value=nei]');
  });
  await go(async () => {
    await firm.check('[name="answers.bli_behov"][value=ja]');
    await firm.check('[name="answers.synlighet"][value=open]');
    await firm.check('[name="answers.kontakt_ok"][value=nei]');
  });
  await firm.waitForURL(/se-over/);
  await t.axe(firm, 'an answer to hand in');
  await firm.click('main button:has-text("Lever svaret")');
  await firm.waitForURL((url) => url.pathname === link);
  t.ok((await firm.innerText('main')).includes('Ingen behov er laget av svaret ennå'), 'the receipt does not say what has happened');

  await adviser.goto(`${round}/resultat`);
  await t.axe(adviser, 'the result');
  await adviser.locator('main table a[href*="/svar/"]').first().click();
  await adviser.waitForURL(/svar\//);
  await t.axe(adviser, 'an answer');
  await adviser.click('main button:has-text("Gjør til behov")');
  await adviser.waitForURL(/behov\/[0-9a-f-]{36}/);
  await firm.reload();
  t.ok(/B-\d{4}-\d{4}/.test(await firm.innerText('main')), 'the one who answered does not see the need');
  await t.axe(firm, 'what came of an answer');
}
