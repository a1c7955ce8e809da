// Package workspace is what those who make a programme together share: notes, tasks and files
// (LOP-8), and who pays for it (LOP-12).
//
// Its provider shares the workspace with those who have the needs behind the programme, who
// act for them with a mandate or look after a pooled need, and with the secretariat and the
// county of their area. Nobody else finds any of it, and a follower of the programme hears
// nothing of it. Each of them writes notes and tasks and hangs up files. A task has one
// organisation of the circle that does it and a day; it stands under that organisation's
// tasks until it is done, or dropped with a reason by the provider.
//
// Who pays is written by the provider, by source and year. What one of the circle pays is
// planned until that organisation has said yes to its own line; what somebody else pays, the
// provider says. A line that is changed after a yes is planned again.
//
// An organisation whose need is shielded from the reader is not named.
//
// Words: arbeidsrom = workspace (Room), notat = note, oppgave = task, finansiering =
// financing (Line), bekreftet = confirmed.
//
// Tables: development_note, development_task, development_money.
package workspace
