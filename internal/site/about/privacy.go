package about

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need/paste"
)

// privacy says of each thing stored about a person why, and for how long. The
// times are those of the code: account (idleDays, failureWindow), accountweb
// (sessions), gate and site (cookies), web (limiter), follow, job and paste.
func (p *pages) privacy(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	row := func(what, why, kept string) ui.Row {
		return ui.Row{Cells: []ui.Cell{{Text: what}, {Text: why}, {Text: kept}}}
	}
	stored := ui.Table{Caption: t.T("about.privacy.stored"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("about.privacy.what")}, {Label: t.T("about.privacy.why")}, {Label: t.T("about.privacy.kept")}},
		Rows: []ui.Row{
			row(t.T("about.privacy.account"), t.T("about.privacy.account.why"), t.T("about.privacy.account.kept")),
			row(t.T("about.privacy.roles"), t.T("about.privacy.roles.why"), t.T("about.privacy.roles.kept")),
			row(t.T("about.privacy.session"), t.T("about.privacy.session.why"), t.T("about.privacy.session.kept")),
			row(t.T("about.privacy.keys"), t.T("about.privacy.keys.why"), t.T("about.privacy.keys.kept")),
			row(t.T("about.privacy.failures"), t.T("about.privacy.failures.why"), t.T("about.privacy.failures.kept")),
			row(t.T("about.privacy.log"), t.T("about.privacy.log.why"), t.T("about.privacy.log.kept")),
			row(t.T("about.privacy.address"), t.T("about.privacy.address.why"), t.T("about.privacy.address.kept")),
			row(t.T("about.privacy.language"), t.T("about.privacy.language.why"), t.T("about.privacy.language.kept")),
			row(t.T("about.privacy.follow"), t.T("about.privacy.follow.why"), t.T("about.privacy.follow.kept")),
			row(t.T("about.privacy.notice"), t.T("about.privacy.notice.why"), t.T("about.privacy.notice.kept", "days", follow.Kept)),
			row(t.T("about.privacy.letter"), t.T("about.privacy.letter.why"), t.T("about.privacy.letter.kept", "days", follow.LettersKept)),
			row(t.T("about.privacy.job"), t.T("about.privacy.job.why"), t.T("about.privacy.job.kept", "days", int(job.Kept.Hours()/24))),
			row(t.T("about.privacy.draft"), t.T("about.privacy.draft.why"), t.T("about.privacy.draft.kept")),
			row(t.T("about.privacy.paste"), t.T("about.privacy.paste.why"), t.T("about.privacy.paste.kept", "days", paste.Days)),
			row(t.T("about.privacy.files"), t.T("about.privacy.files.why"), t.T("about.privacy.files.kept")),
		}}
	operator := p.operator(t)
	outside := []string{t.T("about.privacy.register.off")}
	if p.Enhetsregisteret {
		outside = []string{t.T("about.privacy.register.text"), t.T("about.privacy.register.kept")}
	}
	return p.show(w, r, actor, t.T("about.privacy.title"), t.T("about.privacy.lead"),
		section{ID: "who", Title: t.T("about.privacy.who"), Paragraphs: []string{t.T("about.privacy.who.text", "operator", operator)}, Links: p.contact()},
		section{ID: "stored", Title: t.T("about.privacy.stored"), Paragraphs: []string{t.T("about.privacy.stored.text")}, Table: stored},
		section{ID: "needs", Title: t.T("about.privacy.needs"), Paragraphs: []string{t.T("about.privacy.needs.text"), t.T("about.privacy.needs.access"), t.T("about.privacy.needs.small")}},
		section{ID: "cookies", Title: t.T("about.privacy.cookies"), Paragraphs: []string{t.T("about.privacy.cookies.text"), t.T("about.privacy.others.text")}},
		section{ID: "register", Title: t.T("about.privacy.register"), Paragraphs: outside},
		section{ID: "basis", Title: t.T("about.privacy.basis"), Paragraphs: []string{t.T("about.privacy.basis.text")}},
		section{ID: "rights", Title: t.T("about.privacy.rights"), List: []string{
			t.T("about.privacy.rights.see"), t.T("about.privacy.rights.mend"), t.T("about.privacy.rights.delete"), t.T("about.privacy.rights.object")},
			Paragraphs: []string{t.T("about.privacy.rights.how", "operator", operator)},
			Links:      links(ui.Link{Label: t.T("about.privacy.rights.account"), Href: "/konto"}, ui.Link{Label: t.T("about.privacy.rights.authority"), Href: "https://www.datatilsynet.no/"})},
		section{ID: "records", Title: t.T("about.privacy.records"), Paragraphs: []string{t.T("about.privacy.records.text"), t.T("about.privacy.records.stays")}},
	)
}
