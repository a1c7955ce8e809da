package accountweb

import (
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type logView struct {
	web.Page
	Head   ui.Head
	Result *ui.Notice
	Check  ui.Actions
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
}

// openKinds are the kinds of things whose values an administrator sees
// elsewhere too. Of all others, such as needs that are not open, the log shows
// which fields were changed but not to what: running the system gives no right
// to read what is in it.
var openKinds = []string{"account", "organisation", "place", "support_card"}

// longest is how much of a value the log shows.
const longest = 80

// log shows the log, newest first; with ?check=1 it is checked first.
func (p *pages) log(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t, q := p.door.Printer(r), r.URL.Query()
	in := form.Read(q)
	f := audit.Filter{Subject: audit.Subject{Kind: in.Search("kind"), ID: in.Search("id")}, After: q.Get("after"), Limit: ui.PageSize}
	found, total, err := p.Accounts.Log(r.Context(), actor, f)
	if err == nil {
		err = in.Err()
	}
	if err != nil && !fault.Is(err, fault.Invalid) {
		return err
	}
	view := logView{
		Page:  p.door.Frame(r, actor, t.T("account.log.title")),
		Head:  ui.Head{Title: t.T("account.log.title"), Lead: t.T("account.log.lead")},
		Check: ui.Actions{Items: []ui.Action{{Label: t.T("account.log.check"), Href: "/administrasjon/logg?check=1", Variant: ui.Secondary}}},
		Filter: ui.Filter{Action: "/administrasjon/logg", Title: t.T("account.filter.more"), Submit: t.T("account.filter.do"), Hits: t.T("account.log.hits", "n", total),
			Search: form.Field{Name: "id", Kind: form.Text, Label: t.T("account.log.id"), Hint: t.T("account.log.id.hint"), Value: f.Subject.ID},
			Fields: []form.Field{{Name: "kind", Kind: form.Text, Label: t.T("account.log.kind"), Hint: t.T("account.log.kind.hint"), Value: f.Subject.Kind}}},
		Table: p.logTable(t, found),
	}
	view.Crumbs = adminCrumbs(t)
	if f.Subject.Kind != "" || f.Subject.ID != "" {
		view.Filter.Clear = &ui.Link{Label: t.T("account.filter.clear"), Href: "/administrasjon/logg"}
	}
	if err != nil {
		view.Refused(form.Refill(&view.Filter, q, err, t))
		view.Filter.Hits, view.Table.Empty = "", ui.Empty{}
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "account/log", view)
	}
	view.Pager = pager(t, "/administrasjon/logg", q, len(found.Items), total, found.Next)
	if in.Bool("check") {
		report, err := p.Accounts.VerifyLog(r.Context(), actor)
		if err != nil {
			return err
		}
		view.Result = checked(t, report)
	}
	return p.door.Views.Render(w, http.StatusOK, "account/log", view)
}

func checked(t i18n.Printer, report audit.Report) *ui.Notice {
	if report.Broken > 0 {
		return &ui.Notice{Color: ui.Danger, Live: true, Title: t.T("account.log.broken"), Text: t.T("account.log.broken.text", "nr", report.Broken)}
	}
	return &ui.Notice{Color: ui.Success, Live: true, Text: t.T("account.log.whole", "n", int(report.Entries))}
}

func (p *pages) logTable(t i18n.Printer, page db.Paged[account.LogLine]) ui.Table {
	table := ui.Table{Caption: t.T("account.log.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("account.log.when")}, {Label: t.T("account.log.who")}, {Label: t.T("account.log.what")},
			{Label: t.T("account.log.about")}, {Label: t.T("account.log.fields")}},
		Empty: ui.Empty{Title: t.T("account.log.empty"), Text: t.T("account.log.empty.text")}}
	for _, e := range page.Items {
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: t.Moment(e.At), Sub: t.T("account.log.nr", "nr", e.Seq)}, doer(t, e), {Text: p.action(t, e.Action)},
			{Text: p.kind(t, e.Subject.Kind), Sub: e.Subject.ID, Href: "/administrasjon/logg?kind=" + e.Subject.Kind + "&id=" + e.Subject.ID},
			{Text: changes(t, e)},
		}})
	}
	return table
}

// doer names who did it as the log does: by role and organisation, with the
// account to go to; never by name.
func doer(t i18n.Printer, e account.LogLine) ui.Cell {
	if system, ok := strings.CutPrefix(e.Actor, "system:"); ok {
		return ui.Cell{Text: t.T("account.log.system"), Sub: system}
	}
	if _, err := access.ParseAccountID(e.Actor); err != nil {
		return ui.Cell{Text: t.T("account.log.visitor")}
	}
	cell := ui.Cell{Text: t.T("account.account"), Href: accountHref(access.AccountID(e.Actor)), Sub: e.OrgName}
	if e.Role != "" {
		cell.Text = t.T(roleKey(e.Role))
	}
	return cell
}

// action and kind are the words of the room, or its code when it has none.
func (p *pages) action(t i18n.Printer, a audit.Action) string {
	if key := i18n.Key("audit." + string(a)); p.door.Texts.Has(key) {
		return t.T(key)
	}
	return string(a)
}

func (p *pages) kind(t i18n.Printer, kind string) string {
	if key := i18n.Key("audit.kind." + kind); p.door.Texts.Has(key) {
		return t.T(key)
	}
	return kind
}

// changes are the fields of the entry, with values where they are nobody's and
// open.
func changes(t i18n.Printer, e account.LogLine) string {
	open := slices.Contains(openKinds, e.Subject.Kind)
	var out []string
	for _, c := range e.Changes {
		switch {
		case c.Gone:
			out = append(out, t.T("account.log.gone", "field", c.Field))
		case c.Personal:
			out = append(out, t.T("account.log.personal", "field", c.Field))
		case !open:
			out = append(out, c.Field)
		case c.Before == "":
			out = append(out, t.T("account.log.set", "field", c.Field, "after", text.Truncate(c.After, longest)))
		default:
			out = append(out, t.T("account.log.changed", "field", c.Field, "before", text.Truncate(c.Before, longest), "after", text.Truncate(c.After, longest)))
		}
	}
	return strings.Join(out, "; ")
}
