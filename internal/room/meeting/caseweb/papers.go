package caseweb

import (
	"embed"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/prose"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
	"kompetansetorg/internal/room/meeting/casework/check"
)

// Papers are the templates of papers.
//
//go:embed paper/*.md
var Papers embed.FS

// CasePaper is the paper of a case: the header of a case paper, the documents in the
// case, and its sections.
func CasePaper() paper.Kind {
	return paper.Kind{Name: "saksframlegg", Files: Papers, Values: []string{"title", "number", "officer"}, Blocks: []string{"bodies", "documents", "sections"}}
}

// paper is the version that was issued last, or the one that ?versjon= asks for.
func (p *pages) paper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	c, err := p.id(r)
	if err != nil {
		return paperview.Paper{}, err
	}
	_, all, err := p.Cases.Versions(r.Context(), actor, c)
	if err != nil {
		return paperview.Paper{}, err
	}
	asked := r.URL.Query().Get("versjon")
	i := slices.IndexFunc(all, func(v casepaper.Version) bool {
		return asked == "" && v.Issued || asked == strconv.Itoa(v.Nr)
	})
	if i < 0 {
		return paperview.Paper{}, fault.Missing()
	}
	return p.made(r, actor, c, all[i].Frozen, ui.Link{Label: all[i].Frozen.Number, Href: path(c)})
}

// draftPaper is the paper as it would be issued now.
func (p *pages) draftPaper(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	d, err := p.writing(r, actor)
	if err != nil {
		return paperview.Paper{}, err
	}
	_, _, frozen, err := p.Writing.Draft(r.Context(), actor, d.ID)
	if err != nil {
		return paperview.Paper{}, err
	}
	return p.made(r, actor, d.ID, frozen, ui.Link{Label: p.door.Printer(r).T("case.draft"), Href: path(d.ID) + "/saksframlegg"})
}

func (p *pages) made(r *http.Request, actor access.Actor, c casework.ID, f casepaper.Frozen, back ui.Link) (paperview.Paper, error) {
	t := p.door.Printer(r)
	links, err := p.links(r, actor, f)
	if err != nil {
		return paperview.Paper{}, err
	}
	v := paper.Values{"title": paper.Text(f.Title), "number": paper.Text(f.Number), "officer": paper.Text(f.Officer), "sections": paper.Blocks(p.sections(t, f, links))}
	if len(f.Header) > 0 {
		v["bodies"] = paper.Blocks{header(t, f.Header)}
	}
	if len(f.Documents) > 0 {
		list := paper.List{Ordered: true}
		for _, d := range f.Documents {
			title := d.Title
			if title == "" {
				title = t.T("case.document.held")
			}
			list.Items = append(list.Items, paper.T(string(d.Letter)+" "+title))
		}
		v["documents"] = paper.Blocks{list}
	}
	doc, err := p.Shelf.Fill(r, actor, CasePaper().Name, v)
	return paperview.Paper{Document: doc, File: "saksframlegg-" + strings.ReplaceAll(f.Number, "/", "-"), Back: back}, err
}

// header is the table of where the case goes (D.4).
func header(t i18n.Printer, rows []casepaper.FrozenRow) paper.Table {
	out := paper.Table{Caption: t.T("case.paper.bodies"), RowHeads: true, Columns: []paper.Column{{Title: t.T("case.paper.body")}, {Title: t.T("case.paper.body_number")}, {Title: t.T("case.paper.day")}}}
	for _, r := range rows {
		out.Rows = append(out.Rows, []paper.Inlines{paper.T(r.Body), paper.T(r.Number), paper.T(t.Date(r.Day))})
	}
	return out
}

// links are the numbers of cases that the paper names and the reader may know.
func (p *pages) links(r *http.Request, actor access.Actor, f casepaper.Frozen) (map[string]casework.ID, error) {
	var words []string
	for _, s := range f.Sections {
		words = append(words, s.Words)
	}
	return p.Cases.Resolve(r.Context(), actor, check.References(strings.Join(words, "\n")))
}

// reader reads the texts of a paper: marks become its frozen figures, numbers of
// cases become links.
func (p *pages) reader(t i18n.Printer, level int, f casepaper.Frozen, links map[string]casework.ID) prose.Reader {
	return prose.Reader{Level: level, Table: t.T("case.paper.table"), Base: p.PublicURL, Words: caseNumbers, Link: func(word string) string {
		if c, ok := links[strings.ReplaceAll(word, "\u00a0", " ")]; ok {
			return path(c)
		}
		return ""
	}, Mark: func(name string) prose.Put { return put(t, f, name) }}
}

var caseNumbers *regexp.Regexp = check.Reference

// put is what stands in the place of a mark: the value in a line, and its table where
// the mark has a paragraph of its own.
func put(t i18n.Printer, f casepaper.Frozen, name string) prose.Put {
	x, ok := f.Figures[name]
	if !ok {
		return prose.Put{}
	}
	out := prose.Put{Text: paper.Inlines{paperview.Live(t, x.Value, x.AsOf, x.Source)}}
	if len(x.Rows) == 0 || len(x.Head) == 0 {
		return out
	}
	table := paper.Table{Caption: t.T("case.paper.figures", "title", x.Title, "date", x.AsOf, "source", x.Source), RowHeads: true}
	for i, h := range x.Head {
		table.Columns = append(table.Columns, paper.Column{Title: h, Number: i > 0})
	}
	for _, row := range x.Rows {
		var cells []paper.Inlines
		for i := range x.Head {
			cell := ""
			if i < len(row) {
				cell = row[i]
			}
			cells = append(cells, paper.T(cell))
		}
		table.Rows = append(table.Rows, cells)
	}
	out.Blocks = []paper.Block{table}
	return out
}

// sections are the texts of the paper under their headings; an empty one is left
// out. Those that stand below one another are gathered under one heading.
func (p *pages) sections(t i18n.Printer, f casepaper.Frozen, links map[string]casework.ID) []paper.Block {
	var out []paper.Block
	if q := f.Interpellation; q.Question != "" {
		out = append(out, said(t.T("case.question"), q.Question, q.AskedBy)...)
		if q.Answer != "" {
			out = append(out, said(t.T("case.answer"), q.Answer, q.AnsweredBy)...)
		}
	}
	gathered := false
	for _, s := range f.Sections {
		if strings.TrimSpace(s.Words) == "" {
			continue
		}
		level := 2
		if casepaper.IsGathered(f.Template, s.Name) {
			if !gathered {
				out, gathered = append(out, paper.H(2, casepaper.Gathered(t.Language()))), true
			}
			level = 3
		}
		out = append(append(out, paper.H(level, s.Heading)), p.reader(t, level+1, f, links).Read(s.Words)...)
	}
	return out
}

func said(heading, words, by string) []paper.Block {
	out := []paper.Block{paper.H(2, heading)}
	for _, line := range paragraphs(words) {
		out = append(out, paper.P(line))
	}
	return append(out, paper.P(by))
}
