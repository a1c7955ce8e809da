// Package supply knows what can be learned, where, when and how one gets in.
//
// A programme is what a provider can teach; an offering is one way it is
// offered: when one starts, how it is taught, where one meets, how one applies.
// What a reader most wants to know is computed, never typed: whether one can
// apply today and when that changes (Status), the earliest day one can start
// (EarliestStart), the places left, how many more are needed to start, and
// whether it can be taken at the workplace (Judge, LOP-3).
//
// Words: tilbud = offering, utdanning = programme, tilbyder = provider, samling
// = gathering, løpende opptak = rolling (LOPENDE), felles oppstart = fixed
// (FELLES), enkeltplass = single place (ENKELTPLASS), opptaksperiode = enrolment
// period, fleksibel oppstart = flexible entry, opptakskanal = channel, målområde
// = target area, merket «Kan tas på arbeidsplassen» = badge.
//
// Rules:
//   - Concept is seen by its provider only. Everything else is public, also
//     what is cancelled (with its reason) or resting.
//   - A provider_user writes for the provider he works for. A case_officer and
//     a sysadmin may import for any provider. The system may do all of it.
//   - An offering that nobody has confirmed for a while (Settings.StaleAfter)
//     is flagged; it is not hidden, since a wrong guess would hide good ones.
//   - All days are civil days in Oslo and last days are included.
//
// Files of programmes are taken in by package batch.
//
// Reading: a copy of all programmes and offerings is kept in memory and brought
// up to date by a change counter (Snapshot). The catalogue filters and sorts
// that copy, as nearly all it sorts and filters by depends on today's date or
// on the reader's municipality, which no index could hold.
//
// Tables: programme, programme_outcome, programme_concept, offering,
// offering_area, gathering, enrolment_period, closed_period, supply_change,
// supply_import.
package supply
