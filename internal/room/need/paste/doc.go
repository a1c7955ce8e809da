// Package paste keeps an e-mail or minutes that somebody has pasted, while they go
// through the needs that package notes finds in it, one by one.
//
// Nothing becomes a need by itself: each proposal is taken, and is then a draft of the
// room need, or left; what is left can be taken up again. A proposal is taken once:
// the second time answers the draft of the first.
//
// A pasted text is its writer's own. For all others it does not exist; it is never
// logged, the audit log has only that it happened, and what is cut out of it by notes.Plain
// is not stored at all. Its owner deletes it at once; else it is gone after Life, and
// with the account.
//
// Words: lim inn = paste, forslag = proposal, la ligge = leave.
//
// Tables: need_paste.
package paste
