package supplyweb

import (
	"bytes"
	"encoding/json"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/room/supply/say"
	"kompetansetorg/internal/room/supply/supplyweb/apiweb"
	"kompetansetorg/internal/room/supply/supplyweb/formweb"
)

// maxExport is the most offerings that one file holds.
const maxExport = 50_000

// wanted are all the offerings that the address asks for.
func (p *pages) wanted(r *http.Request) (supply.Filter, []supply.Hit, error) {
	f, err := p.addresses.Filter(r.URL.Query())
	if err != nil {
		return f, nil, err
	}
	f.After, f.Limit = "", db.MaxLimit
	var all []supply.Hit
	for len(all) < maxExport {
		hits, err := p.Supply.List(r.Context(), f)
		if err != nil {
			return f, nil, err
		}
		all = append(all, hits.Items...)
		if f.After = hits.Next; f.After == "" {
			break
		}
	}
	return f, all, nil
}

func (p *pages) exportCSV(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t, err := p.exported(r)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := sheet.WriteCSV(&buf, t); err != nil {
		return err
	}
	return send(w, &buf, "text/csv; charset=utf-8", "tilbud.csv")
}

// send answers with a whole file, so that an error before it is still a page.
func send(w http.ResponseWriter, file *bytes.Buffer, kind, name string) error {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, err := file.WriteTo(w)
	return err
}

func (p *pages) exportXLSX(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	t, err := p.exported(r)
	if err != nil {
		return err
	}
	var buf bytes.Buffer
	if err := sheet.WriteXLSX(&buf, t); err != nil {
		return err
	}
	return send(w, &buf, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "tilbud.xlsx")
}

func (p *pages) exported(r *http.Request) (sheet.Table, error) {
	f, hits, err := p.wanted(r)
	if err != nil {
		return sheet.Table{}, err
	}
	s := p.speaker(r)
	t := sheet.Table{Name: s.T("supply.table"), Columns: []sheet.Column{
		{Title: s.T("supply.col.title")}, {Title: s.T("supply.f.provider")}, {Title: s.T("supply.f.level")}, {Title: s.T("supply.f.nkr")}, {Title: s.T("supply.f.credits")},
		{Title: s.T("supply.f.start_type")}, {Title: s.T("supply.f.start"), Kind: sheet.Day}, {Title: s.T("supply.col.earliest"), Kind: sheet.Day},
		{Title: s.T("supply.f.form")}, {Title: s.T("supply.col.meets")}, {Title: s.T("supply.f.digital_share"), Kind: sheet.Number}, {Title: s.T("supply.f.workplace_share"), Kind: sheet.Number},
		{Title: s.T("supply.badge"), Kind: sheet.Bool}, {Title: s.T("supply.col.status"), Kind: sheet.Long}, {Title: s.T("supply.f.deadline"), Kind: sheet.Day},
		{Title: s.T("supply.col.left"), Kind: sheet.Number}, {Title: s.T("supply.f.price_participant"), Kind: sheet.Money}, {Title: s.T("supply.f.price_year")},
		{Title: s.T("supply.f.admission_channel")}, {Title: s.T("supply.f.apply_url")}, {Title: s.T("supply.col.distance"), Kind: sheet.Number}, {Title: s.T("supply.col.address")}}}
	for _, h := range hits {
		t.Rows = append(t.Rows, p.exportRow(s, f, h))
	}
	return t, nil
}

func (p *pages) exportRow(s say.Speaker, f supply.Filter, h supply.Hit) []any {
	o, prog := h.Offering, h.Programme
	digital, workplace := o.Shares(*prog)
	row := []any{s.Text(prog.Title), prog.ProviderName, s.T(prog.Level.Label()), prog.NKR, s.Credits(*prog), s.T(o.StartType.Label()), o.Start, h.Earliest.Day,
		s.T(o.Delivery.Label()), s.Meets(*o), perhaps(digital), perhaps(workplace), h.Badge.Holds, s.Status(h.Status), h.Status.Deadline, nil, nil, nil,
		s.T(o.Channel.Label()), o.ApplyURL, nil, p.PublicURL + offeringPath(o)}
	row[15] = perhaps(o.Counts(false).Left)
	if o.Price.Participant != nil {
		row[16], row[17] = *o.Price.Participant, s.Value("price_year", formweb.Filled(o.Price.Year))
	}
	if f.Near != "" && h.Trip.IsWithin(1e9) {
		row[20] = int(h.Trip.Air + 0.5)
	}
	return row
}

// perhaps is a cell that may be empty.
func perhaps(v *int) any {
	if v == nil {
		return nil
	}
	return *v
}

func (p *pages) exportJSON(w http.ResponseWriter, r *http.Request, _ access.Actor) error {
	f, hits, err := p.wanted(r)
	if err != nil {
		return err
	}
	out := apiweb.OfferingList{Items: make([]apiweb.OfferingJSON, len(hits)), Total: len(hits)}
	for i, h := range hits {
		out.Items[i] = p.api.Offering(h, f.Near != "", false)
	}
	var buf bytes.Buffer
	if err := json.NewEncoder(&buf).Encode(out); err != nil {
		return err
	}
	return send(w, &buf, "application/json", "tilbud.json")
}
