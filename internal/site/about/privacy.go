package about

import (
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/ui"
)

// privacy says of each thing stored about a person why, and for how long. The
// times are those of the code: account, accountweb
// (sessions), gate and site (cookies), web (limiter), follow, and job.
func (p *pages) privacy(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	row := func(what, why, basis, kept string) ui.Row {
		return ui.Row{Cells: []ui.Cell{{Text: what}, {Text: why}, {Text: basis}, {Text: kept}}}
	}
	stored := ui.Table{Caption: t.T("about.privacy.stored"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("about.privacy.what")}, {Label: t.T("about.privacy.why")}, {Label: t.T("about.privacy.basis")}, {Label: t.T("about.privacy.kept")}}}
	for _, k := range p.Register {
		x := row(t.T(k.What()), t.T(k.Why()), t.T(k.Basis.Label()), t.T(k.Kept(), "days", k.Days))
		x.ID, x.Cells[0].Sub, x.Cells[3].Sub = "kind-"+k.ID, t.T(k.Source.Label()), t.T(k.Fate.Label())
		stored.Rows = append(stored.Rows, x)
	}
	// What never reaches the database is in no register.
	task, safety := t.T(person.Task.Label()), t.T(person.Safety.Label())
	stored.Rows = append(stored.Rows,
		row(t.T("about.privacy.address"), t.T("about.privacy.address.why"), safety, t.T("about.privacy.address.kept")),
		row(t.T("about.privacy.language"), t.T("about.privacy.language.why"), task, t.T("about.privacy.language.kept")),
		row(t.T("about.privacy.draft"), t.T("about.privacy.draft.why"), task, t.T("about.privacy.draft.kept")))
	operator := p.operator(t)
	outside := []string{t.T("about.privacy.register.off")}
	if p.Enhetsregisteret {
		outside = []string{t.T("about.privacy.register.text"), t.T("about.privacy.register.kept")}
	}
	sending := t.T("about.privacy.mail.off")
	if p.Mail {
		sending = t.T("about.privacy.mail.on")
	}
	officer := section{ID: "dpo", Title: t.T("about.privacy.dpo"), Paragraphs: []string{t.T("about.privacy.dpo.none", "operator", operator)}, Links: p.contact()}
	if p.DPOContact != "" {
		officer.Paragraphs, officer.Links = []string{t.T("about.privacy.dpo.text")}, links(ui.Link{Label: p.DPOContact, Href: "mailto:" + p.DPOContact})
	}
	return p.show(w, r, actor, t.T("about.privacy.title"), t.T("about.privacy.lead"),
		section{ID: "who", Title: t.T("about.privacy.who"), Paragraphs: []string{t.T("about.privacy.who.text", "operator", operator)}, Links: p.contact()},
		officer,
		section{ID: "stored", Title: t.T("about.privacy.stored"), Paragraphs: []string{t.T("about.privacy.stored.text")}, Table: stored},
		section{ID: "needs", Title: t.T("about.privacy.needs"), Paragraphs: []string{t.T("about.privacy.needs.text"), t.T("about.privacy.needs.access"), t.T("about.privacy.needs.small")}},
		section{ID: "cookies", Title: t.T("about.privacy.cookies"), Paragraphs: []string{t.T("about.privacy.cookies.text"), t.T("about.privacy.others.text"), sending}},
		section{ID: "register", Title: t.T("about.privacy.register"), Paragraphs: outside},
		section{ID: "basis", Title: t.T("about.privacy.basis"), Paragraphs: []string{t.T("about.privacy.basis.text")}},
		section{ID: "rights", Title: t.T("about.privacy.rights"), List: []string{
			t.T("about.privacy.rights.see"), t.T("about.privacy.rights.mend"), t.T("about.privacy.rights.delete"), t.T("about.privacy.rights.object")},
			Paragraphs: []string{t.T("about.privacy.rights.how", "operator", operator)},
			Links:      links(ui.Link{Label: t.T("about.privacy.rights.account"), Href: "/konto/data"}, ui.Link{Label: t.T("about.privacy.rights.authority"), Href: "https://www.datatilsynet.no/"})},
		section{ID: "records", Title: t.T("about.privacy.records"), Paragraphs: []string{t.T("about.privacy.records.text"), t.T("about.privacy.records.stays")}},
	)
}
