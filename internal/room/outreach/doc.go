// Package outreach is the work of going out to organisations: visits, calls and
// meetings, each with how long it took and what came of it. A visit is a mapping
// round of one.
//
// Words: besøk = visit, kontakt = contact (visit, call, meeting or event), resultat
// = result (need, not now, contact again on a day), den som tar kontakt = hub.
//
// Rules: a visit has a day that has come, between one minute and a day's length,
// and, when one is to be contacted again, the day for that, later than the visit.
// It holds no names and no free text: what the organisation needs is written in a
// need of its own, which hall/reach makes in the same transaction.
//
// Advisers and municipal leads record visits for an organisation of theirs, and
// see its visits; the county sees those in its area. Others do not know of them.
//
// Table: outreach_visit.
package outreach
