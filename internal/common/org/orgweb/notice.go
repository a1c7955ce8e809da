package orgweb

import (
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// Notice puts what happened with an organisation in a plain sentence, and what it
// means for the reader in another.
func Notice(t i18n.Printer, n follow.Notice, _ clock.Date) (what, next string) {
	if happening.What(n.Event.What) != org.Closed {
		return "", ""
	}
	name, _ := n.Card.Title.In(t.Language())
	return t.T("org.notice.closed", "name", name, "state", t.T(org.StateLabel(brreg.State(n.Event.Facts[org.ClosedAs])))), t.T("org.notice.closed.next")
}
