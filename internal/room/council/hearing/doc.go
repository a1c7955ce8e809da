// Package hearing is the council's joint responses to consultations.
//
// A consultation comes in with who asks, about what, by when, and whether it is open
// to all or an invitation. The secretary writes a draft and sends it round to the
// members: each round keeps the text as it was, says why it differs from the one
// before, and has a last day that can be moved once. In a round each member consents,
// does not, or has a conflict of interest. One conflict stops the joint response, with
// the reason; the members then answer for themselves, which they may always do.
//
// A joint response is sent only when every member has consented to the text of the
// last round; silence is not consent. In an elected body what is said in a round is
// said beforehand and counts for nothing in law, so the response also names the
// meeting's decision. What is sent is published in full.
//
// That a consultation has come, the members' own responses, what was sent and why
// nothing was, is open to all; drafts, rounds, input and consents are for those in the
// body. The secretary keeps it; who holds a member's vote consents for it, and its
// offices give input and record its own response.
//
// Words: høring = consultation, høringssvar = response, runde = round, samtykke =
// consent, interessekonflikt = conflict of interest, innspill = input, egen uttalelse =
// own response.
//
// Tables: consultation, consultation_round, consultation_consent, consultation_input,
// consultation_own.
package hearing
