// Package position is work combined with education: an employer has a position whose
// holder takes an education at the same time, and a provider confirms that there is a way
// to the qualification it asks for, before anybody sees it (KAU-1, KAU-2).
//
// A position is written by the employer, or by an adviser with a mandate, and is theirs
// alone until it is sent to the provider. The provider's confirmation is what publishes
// it; when what was confirmed is changed, it goes back to the provider. From then on it is
// open to all, until the employer has hired and after. Interest in it (KAU-4) is no job
// application: it is seen by that employer and by whoever gave it, by nobody else, and is
// gone when it is taken back and a while after the position has ended.
//
// Words: jobb med utdanning = position, kvalifikasjon = required qualification, interesse =
// interest, vei fram = pathway.
//
// Tables: position, position_interest.
package position
