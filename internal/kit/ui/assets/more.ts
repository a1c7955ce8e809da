// A list with data-more="5" shows five items and a button for the rest.

import { fill, word } from "./words";

export function lists(root: ParentNode): void {
  for (const list of root.querySelectorAll<HTMLElement>("[data-more]")) {
    const items = [...list.children] as HTMLElement[];
    const first = Number(list.dataset.more);
    delete list.dataset.more;
    // One hidden item would cost as much room as the button.
    if (!first || items.length <= first + 1) continue;
    for (const item of items.slice(first)) item.hidden = true;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "ds-button";
    button.dataset.variant = "tertiary";
    button.textContent = fill(word("showAll"), { n: items.length });
    button.addEventListener("click", () => {
      for (const item of items) item.hidden = false;
      button.remove();
      const next = items[first];
      (next.querySelector<HTMLElement>("a, button, input") ?? next).focus();
    });
    list.after(button);
  }
}
