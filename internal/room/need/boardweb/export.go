package boardweb

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"iter"
	"net/http"
	"os"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
)

// exportName is the name of the files, without the ending.
const exportName = "behov"

// exported gives the needs of the list that the address asks for, as the
// reader may see them.
func (p *pages) exported(r *http.Request, actor access.Actor) (iter.Seq2[list.Row, error], error) {
	a, err := p.readAsked(r.URL.Query())
	if err != nil {
		return nil, err
	}
	return p.Lists.Export(r.Context(), actor, a.Query), nil
}

// needTable is the list as a spreadsheet; its rows are made while writing.
func (p *pages) needTable(t i18n.Printer, rows iter.Seq2[list.Row, error]) sheet.Table {
	col := func(label i18n.Key, kind sheet.Kind) sheet.Column { return sheet.Column{Title: t.T(label), Kind: kind} }
	return sheet.Table{Name: t.T("board.col.needs"), Columns: []sheet.Column{
		col("export.number", sheet.Text), col("export.title", sheet.Text), col("export.text", sheet.Long), col("export.organisation", sheet.Text),
		col("export.firms", sheet.Number), col("export.municipality_number", sheet.Text), col("board.col.municipality", sheet.Text),
		col("board.col.headcount", sheet.Number), col("export.purpose", sheet.Text), col("board.col.level", sheet.Text), col("board.col.field", sheet.Text),
		col("export.forms", sheet.Text), col("export.wanted_from", sheet.Day), col("export.consequences", sheet.Text), col("export.barriers", sheet.Text),
		col("export.sector", sheet.Text), col("export.confidentiality", sheet.Text), col("board.col.state", sheet.Text), col("export.due", sheet.Day),
		col("export.pool", sheet.Text), col("export.submitted", sheet.Moment)},
		More: func(yield func([]any, error) bool) {
			for row, err := range rows {
				if !yield(p.needCells(t, row), err) {
					return
				}
			}
		}}
}

func (p *pages) needCells(t i18n.Printer, r list.Row) []any {
	pool, sector := "", ""
	if r.Pool != nil {
		pool = r.Pool.Number
	}
	if r.Sector != "" {
		sector = t.T(need.SectorLabel(r.Sector))
	}
	return []any{r.Number, r.Title, r.Text, r.OrganisationName, r.Firms, r.Municipality, p.place(r.Municipality),
		r.Headcount, labelled(t, r.Purpose, need.Purpose.Label), labelled(t, r.Level, need.Level.Label), t.T(r.Field.Label()),
		labels(t, r.Forms, need.Form.Label), r.WantedFrom, labels(t, r.Consequences, need.Consequence.Label), labels(t, r.Barriers, need.Barrier.Label),
		sector, t.T(r.Confidentiality.Label()), t.T(need.StateLabel(r.State)), r.Due, pool, r.SubmittedAt}
}

func labelled[T ~string](t i18n.Printer, v T, label func(T) i18n.Key) string {
	if v == "" {
		return ""
	}
	return t.T(label(v))
}

func labels[T ~string](t i18n.Printer, list []T, label func(T) i18n.Key) string {
	names := make([]string, len(list))
	for i, v := range list {
		names[i] = t.T(label(v))
	}
	return strings.Join(names, "; ")
}

func (p *pages) exportCSV(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	rows, err := p.exported(r, actor)
	if err != nil {
		return err
	}
	return spool(w, "text/csv; charset=utf-8", exportName+".csv", func(out io.Writer) error {
		return sheet.WriteCSV(out, p.needTable(p.door.Printer(r), rows))
	})
}

func (p *pages) exportXLSX(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	rows, err := p.exported(r, actor)
	if err != nil {
		return err
	}
	return spool(w, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", exportName+".xlsx", func(out io.Writer) error {
		return sheet.WriteXLSX(out, p.needTable(p.door.Printer(r), rows))
	})
}

// exportedNeed is a need in the JSON file: codes, not names.
type exportedNeed struct {
	ID              string     `json:"id"`
	Number          string     `json:"number"`
	Title           string     `json:"title"`
	Text            string     `json:"text"`
	Organisation    string     `json:"organisation,omitempty"`
	OrgName         string     `json:"organisation_name,omitempty"`
	Firms           int        `json:"firms"`
	Municipality    string     `json:"municipality"`
	Headcount       int        `json:"headcount"`
	Purpose         string     `json:"purpose,omitempty"`
	Level           string     `json:"level"`
	Field           string     `json:"field"`
	Sector          string     `json:"sector,omitempty"`
	Forms           []string   `json:"forms"`
	Consequences    []string   `json:"consequences"`
	Barriers        []string   `json:"barriers"`
	Concepts        []concept  `json:"concepts"`
	WantedFrom      clock.Date `json:"wanted_from,omitzero"`
	Confidentiality string     `json:"confidentiality"`
	State           string     `json:"state"`
	Due             clock.Date `json:"due,omitzero"`
	Pool            string     `json:"pool,omitempty"`
	SubmittedAt     clock.Time `json:"submitted_at,omitzero"`
}

type concept struct {
	Scheme string `json:"scheme"`
	Code   string `json:"code"`
}

func newExported(r list.Row) exportedNeed {
	out := exportedNeed{ID: string(r.ID), Number: r.Number, Title: r.Title, Text: r.Text, Organisation: string(r.Organisation), OrgName: r.OrganisationName,
		Firms: r.Firms, Municipality: r.Municipality, Headcount: r.Headcount, Purpose: string(r.Purpose), Level: string(r.Level), Field: string(r.Field),
		Sector: r.Sector, Forms: text.Strings(r.Forms), Consequences: text.Strings(r.Consequences), Barriers: text.Strings(r.Barriers), Concepts: []concept{},
		WantedFrom: r.WantedFrom, Confidentiality: string(r.Confidentiality), State: string(r.State), Due: r.Due, SubmittedAt: r.SubmittedAt}
	for _, c := range r.Concepts {
		if c.Chosen != need.Removed {
			out.Concepts = append(out.Concepts, concept{c.Scheme, c.Code})
		}
	}
	if r.Pool != nil {
		out.Pool = string(r.Pool.ID)
	}
	return out
}

func (p *pages) exportJSON(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	rows, err := p.exported(r, actor)
	if err != nil {
		return err
	}
	return spool(w, "application/json", exportName+".json", func(out io.Writer) error {
		b := bufio.NewWriter(out)
		_, _ = b.WriteString(`{"items":[`) // an error is kept and comes back from Flush
		total := 0
		for row, err := range rows {
			if err != nil {
				return err
			}
			line, err := json.Marshal(newExported(row))
			if err != nil {
				return err
			}
			if total++; total > 1 {
				_, _ = b.WriteString(",\n")
			}
			_, _ = b.Write(line)
		}
		_, _ = b.WriteString(`],"total":` + strconv.Itoa(total) + "}\n")
		return b.Flush()
	})
}

// spool writes a download to a file first and sends it when it is whole: a
// failure half-way is an error page, not half a file, and no list is held in
// memory.
func spool(w http.ResponseWriter, contentType, name string, write func(io.Writer) error) error {
	f, err := os.CreateTemp("", "kompetansetorg-export-*")
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	defer func() { _, _ = f.Close(), os.Remove(f.Name()) }()
	if err := write(f); err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	size, err := f.Seek(0, io.SeekEnd)
	if err == nil {
		_, err = f.Seek(0, io.SeekStart)
	}
	if err != nil {
		return fmt.Errorf("export %s: %w", name, err)
	}
	download(w, contentType, name)
	w.Header().Set("Content-Length", strconv.FormatInt(size, 10))
	// The reader may have gone: nobody is left to tell.
	_, _ = io.Copy(w, f)
	return nil
}
