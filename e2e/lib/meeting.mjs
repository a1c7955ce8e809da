// Steps of meetings that journeys have in common. They know pages by address, field and
// what a button sends, never by words, so that they go in every language.

// send presses the last button of the page's form and waits for where it leads.
export async function send(page, to = /[?&]ok=/) {
  await page.locator('main form button[type=submit]').last().click();
  await page.waitForURL(to);
}

// fill writes into the fields of the page by id, and sends it. A field that is chosen
// from has the value as it is sent, or {label} for a name.
export async function fill(page, fields, to) {
  for (const [id, value] of Object.entries(fields)) await page.fill(`#${id}`, value);
  await send(page, to);
}

// plan plans a meeting today of the body with the name, and answers its address.
export async function plan(page, body) {
  await page.goto('/moter/ny');
  await page.selectOption('#body', { label: body });
  await fill(page, { day: today(), place: 'Kommunehuset' }, /\/moter\/[0-9a-f-]{36}/);
  return new URL(page.url()).pathname;
}

// add puts an item with the title on the agenda of the meeting.
export async function add(page, meeting, title) {
  await page.goto(`${meeting}/saksliste/ny`);
  await fill(page, { title });
}

// begin opens the meeting with the first who can lead it, and calls the roll: all are there.
export async function begin(page, meeting) {
  await page.goto(`${meeting}/start`);
  await page.selectOption('#chair', { index: 1 });
  await send(page, /oppmote/);
  for (const select of await page.locator('main form select').all()) await select.selectOption('member');
  await send(page);
}

// item answers the address of the item with the title.
export async function item(page, meeting, title) {
  await page.goto(meeting);
  return page.locator('main a', { hasText: title }).first().getAttribute('href');
}

// post sends a form as the page would, for what is done many times and has been seen done
// once.
export async function post(page, path, form) {
  const answer = await page.request.post(path, { form, maxRedirects: 0 });
  if (answer.status() !== 303) throw new Error(`${path} answers ${answer.status()}`);
}

// everybody takes the position "for" for each seat that the form offers; the last may take
// another, and gives the reason.
export async function everybody(page, at, last = 'for', reason = '') {
  await page.goto(`${at}/standpunkt`);
  const seats = await page.locator('#seat option').evaluateAll((list) => list.map((o) => o.value).filter(Boolean));
  for (const seat of seats.slice(0, -1)) await post(page, `${at}/standpunkt`, { seat, position: 'for' });
  await page.selectOption('#seat', seats.at(-1));
  await page.check(`input[name=position][value=${last}]`);
  if (reason) await page.fill('#reason', reason);
  await send(page, /ok=meeting.said.taken/);
}

// today is the day as a date field has it.
export function today(days = 0) {
  return new Date(Date.now() + days * 86_400_000).toLocaleDateString('sv', { timeZone: 'Europe/Oslo' });
}
