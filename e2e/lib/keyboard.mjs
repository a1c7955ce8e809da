// Moves by keyboard alone, as one without a mouse does. A target is a selector or a locator.

// most is how many times somebody presses Tab from the top of a page before giving up.
const most = 150;

// keys answers the moves on the page. Each goes on from where the focus is, and says so when
// the keyboard does not get there, or when what has the focus does not show it.
export function keys(page) {
  const press = (key) => page.keyboard.press(key);
  const has = (e) => e === document.activeElement;

  async function to(target) {
    const aim = typeof target === 'string' ? page.locator(target).last() : target;
    const goal = await aim.elementHandle();
    for (let i = 0; i < most; i++) {
      if (await goal.evaluate(has)) {
        // A choice shows its focus around itself and its label.
        const shown = await goal.evaluate((e) => [e, e.parentElement].some((x) => getComputedStyle(x).outlineStyle !== 'none'));
        if (!shown) throw new Error(`the focus does not show on ${target}`);
        return aim;
      }
      await press('Tab');
    }
    throw new Error(`the keyboard does not reach ${target} on ${page.url()}`);
  }

  // leads presses a key on the target and waits for the page that it leads to.
  async function leads(target, key) {
    await to(target);
    await Promise.all([page.waitForEvent('load'), press(key)]);
  }

  return {
    to,
    // skip goes to the content by the link that comes first on every page.
    skip: async () => {
      await press('Tab');
      await press('Enter');
    },
    enter: (target) => leads(target, 'Enter'),
    space: (target) => leads(target, 'Space'),
    type: async (target, words) => {
      await to(target);
      await press('ControlOrMeta+a');
      await page.keyboard.type(words);
    },
    // date types a day, 2030-12-31, in the order that the browser asks for it in.
    date: async (target, day) => {
      const field = await to(target);
      const [y, m, d] = day.split('-');
      for (const digits of [d + m + y, m + d + y]) {
        await page.keyboard.type(digits);
        if ((await field.inputValue()) === day) return;
        for (let i = 0; i < 3; i++) await press('ArrowLeft');
      }
      throw new Error(`typing does not give the day ${day}`);
    },
    // choose types the beginning of an option's name in a list.
    choose: async (target, words) => {
      const list = await to(target);
      await page.keyboard.type(words);
      const chosen = await list.evaluate((e) => e.selectedOptions[0].label);
      if (chosen !== words) throw new Error(`typing "${words}" chooses "${chosen}"`);
    },
    // down goes to the next option of a list.
    down: async (target) => {
      await to(target);
      await press('ArrowDown');
    },
    // radio goes to the group, and by the arrows to the choice with the value.
    radio: async (group, value) => {
      const all = page.locator(group);
      await to(all.first());
      await press('Space');
      for (let i = await all.count(); i > 0 && !(await page.locator(`${group}[value="${value}"]`).isChecked()); i--) await press('ArrowDown');
    },
  };
}
