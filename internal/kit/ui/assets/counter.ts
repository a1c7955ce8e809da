// Counts the characters of a field with data-counter, or its words with
// data-counts="words". Too many are shown, never
// cut off: the server says no and keeps the text.

import { fill, word } from "./words";

export function counters(root: ParentNode): void {
  for (const control of root.querySelectorAll<HTMLInputElement | HTMLTextAreaElement>("[data-counter]")) {
    const limit = Number(control.dataset.counter);
    if (!limit || control.dataset.counted) continue;
    control.dataset.counted = "yes";

    const shown = document.createElement("span");
    shown.className = "kt-counter";
    shown.setAttribute("aria-hidden", "true");
    const heard = document.createElement("span");
    heard.className = "ds-sr-only";
    heard.setAttribute("role", "status");
    control.after(shown, heard);

    let pause = 0;
    const show = (): void => {
      const words = control.dataset.counts === "words";
      const left = limit - (words ? countWords(control.value) : [...control.value.trim()].length);
      const [over, under] = words ? ["wordsOver", "wordsLeft"] : ["charsOver", "charsLeft"];
      const text = fill(word(left < 0 ? over : under), { n: Math.abs(left) });
      // A number that changes with every key is noise until the end is near.
      shown.hidden = left > limit / 2 && left > 50;
      shown.textContent = text;
      shown.toggleAttribute("data-over", left < 0);
      clearTimeout(pause);
      pause = window.setTimeout(() => (heard.textContent = shown.hidden ? "" : text), 1000);
    };
    control.addEventListener("input", show);
    show();
  }
}

/** countWords counts as the server does: runs of signs that hold a letter or a digit. */
function countWords(text: string): number {
  return text.split(/\s+/u).filter((run) => /[\p{L}\p{N}]/u.test(run)).length;
}
