package roundweb

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

// handed is a link to hand over.
type handed struct{ Name, Link string }

type linksView struct {
	web.Page
	Head   ui.Head
	Told   ui.Notice
	Copies []ui.Copy
	Sheet  ui.Actions
	Empty  *ui.Empty
}

// hand keeps the links for the page that shows them once, and for its spreadsheet.
func (p *pages) hand(w http.ResponseWriter, r *http.Request, x round.Whole, list []handed) error {
	data, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("links: %w", err)
	}
	p.Once.Keep(r, path(x.ID)+"/lenker", string(data))
	p.Once.Keep(r, path(x.ID)+"/lenker.csv", string(data))
	return web.SeeOther(w, r, path(x.ID)+"/lenker")
}

func (p *pages) kept(r *http.Request) ([]handed, error) {
	kept := p.Once.Take(r)
	if kept == "" {
		return nil, nil
	}
	var list []handed
	if err := json.Unmarshal([]byte(kept), &list); err != nil {
		return nil, fmt.Errorf("links: %w", err)
	}
	return list, nil
}

func (p *pages) links(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err == nil && !x.Runs {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	list, err := p.kept(r)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	view := linksView{Page: p.door.Frame(r, actor, t.T("round.links")), Head: ui.Head{Kicker: x.Title, Title: t.T("round.links"), Lead: t.T("round.links.lead")},
		Told: ui.Notice{Color: ui.Warning, Title: t.T("round.links.once"), Text: t.T("round.links.once.text")}}
	view.Crumbs = crumbs(t, &x.Round)
	for i, l := range list {
		view.Copies = append(view.Copies, ui.Copy{ID: fmt.Sprintf("link-%d", i+1), Label: l.Name, Value: l.Link, Button: t.T("round.links.copy")})
	}
	if len(list) == 0 {
		view.Empty = &ui.Empty{Title: t.T("round.links.empty"), Text: t.T("round.links.empty.text"), Actions: []ui.Action{{Label: t.T("round.back"), Href: path(x.ID), Variant: ui.Secondary}}}
	} else {
		view.Sheet.Items = []ui.Action{{Label: t.T("round.links.csv"), Href: path(x.ID) + "/lenker.csv", Variant: ui.Secondary}, {Label: t.T("round.back"), Href: path(x.ID), Variant: ui.Tertiary}}
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return p.door.Views.Render(w, http.StatusOK, "round/links", view)
}

// linksCSV is the list of links, once too.
func (p *pages) linksCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err == nil && !x.Runs {
		err = fault.Missing()
	}
	if err != nil {
		return err
	}
	list, err := p.kept(r)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	table := sheet.Table{Name: t.T("round.links"), Columns: []sheet.Column{{Title: t.T("round.organisation")}, {Title: t.T("round.links.link")}}}
	for _, l := range list {
		table.Rows = append(table.Rows, []any{l.Name, l.Link})
	}
	w.Header().Set("Cache-Control", "private, no-store")
	return send(w, "text/csv; charset=utf-8", "lenker.csv", func(out io.Writer) error { return sheet.WriteCSV(out, table) })
}

// send answers the file once all of it could be written.
func send(w http.ResponseWriter, contentType, name string, write func(io.Writer) error) error {
	var b bytes.Buffer
	if err := write(&b); err != nil {
		return err
	}
	h := w.Header()
	h.Set("Content-Type", contentType)
	h.Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := w.Write(b.Bytes())
	return err
}
