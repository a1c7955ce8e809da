// Package centre is the study centres: a local place that hosts and arranges education
// others give (STS-1..6).
//
// A centre is run by the people of its organisation, which is of the kind study_centre. Its
// page is open to all: who runs it together, its rooms, its services, news, and what can be
// taken there. Rooms are asked for in package booking.
//
// The local group is for those who study at the centre: each joins by her own consent, sees
// who else is in it, and is gone from it the moment she leaves. The centre's people see it too,
// nobody else.
//
// A course that is missing is wished for. A wish that somebody proposes is first seen by the
// centre alone, which opens it to all or says why not. Then anybody who is signed in can stand
// on its waiting list, for herself or for so many at her workplace. When the least number is
// reached the centre has the ball, and reports a need of its own from the wish (STS-5). Only
// the centre's people see how many are on the list, and who.
//
// The figures of a centre are for its people, the county and the region's secretary: they
// count few people, and are not published.
//
// Words: studiesenter = centre, part = partner, rom = room, lokal gruppe = group, medlem =
// member, ønske = wish, venteliste = waiting list.
//
// Tables: centre, centre_partner, centre_programme, centre_news, centre_room, centre_member,
// centre_wish, centre_waiting.
package centre
