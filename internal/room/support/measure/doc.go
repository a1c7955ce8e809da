// Package measure is what a card says when it is a measure that others can take up (VKT-1, VKT-2):
// its steps, what it costs and demands, who keeps it right, and what people say of it.
//
// A measure is a card of package support, and stands on the card's page. Anybody who works for
// an organisation suggests one. It is a draft, which only the organisations that work on it and
// the editors see, until an editor publishes it; editors are the county and the forum
// secretaries. The owner is an organisation, which may change what the measure says; another
// organisation takes over by its own yes (VKT-8). A measure is reviewed a year after somebody last
// checked it: a month before, the owner has the ball, or the county where nobody owns it.
//
// A cost is known or not: what nobody has measured is not shown as a figure. A measure without
// sectors or municipalities suits all of them.
//
// What somebody says of a measure, feedback or advice (VKT-5), is read by its owner and the editors, who
// answer; the words and the answer may be shown on the page, without the sender.
//
// A package gathers measures for a goal (VKT-6). A start page is where a programme begins (VKT-7): the packages
// and measures for those whom it is for.
//
// Words: tiltak = measure, steg = step, tiltakspakke = package, startside = start page, forslag =
// suggestion, tilbakemelding = feedback, råd = advice.
//
// Tables: measure, measure_step, measure_said, measure_package, measure_package_card,
// measure_start.
package measure
