// Asks before a button with data-confirm sends its form.

import { word } from "./words";

export function confirms(): void {
  document.addEventListener("click", (event) => {
    const button = (event.target as Element).closest<HTMLButtonElement>("button[data-confirm]");
    if (!button?.form || button.dataset.confirmed) return;
    event.preventDefault();
    event.stopPropagation();
    ask(button);
  }, true);
}

function ask(button: HTMLButtonElement): void {
  const dialog = document.createElement("dialog");
  dialog.className = "kt-dialog";
  const question = document.createElement("p");
  question.id = "confirm-question";
  question.textContent = button.dataset.confirm ?? "";
  dialog.setAttribute("aria-labelledby", question.id);

  const row = document.createElement("div");
  row.className = "kt-actions";
  const yes = choice(button.dataset.yes || word("yes"), "");
  const no = choice(button.dataset.no || word("no"), "secondary");
  if (button.dataset.color) yes.dataset.color = button.dataset.color;
  row.append(yes, no);
  dialog.append(question, row);
  document.body.append(dialog);

  yes.addEventListener("click", () => {
    dialog.close();
    button.dataset.confirmed = "yes";
    button.click();
    delete button.dataset.confirmed;
  });
  no.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  dialog.showModal();
  no.focus();
}

function choice(label: string, variant: string): HTMLButtonElement {
  const b = document.createElement("button");
  b.type = "button";
  b.className = "ds-button";
  b.textContent = label;
  if (variant) b.dataset.variant = variant;
  return b;
}
