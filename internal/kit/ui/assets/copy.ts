// Shows the button of ui.copy, which copies the address beside it.

import { word } from "./words";

export function copies(root: ParentNode): void {
  if (!navigator.clipboard) return;
  for (const button of root.querySelectorAll<HTMLButtonElement>("[data-copy][hidden]")) {
    button.hidden = false;
    button.addEventListener("click", async () => {
      const field = document.getElementById(button.dataset.copy ?? "") as HTMLInputElement | null;
      const status = button.closest(".kt-copy")?.querySelector("[data-copy-status]");
      if (!field || !status) return;
      field.select();
      try {
        await navigator.clipboard.writeText(field.value);
        status.textContent = word("copied");
        setTimeout(() => (status.textContent = ""), 4000);
      } catch {
        // The browser said no; the text is marked, so the reader can copy it.
        status.textContent = "";
      }
    });
  }
}
