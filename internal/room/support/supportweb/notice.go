package supportweb

import (
	"slices"
	"strings"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
)

// parts are the names of what a card says, in a sentence.
var parts = map[string]i18n.Key{"title": "support.notice.part.title", "for_whom": "support.notice.part.for_whom", "what": "support.notice.part.what",
	"effort": "support.notice.part.effort", "owner": "support.notice.part.owner", "amount": "support.notice.part.amount"}

// Notice puts what happened with a card in a plain sentence, and what the reader
// can do in another.
func Notice(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string) {
	f := n.Event.Facts
	switch happening.What(n.Event.What) {
	case support.Changed:
		var names []string
		for p := range strings.SplitSeq(f[support.Parts], ",") {
			if key, ok := parts[p]; ok {
				names = append(names, t.T(key))
			}
		}
		names = slices.Compact(names)
		return t.T("support.notice.changed", "parts", t.Join(names)), t.T("support.notice.next.read")
	case support.Archived:
		return t.T("support.notice.archived"), t.T("support.notice.next.others")
	case support.Restored:
		return t.T("support.notice.restored"), t.T("support.notice.next.read")
	case support.Stale:
		return t.T("support.notice.stale", "day", t.Day(f.Day(support.Checked), today)), t.T("support.notice.next.ask")
	}
	return "", ""
}
