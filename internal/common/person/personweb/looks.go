package personweb

import (
	"bytes"
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

const looksHref = "/administrasjon/innsynslogg"

type looksView struct {
	web.Page
	Head   ui.Head
	Filter ui.Filter
	Table  ui.Table
	Pager  *ui.Pager
}

func looksAsked(q url.Values) (person.LookFilter, error) {
	in := form.Read(q)
	f := person.LookFilter{Who: in.Search("who"), Thing: in.Search("id"), From: in.Date("from"), To: in.Date("to"), After: q.Get("after"), Limit: ui.PageSize}
	if err := in.Err(); err != nil {
		return f, err
	}
	if !f.From.IsZero() && !f.To.IsZero() && f.To.Before(f.From) {
		return f, fault.InvalidField("to", "form.error.period")
	}
	return f, nil
}

// looks is the access log for the data protection officer. What was noted a moment
// ago is written first, so that nothing is missing.
func (p *pages) looks(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Looks.Flush(r.Context()); err != nil {
		return err
	}
	t, q := p.door.Printer(r), r.URL.Query()
	f, wrong := looksAsked(q)
	if wrong != nil && !fault.Is(wrong, fault.Invalid) {
		return wrong
	}
	view := looksView{
		Page: p.door.Frame(r, actor, t.T("person.looks.title")),
		Head: ui.Head{Title: t.T("person.looks.title"), Lead: t.T("person.looks.lead", "days", person.LooksKept),
			Actions: []ui.Action{{Label: t.T("person.looks.csv"), Href: looksHref + ".csv?" + q.Encode(), Variant: ui.Secondary}}},
		Filter: ui.Filter{Action: looksHref, Title: t.T("account.filter.more"), Submit: t.T("account.filter.do"),
			Search: form.Field{Name: "who", Kind: form.Text, Label: t.T("person.looks.who"), Hint: t.T("person.looks.who.hint"), Value: f.Who},
			Fields: []form.Field{{Name: "id", Kind: form.Text, Label: t.T("person.looks.thing"), Hint: t.T("person.looks.thing.hint"), Value: f.Thing},
				{Name: "from", Kind: form.Date, Label: t.T("person.looks.from"), Value: q.Get("from")}, {Name: "to", Kind: form.Date, Label: t.T("person.looks.to"), Value: q.Get("to")}}},
	}
	if actor.Has(access.RoleSysadmin) {
		view.Crumbs = []ui.Link{{Label: t.T("account.admin.title"), Href: "/administrasjon"}}
	}
	if len(q) > 0 {
		view.Filter.Clear = &ui.Link{Label: t.T("account.filter.clear"), Href: looksHref}
	}
	if wrong != nil {
		view.Refused(form.Refill(&view.Filter, q, wrong, t))
		return p.door.Views.Render(w, http.StatusUnprocessableEntity, "person/looks", view)
	}
	found, total, err := p.Persons.ListLooks(r.Context(), actor, f)
	if err != nil {
		return err
	}
	view.Filter.Hits = t.T("person.looks.hits", "n", total)
	if view.Table, err = p.looksTable(r, t, found.Items); err != nil {
		return err
	}
	if found.Next != "" || f.After != "" {
		view.Pager = &ui.Pager{Label: t.T("account.pages"), Summary: t.T("person.looks.hits", "n", total)}
		if f.After != "" {
			q.Del("after")
			view.Pager.First = &ui.Link{Label: t.T("account.pages.first"), Href: looksHref + "?" + q.Encode()}
		}
		if found.Next != "" {
			q.Set("after", found.Next)
			view.Pager.Next = &ui.Link{Label: t.T("account.pages.next"), Href: looksHref + "?" + q.Encode()}
		}
	}
	return p.door.Views.Render(w, http.StatusOK, "person/looks", view)
}

// roleText is the role and the organisation that somebody looked as.
func (p *pages) roleText(r *http.Request, t i18n.Printer, x person.Look) (role, org string, err error) {
	role = t.T("person.looks.norole")
	if x.Role != "" {
		role = t.T(i18n.Key("role." + string(x.Role)))
	}
	org, err = p.orgName(r, x.Org)
	return role, org, err
}

// lookedAt is what was looked at, in words.
func (p *pages) lookedAt(t i18n.Printer, x person.Look) string {
	kind := x.Thing.Kind
	if key := i18n.Key("audit.kind." + kind); p.door.Texts.Has(key) {
		kind = t.T(key)
	}
	return kind
}

func (p *pages) looksTable(r *http.Request, t i18n.Printer, list []person.Look) (ui.Table, error) {
	table := ui.Table{Caption: t.T("person.looks.title"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("person.col.when")}, {Label: t.T("person.looks.reader")}, {Label: t.T("person.looks.as")}, {Label: t.T("person.looks.did")}, {Label: t.T("person.looks.about")}},
		Empty:   ui.Empty{Title: t.T("person.looks.empty"), Text: t.T("person.looks.empty.text")}}
	for _, x := range list {
		role, org, err := p.roleText(r, t, x)
		if err != nil {
			return table, err
		}
		name := x.Name
		if name == "" {
			name = t.T("person.looks.deleted")
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.Moment(x.At)}, {Text: name, Sub: x.Username, Href: looksHref + "?who=" + string(x.Account)},
			{Text: role, Sub: org}, {Text: t.T(x.Act.Label())}, {Text: p.lookedAt(t, x), Sub: x.Thing.ID}}})
	}
	return table, nil
}

// looksCSV is the access log as the address asks for it, whole.
func (p *pages) looksCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Looks.Flush(r.Context()); err != nil {
		return err
	}
	f, err := looksAsked(r.URL.Query())
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	col := func(label i18n.Key) sheet.Column { return sheet.Column{Title: t.T(label), Kind: sheet.Text} }
	table := sheet.Table{Name: t.T("person.looks.title"), Columns: []sheet.Column{col("person.col.when"), col("person.looks.reader"), col("account.field.username"),
		col("person.looks.as"), col("account.field.organisation"), col("person.looks.did"), col("person.looks.about"), col("person.looks.thing")}}
	f.Limit, f.After = db.MaxLimit, ""
	for {
		page, _, err := p.Persons.ListLooks(r.Context(), actor, f)
		if err != nil {
			return err
		}
		for _, x := range page.Items {
			role, org, err := p.roleText(r, t, x)
			if err != nil {
				return err
			}
			table.Rows = append(table.Rows, []any{t.Moment(x.At), x.Name, x.Username, role, org, t.T(x.Act.Label()), p.lookedAt(t, x), x.Thing.ID})
		}
		if f.After = page.Next; f.After == "" {
			break
		}
	}
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, table); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="innsynslogg.csv"`)
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(b.Bytes())
	return err
}

// atMe is who has looked at what is about the reader: role and organisation.
func (p *pages) atMe(r *http.Request, t i18n.Printer, actor access.Actor) (ui.Table, error) {
	table := ui.Table{Caption: t.T("person.looks.me"), CaptionHidden: true,
		Columns: []ui.Column{{Label: t.T("person.col.when")}, {Label: t.T("person.looks.as")}, {Label: t.T("person.looks.about")}},
		Empty:   ui.Empty{Title: t.T("person.looks.me.empty"), Text: t.T("person.looks.me.empty.text")}}
	list, err := p.Persons.LooksAtMe(r.Context(), actor)
	if err != nil {
		return table, err
	}
	for _, x := range list {
		role, org, err := p.roleText(r, t, x)
		if err != nil {
			return table, err
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.Moment(x.At)}, {Text: role, Sub: org}, {Text: p.lookedAt(t, x)}}})
	}
	return table, nil
}
