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
// deltakerkommune = member, sjekkliste = checklist, oppfylt = met, uklart = unclear,
// ikke funnet = missing.
//
// Tables: agreement, agreement_paragraph, agreement_answer, agreement_check.
package council
