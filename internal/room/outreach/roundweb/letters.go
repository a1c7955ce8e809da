package roundweb

import (
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/outreach/round"
)

// Writer writes the letters of rounds.
type Writer struct {
	Texts     *i18n.Bundle
	PublicURL string
}

// Write is the subject and the body of a letter, as plain text.
func (w Writer) Write(l i18n.Lang, x round.Letter) (subject, body string) {
	t := w.Texts.Printer(l)
	said := []any{"round", x.Title, "hub", x.Hub, "name", x.Org, "day", x.Deadline}
	lead := t.T("round.letter.invite", said...)
	subject = t.T("round.letter.subject", said...)
	if x.Reminder {
		lead, subject = t.T("round.letter.reminder", said...), t.T("round.letter.subject.reminder", said...)
	}
	return subject, lead + "\n\n" + w.PublicURL + "/svar/" + x.Link + "\n\n" + t.T("round.letter.how", said...) + "\n\n" + t.T("round.letter.secret", said...)
}
