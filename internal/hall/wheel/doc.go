// Package wheel is the annual wheel: a round a year that goes from what is known to what
// education providers will do.
//
// A round has four steps in order, each with an owner and dates: the knowledge base is
// put together; the regions rank their challenges, the forum of each or, where there is
// none, organisations by consultation input; the county's forum ranks its priorities;
// and the providers that are asked answer each of them. Milestones may be added between.
// A step is closed by the county forum's secretary, and does not close while something
// in it is unanswered: a region that has neither delivered nor been noted as silent, an
// input that is neither taken as a priority nor left with a reason, a priority that
// nobody is asked about, a provider that has not answered. A closed step can be taken up
// again with a reason.
//
// Every input cites evidence: a need, or a figure of somebody else's (package figure),
// which is shown with its source and year and never added to our own count. A need is
// named to those who may know of it. An input ends as "tatt med som nr. n" or "ikke tatt
// med fordi …".
//
// What a region writes is its own until it delivers; consultation input, and all else,
// is open to all. Regions and providers that are awaited have a task with a deadline.
//
// Words: årshjul = wheel, runde = round, steg = step, innspill = input, prioritering =
// priority, svar = answer.
//
// Tables: wheel_round, wheel_step, wheel_region, wheel_input, wheel_priority,
// wheel_answer.
package wheel
