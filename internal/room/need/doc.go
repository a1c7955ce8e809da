// Package need is the room of competence needs: what an organisation lacks, in
// its own words, from a draft to covered.
//
// An organisation registers its need, or an intermediary does on its behalf
// with a mandate, or for a group of firms as one aggregated need (BEH-1, BEH-2).
// Only the text, the organisation, the municipality and the number of people
// are mandatory. A submitted need has a number without gaps (B-2026-0042) and
// a link by which the organisation follows it without an account (BEH-13).
//
// A need moves as Flow says; each state tells who has the ball and until when.
// A move is made from the state its maker saw, else it is stale. Measures and
// support may end a need as well as education does, and a provider may take it
// without a forum; the need is marked so. What it says is changed by its owner
// or representative only, while the mandate holds; that it is covered they say
// too, and others only when a Prover shows it.
//
// Who sees a need is one rule, SightOf, and the same in SQL, Visible. A draft
// is seen by its owner and representative; an open need by all; the others by
// those their confidentiality names, by the county's case officers, and by the
// provider that follows up. A system administrator sees what everybody sees.
// The forum and the county count only where the need lies in their area: they
// read, move and hold the balls of those needs. The ball of what the forum may
// not read is the county's.
//
// This package is larger than the others: states, sight, membership and the
// link are one transaction each time a need moves, and belong together.
//
// Packages of the room: list (lists, counts, export), pool (pooled needs), ask
// (requests for adaptation), intake (spreadsheets), demand (open figures).
//
// Words: behov = need, virksomhet = organisation, mellomledd = intermediary,
// på vegne av = on behalf of, skjerming = confidentiality, hjemmel = legal
// ground, felles behov = pooled need, følgelenke = follow link.
//
// Tables: need, need_text, need_choice, need_concept, need_link,
// need_legal_ground, need_discussion, need_discussion_provider,
// need_pool_member. pool, ask, intake and demand name theirs.
package need
