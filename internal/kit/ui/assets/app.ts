// Everything works without this file; it only makes things smoother.
// On every part of the page, also what htmx puts in later, each enhance(root)
// is run once.

import "htmx.org";
import "@digdir/designsystemet-web/ds-error-summary";

import { counters } from "./counter";
import { confirms } from "./confirm";
import { copies } from "./copy";
import { drafts, forgetDrafts } from "./draft";
import { live } from "./live";
import { lists } from "./more";
import { maps } from "./map";
import { menu } from "./menu";
import { network } from "./network";
import { questions } from "./questions";

function enhance(root: ParentNode): void {
  counters(root);
  copies(root);
  drafts(root);
  lists(root);
  questions(root);
}

live();
enhance(document);
confirms();
forgetDrafts();
maps();
menu();
network();

document.addEventListener("htmx:load", (event) => {
  if (event.target instanceof HTMLElement && event.target !== document.body) enhance(event.target);
});
