// Package round is mapping rounds: an organisation asks many others with one form,
// before a day, and sees what they answered.
//
// Words: kartleggingsrunde = round, den som spør = hub, invitert = invite, bølge =
// wave, påminnelse = reminder, svarlenke = link, åpen lenke = open link.
//
// Rules: a round is a draft, open or closed. Opening fixes the version of the form.
// Waves are sent, and reminders to those who have not answered, on their days; a
// round closes by itself when its deadline, the day included, has passed. It can be
// closed before, and its deadline be moved later.
//
// An invited organisation answers by a link without an account. The link is a
// secret of which only a hash is kept, so it is shown once: in the letter, or to
// whoever asked for it, who hands it over. It can be renewed and revoked, takes one
// answer, and shows what came of the answer afterwards. One that was revoked stays
// so until somebody makes a new one. The open link lets others answer, up to a
// number; they say which organisation they are, which nobody has proved: they are
// shown no earlier answer, and the hub confirms theirs before it makes a need of it.
// The hub may write an answer for an organisation it has talked to. How an answer
// came is kept with it. An unsent answer is read by the side that writes it alone.
//
// Advisers, municipal leads, secretaries and county officers run the rounds of an
// organisation of theirs and see them whole; the county sees what concerns its area.
// Others do not know of them. Figures on fewer than Smallest answers are not shown.
//
// An answer counts as contact in the funnel (hall/reach); an invitation does not.
//
// Tables: outreach_round, round_step, round_invite, round_link, round_need. The
// answers are kept by common/question/forms under the subject "round".
package round
