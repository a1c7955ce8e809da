// An adviser registers what a company said, in ten actions or fewer and by
// keyboard alone; the company follows it by its link, without an account.
export const title = 'register a need by keyboard, and follow it by its link';

const text = 'Han som styre saga går av te sommarn, og ingen anna kan stille a inn';

export async function run(t) {
  const page = await t.page({ role: 'adviser' });
  await page.goto('/behov/ny');
  await t.axe(page, 'register form');
  let actions = 0;
  const tabTo = async (selector) => {
    for (let i = 0; i < 60; i++) {
      if (await page.locator(selector).evaluate((e) => e === document.activeElement)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`the keyboard does not reach ${selector}`);
  };
  const type = async (selector, value) => {
    await tabTo(selector);
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type(value);
    actions++;
  };
  await type('#text', text);
  await type('#organisation', 'Eksempel Sag og Høvleri AS');
  await type('#headcount', '2');
  await tabTo('button:has-text("Send inn")');
  await page.keyboard.press('Enter');
  actions++;
  await page.waitForURL(/\/behov\/[0-9a-f-]{36}/);
  t.ok(actions <= 10, `it took ${actions} actions`);
  t.ok((await page.locator('main').innerText()).includes('Kartlagt'), 'the need is not registered as mapped');
  await t.axe(page, 'registered need');

  const link = await page.locator('input[readonly][value*="/folg/"]').first().inputValue();
  const follower = await t.page();
  await follower.goto(new URL(link).pathname);
  const seen = await follower.locator('main').innerText();
  t.ok(seen.includes('saga'), 'the company does not see its own words');
  t.ok(/Hos|ballen/i.test(seen), 'the company does not see who has the ball');
  await t.axe(follower, 'follow link');
  await follower.goto('/folg/finnes-ikke');
  t.ok((await follower.locator('h1').innerText()).includes('fant ikke'), 'an unknown link shows something');
}
