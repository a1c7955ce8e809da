package personweb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type dataView struct {
	web.Page
	Head     ui.Head
	Own      ui.Table
	Records  ui.Table
	Requests ui.Table
	Ask      ui.Actions
	Looks    ui.Table
	Remove   ui.Actions
	// Waiting leads those with an office in this to its pages.
	Waiting *ui.Notice
}

func crumbs(t i18n.Printer, inner ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("account.own.title"), Href: "/konto"}}, inner...)
}

func dataCrumb(t i18n.Printer) ui.Link {
	return ui.Link{Label: t.T("person.data.title"), Href: "/konto/data"}
}

func (p *pages) data(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	held, err := p.Persons.Held(r.Context(), actor)
	if err != nil {
		return err
	}
	mine, err := p.Persons.Mine(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := dataView{
		Page: p.door.Frame(r, actor, t.T("person.data.title")),
		Head: ui.Head{Title: t.T("person.data.title"), Lead: t.T("person.data.lead"), Actions: []ui.Action{
			{Label: t.T("person.data.json"), Href: "/konto/mine-data.json", Variant: ui.Primary},
			{Label: t.T("person.data.csv"), Href: "/konto/mine-data.csv", Variant: ui.Secondary}}},
		Own:      heldTable(t, t.T("person.data.own"), held, func(f person.Fate) bool { return f == person.Gone || f == person.Soon }),
		Records:  heldTable(t, t.T("person.data.records"), held, func(f person.Fate) bool { return f == person.Record || f == person.Other }),
		Requests: p.mine(t, mine),
		Ask:      ui.Actions{Items: []ui.Action{{Label: t.T("person.ask.title"), Href: "/konto/slettekrav", Variant: ui.Secondary}}},
	}
	view.Crumbs = crumbs(t)
	view.Remove.Items = []ui.Action{{Label: t.T("account.own.remove"), Href: "/konto/slett", Variant: ui.Tertiary, Color: ui.Danger}}
	if view.Looks, err = p.atMe(r, t, actor); err != nil {
		return err
	}
	var office []ui.Link
	if p.Persons.Answers(actor) {
		office = append(office, ui.Link{Label: t.T("person.requests.title"), Href: "/slettekrav"})
	}
	if person.CanReadLooks(actor) == nil {
		office = append(office, ui.Link{Label: t.T("person.looks.title"), Href: looksHref})
	}
	if office != nil {
		view.Waiting = &ui.Notice{Text: t.T("person.data.officer"), Links: office}
	}
	return p.door.Views.Render(w, http.StatusOK, "person/data", view)
}

// heldTable is the kinds with the fate, and how much of each is held.
func heldTable(t i18n.Printer, caption string, held []person.Held, in func(person.Fate) bool) ui.Table {
	table := ui.Table{Caption: caption, CaptionHidden: true, Columns: []ui.Column{{Label: t.T("person.col.what")},
		{Label: t.T("person.col.basis")}, {Label: t.T("person.col.kept")}, {Label: t.T("person.col.count")}}}
	for _, h := range held {
		if !in(h.Fate) {
			continue
		}
		what := ui.Cell{Text: t.T(h.What()), Sub: t.T(h.Why())}
		count := ui.Cell{Text: t.T("person.count.unknown")}
		if h.Findable() {
			count.Text = t.T("person.count", "n", h.Count)
			if h.Count > 0 {
				what.Href = "/konto/data/" + h.ID
			}
		}
		table.Rows = append(table.Rows, ui.Row{ID: h.ID, Cells: []ui.Cell{what, {Text: t.T(h.Basis.Label()), Sub: t.T(h.Source.Label())},
			{Text: t.T(h.Kept(), "days", h.Days), Sub: t.T(h.Fate.Label())}, count}})
	}
	return table
}

type kindView struct {
	web.Page
	Head  ui.Head
	Facts ui.Facts
	Note  string
	Table ui.Table
}

// mostRows is how many rows the page of a kind shows; the file has all.
const mostRows = 200

// longest is how much of a value the page shows.
const longest = 160

func (p *pages) kind(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	k, rows, err := p.Persons.Rows(r.Context(), actor, r.PathValue("kind"))
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	title := t.T(k.What())
	view := kindView{
		Page: p.door.Frame(r, actor, title),
		Head: ui.Head{Title: title, Lead: t.T(k.Why())},
		Facts: ui.Facts{Wide: true, Items: []ui.Fact{{Label: t.T("person.col.source"), Text: t.T(k.Source.Label())}, {Label: t.T("person.col.basis"), Text: t.T(k.Basis.Label())},
			{Label: t.T("person.col.kept"), Text: t.T(k.Kept(), "days", k.Days)}, {Label: t.T("person.col.fate"), Text: t.T(k.Fate.Label())}}},
		Table: ui.Table{Caption: title, CaptionHidden: true, Columns: []ui.Column{{Label: t.T("person.col.when")}, {Label: t.T("person.col.thing")}, {Label: t.T("person.col.content")}, {Label: t.T("person.ask.this"), Hidden: true}},
			Empty: ui.Empty{Title: t.T("person.kind.empty"), Text: t.T("person.kind.empty.text")}},
	}
	view.Crumbs = crumbs(t, dataCrumb(t))
	if len(rows) > mostRows {
		view.Note = t.T("person.kind.more", "n", len(rows), "shown", mostRows)
		rows = rows[len(rows)-mostRows:]
	}
	cards, err := p.seen(r, actor, rows)
	if err != nil {
		return err
	}
	shown := map[object.Ref]bool{}
	for i := len(rows) - 1; i >= 0; i-- {
		// What one made and changed is one thing.
		if thing := rows[i].Thing; rows[i].Self {
			if shown[thing] {
				continue
			}
			shown[thing] = true
		}
		row, err := p.row(r, t, k, rows[i], cards)
		if err != nil {
			return err
		}
		view.Table.Rows = append(view.Table.Rows, row)
	}
	return p.door.Views.Render(w, http.StatusOK, "person/kind", view)
}

// seen are the things that the rows belong to and the reader may see.
func (p *pages) seen(r *http.Request, actor access.Actor, rows []person.Row) (cards map[object.Ref]object.Card, err error) {
	var things []object.Ref
	for _, x := range rows {
		if x.Thing.ID != "" {
			things = append(things, x.Thing)
		}
	}
	err = p.door.DB.Read(r.Context(), func(tx *db.Tx) error {
		cards, err = p.Objects.Cards(r.Context(), tx, actor, things)
		return err
	})
	return cards, err
}

// logRow is a line of the log in words: what was done, to what, and as which role.
func (p *pages) logRow(r *http.Request, t i18n.Printer, x person.Row, cards map[object.Ref]object.Card) (ui.Row, error) {
	words := map[string]string{}
	for i, c := range x.Columns {
		var err error
		if words[c], err = p.value(r, t, c, x.Values[i]); err != nil {
			return ui.Row{}, err
		}
	}
	about := ui.Cell{Text: words["subject_kind"], Sub: words["role"]}
	if card, ok := cards[x.Thing]; ok {
		title, _ := card.Title.In(gate.Language(r))
		about.Text, about.Href = about.Text+": "+text.Truncate(title, longest), p.Objects.Href(x.Thing)
	}
	return ui.Row{Cells: []ui.Cell{{Text: words["at"]}, {Text: words["action"]}, about, {}}}, nil
}

// row is what is held in one row, in words; what is part of a record can be asked
// to be deleted.
func (p *pages) row(r *http.Request, t i18n.Printer, k person.Kind, x person.Row, cards map[object.Ref]object.Card) (ui.Row, error) {
	if slices.Contains(x.Columns, "action") {
		return p.logRow(r, t, x, cards)
	}
	var parts []string
	for i := range x.Columns[1:] {
		value, err := p.value(r, t, x.Columns[i+1], x.Values[i+1])
		if err != nil {
			return ui.Row{}, err
		}
		if value != "" {
			parts = append(parts, value)
		}
	}
	when, err := p.value(r, t, x.Columns[0], x.Values[0])
	if err != nil {
		return ui.Row{}, err
	}
	what, ask := ui.Cell{Text: t.T(i18n.Key("person.table." + x.Table))}, ui.Cell{}
	if x.Thing.ID != "" {
		if _, ok := cards[x.Thing]; ok {
			what.Href = p.Objects.Href(x.Thing)
		}
		// A draft is nobody's record: it is deleted on its own page.
		if k.Fate == person.Record && what.Href != "" && !slices.Contains(x.Values, any("draft")) {
			ask.Actions = []ui.Action{{Label: t.T("person.ask.this"), Context: strings.Join(parts, " "), Href: "/konto/slettekrav?kind=" + x.Thing.Kind + "&id=" + x.Thing.ID, Variant: ui.Tertiary}}
		}
	}
	return ui.Row{Cells: []ui.Cell{{Text: when}, what, {Text: text.Truncate(strings.Join(parts, " · "), longest)}, ask}}, nil
}

// value is a stored value as people read it: days and moments as dates, roles and
// organisations by name, and texts as they are.
func (p *pages) value(r *http.Request, t i18n.Printer, column string, v any) (string, error) {
	s, ok := v.(string)
	if !ok {
		switch v {
		case nil:
			return "", nil
		case true:
			return t.T("person.value.yes"), nil
		case false:
			return t.T("person.value.no"), nil
		}
		return fmt.Sprint(v), nil
	}
	if isData(s) {
		// Data for programs says nothing to a reader; the file has it.
		return t.T("person.value.data"), nil
	}
	if at, err := clock.ParseTime(s); err == nil {
		return t.Moment(at), nil
	}
	if day, err := clock.ParseDate(s); err == nil {
		return t.Date(day), nil
	}
	switch column {
	case "role", "uploaded_role":
		if key := i18n.Key("role." + s); p.door.Texts.Has(key) {
			return t.T(key), nil
		}
	case "state", "to_state":
		if key := i18n.Key("need.state." + s); p.door.Texts.Has(key) {
			return t.T(key), nil
		}
	case "org":
		return p.orgName(r, access.OrgID(s))
	case "kind", "subject_kind":
		if key := i18n.Key("audit.kind." + s); p.door.Texts.Has(key) {
			return t.T(key), nil
		}
	case "action":
		if key := i18n.Key("audit." + s); p.door.Texts.Has(key) {
			return t.T(key), nil
		}
	}
	return s, nil
}

// isData reports whether the value is a JSON object or list.
func isData(s string) bool {
	return (strings.HasPrefix(s, "{") || strings.HasPrefix(s, "[")) && json.Valid([]byte(s))
}

func (p *pages) orgName(r *http.Request, o access.OrgID) (string, error) {
	if o == "" {
		return "", nil
	}
	found, err := p.Orgs.Get(r.Context(), o)
	return found.NameOn(p.Clock.Today()), err
}

// sheet is everything as a spreadsheet: kind, what, field and value.
func (p *pages) sheet(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	held, err := p.Persons.Held(r.Context(), actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("person.data.title"), Columns: []sheet.Column{{Title: t.T("person.col.kind"), Kind: sheet.Text}, {Title: t.T("person.col.why"), Kind: sheet.Text},
		{Title: t.T("person.col.basis"), Kind: sheet.Text}, {Title: t.T("person.col.kept"), Kind: sheet.Text}, {Title: t.T("person.col.entry"), Kind: sheet.Text},
		{Title: t.T("person.col.field"), Kind: sheet.Text}, {Title: t.T("person.col.content"), Kind: sheet.Text}}}
	for _, h := range held {
		if h.Count == 0 {
			continue
		}
		k, rows, err := p.Persons.Rows(r.Context(), actor, h.ID)
		if err != nil {
			return err
		}
		about := []any{t.T(k.What()), t.T(k.Why()), t.T(k.Basis.Label()), t.T(k.Kept(), "days", k.Days)}
		for _, row := range rows {
			for i, c := range row.Columns {
				value, err := p.value(r, t, c, row.Values[i])
				if err != nil {
					return err
				}
				table.Rows = append(table.Rows, append(about[:4:4], t.T(i18n.Key("person.table."+row.Table)), c, value))
			}
		}
	}
	var b bytes.Buffer
	if err := sheet.WriteCSV(&b, table); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", "text/csv; charset=utf-8")
	h.Set("Content-Disposition", `attachment; filename="mine-data.csv"`)
	h.Set("Cache-Control", "no-store")
	_, err = w.Write(b.Bytes())
	return err
}
