// The page carries the words of the script in the reader's language, as data
// attributes of the body.

export function word(key: string): string {
  return document.body.dataset[key] ?? "";
}

/** fill puts values into the {places} of a text. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (place, key: string) => String(values[key] ?? place));
}

/** clockTime is the time of day as the reader writes it. */
export function clockTime(moment: Date): string {
  const lang = document.documentElement.lang;
  return moment.toLocaleTimeString(lang === "en" ? "en-GB" : "nb-NO", { hour: "2-digit", minute: "2-digit" });
}
