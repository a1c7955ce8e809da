// Package council is what is special to an interkommunalt politisk råd: the agreement
// that its members have made.
//
// The agreement is kept by paragraphs, in short words of our own, in versions. A new
// version begins as a draft with the paragraphs of the one before; each that is
// changed says why, and one that has no successor does too. When the council has
// decided on it, it is sent to the members, and it holds from the day that the last
// of them has adopted it: one no, or one that has not answered, and the old one holds
// on. Statutes that need no member's own decision hold from a day. A version names the
// rule set of the body that goes with it.
//
// Where the council has decided a version in an item of its own meeting, the two are
// tied, and members that were asked for their own decision in the item answer there and
// nowhere else: each answer is taken in the transaction that writes it in the item, by
// whatever way it came, and as it is written there, so that the two cannot differ. A
// number that does not look like one of a case, or a day before the council's own, is
// therefore no reason to refuse it; the version never holds from before the council
// decided. What one that is no member says is kept, and counts when it is one. Only a
// version that is with the members takes answers: one that holds, or was given up, stays
// as it was, and the item keeps what comes later to itself. Those that were not asked in
// the item answer here, and so do all when its meeting is cancelled; one that was asked
// after it had answered here stands by that until it answers there.
//
// A version is held against what kommuneloven § 18-4 says that such an agreement must
// have: eight points, each met, unclear or missing, with its paragraphs; what others
// have concluded stands beside ours and is not mixed with it.
//
// What members pay, owe and decide is in packages beside this one: member (fee,
// deposits, withdrawal), duty (what must be told or done again) and hearing (joint
// consultation responses). Bodies, seats and rules belong to the room of meetings; the
// room asks for what it must know of them through Bodies.
//
// The body's secretary writes; whoever holds a seat for a member may record that
// member's own answer. Drafts are for those in the body, the rest is open to all.
//
// Words: samarbeidsavtale = agreement, paragraf = paragraph, vedtekter = statutes,
// deltakerkommune = member, sak i møtet = item, sjekkliste = checklist, oppfylt = met, uklart = unclear,
// ikke funnet = missing.
//
// Tables: agreement, agreement_paragraph, agreement_answer, agreement_check.
package council
