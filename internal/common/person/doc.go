// Package person is what the house holds about persons, and what they can do
// about it.
//
// A Register says of every kind of personal data why it is held, on what ground,
// for how long, where it comes from, and in which columns of which tables it
// lies. All else follows from it: the privacy page, the person's own page with
// everything that is held, the file of it, and the nightly work that deletes what
// has passed its time. The register is written in site/personal, where all of the
// house is known; a test walks the database there and fails when a column that
// may hold something about a person is not in it.
//
// What is the person's own goes with the account, at once. What is part of a
// public record stays, as role and organisation, and the person can ask to have
// it deleted: a Request goes to a body with case officers, who have a month
// (longer with a reason), grant it or refuse it with a ground in law. A request
// that is granted takes the person out of the thing's rows and the personal
// values out of its log; the log's chain holds.
//
// Looks is the access log: who looked at what is personal or not open to all. It is
// for the data protection officer; a person sees what was looked at about them, by
// role and organisation.
//
// Words: innsynslogg = Looks, personvernombud = data protection officer,
// personopplysning = personal data, behandlingsgrunnlag = Basis,
// oppbevaringstid = retention, krav om sletting = Request, innsyn = access.
//
// Tables: person_request, person_look.
package person
