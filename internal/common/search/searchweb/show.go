package searchweb

import (
	"cmp"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/search"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type showView struct {
	web.Page
	Head         ui.Head
	Filter       ui.Filter
	Building     string
	Meant        *meantView
	FacetsLabel  string
	Facets       []facetView
	ResultsLabel string
	Hits         []hitView
	Pager        *ui.Pager
	Empty        ui.Empty
}

// meantView offers another query than the one asked.
type meantView struct{ Before, Query, Href, Note string }

// facetView is a way to narrow the hits; More has the rarer values.
type facetView struct {
	Title, MoreLabel string
	Values, More     []valueView
}

type valueView struct {
	Label, Href, N string
	Current        bool
}

type hitView struct {
	ID, Href, Lang, About string
	Title, Excerpt        search.Marked
}

// asked is what the address says.
type asked struct {
	search.Query
	page int
}

func (p *pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	in := form.Read(r.URL.Query())
	q := p.read(in, t.Language())
	result, err := p.Search.Find(r.Context(), actor, q.Query)
	if err != nil {
		return err
	}
	ready, err := p.Search.IsReady(r.Context())
	if err != nil {
		return err
	}
	title := t.T("search.title")
	if q.Text != "" {
		title = t.T("search.title.of", "q", q.Text)
	}
	view := showView{Page: p.door.Frame(r, actor, title),
		Head: ui.Head{Title: t.T("search.title"), Lead: t.T("search.lead")}, Filter: p.filter(t, q, result),
		FacetsLabel: t.T("search.facets"), ResultsLabel: t.T("search.results"), Empty: empty(t, q, result),
		Facets: p.facets(t, q, result), Pager: pager(t, q, result)}
	if !ready {
		view.Building = t.T("search.building")
	}
	if result.Meant != "" {
		other := q
		other.Text, other.page = result.Meant, 1
		view.Meant = &meantView{Before: t.T("search.meant", "q", q.Text), Query: result.Meant, Href: other.href(), Note: t.T("search.meant.note")}
	}
	for _, h := range result.Hits {
		view.Hits = append(view.Hits, p.hit(t, h))
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Filter, r.URL.Query(), err, t))
	}
	return p.door.Views.Render(w, status, "search/show", view)
}

// read takes the query from the address. A narrowing that makes no sense finds
// nothing; it does no harm.
func (p *pages) read(in *form.Input, l i18n.Lang) asked {
	number := func(name string, most int) int {
		n, err := strconv.Atoi(in.Search(name))
		if err != nil || n < 0 {
			return 0
		}
		return min(n, most)
	}
	q := asked{Query: search.Query{Text: in.Search("q"), Kind: in.Search("slag"), Municipality: in.Search("kommune"), Year: number("aar", 9999), Lang: l},
		page: max(1, number("side", 1000))}
	q.Skip = (q.page - 1) * search.PageSize
	return q
}

func (q asked) href() string {
	v := url.Values{"q": {q.Text}}
	if q.Kind != "" {
		v.Set("slag", q.Kind)
	}
	if q.Municipality != "" {
		v.Set("kommune", q.Municipality)
	}
	if q.Year != 0 {
		v.Set("aar", strconv.Itoa(q.Year))
	}
	if q.page > 1 {
		v.Set("side", strconv.Itoa(q.page))
	}
	return "/sok?" + v.Encode()
}

// bare is the query without anything that narrows it.
func (q asked) bare() asked { return asked{Query: search.Query{Text: q.Text}, page: 1} }

func (p *pages) filter(t i18n.Printer, q asked, r search.Result) ui.Filter {
	out := ui.Filter{Action: "/sok", Submit: t.T("search.do"), Chosen: t.T("search.chosen"),
		Search: form.Field{Name: "q", Kind: form.Text, Label: t.T("search.field"), Value: q.Text}}
	if r.Asked {
		out.Hits = t.T("search.hits", "n", r.Total)
		if r.Least {
			out.Hits = t.T("search.hits.least", "n", r.Total)
		}
	}
	add := func(name, value, label string, without asked) {
		if value == "" || value == "0" {
			return
		}
		without.page = 1
		out.Hidden = append(out.Hidden, ui.Hidden{Name: name, Value: value})
		out.Chips = append(out.Chips, ui.Chip{Label: label, Href: without.href(), Remove: t.T("search.remove")})
	}
	noKind, noPlace, noYear := q, q, q
	noKind.Kind, noPlace.Municipality, noYear.Year = "", "", 0
	add("slag", q.Kind, p.kindLabel(t, q.Kind), noKind)
	add("kommune", q.Municipality, p.Place(q.Municipality), noPlace)
	add("aar", strconv.Itoa(q.Year), strconv.Itoa(q.Year), noYear)
	return out
}

func (p *pages) kindLabel(t i18n.Printer, name string) string {
	for _, k := range p.Search.Kinds() {
		if k.Name == name {
			return t.T(k.Search.Label)
		}
	}
	return name
}

// few is how many values of a facet are in view before the reader asks for more.
const few = 8

func (p *pages) facets(t i18n.Printer, q asked, r search.Result) []facetView {
	kind := func(v string) (string, asked, bool) {
		to := q
		to.Kind = v
		return p.kindLabel(t, v), to, q.Kind == v
	}
	municipality := func(v string) (string, asked, bool) {
		to := q
		to.Municipality = v
		return p.Place(v), to, q.Municipality == v
	}
	year := func(v string) (string, asked, bool) {
		to := q
		to.Year, _ = strconv.Atoi(v)
		return v, to, strconv.Itoa(q.Year) == v
	}
	var out []facetView
	for _, f := range []struct {
		title  i18n.Key
		counts []search.Count
		value  func(string) (string, asked, bool)
	}{{"search.facet.kind", r.Kinds, kind}, {"search.facet.municipality", r.Municipalities, municipality}, {"search.facet.year", r.Years, year}} {
		if len(f.counts) == 0 {
			continue
		}
		view := facetView{Title: t.T(f.title), MoreLabel: t.T("search.facet.more")}
		for i, c := range f.counts {
			label, to, current := f.value(c.Value)
			to.page = 1
			v := valueView{Label: label, Href: to.href(), N: t.Number(c.N), Current: current}
			if c.Least {
				v.N += "+"
			}
			if i < few || current {
				view.Values = append(view.Values, v)
			} else {
				view.More = append(view.More, v)
			}
		}
		slices.SortFunc(view.More, func(a, b valueView) int { return cmp.Compare(a.Label, b.Label) })
		out = append(out, view)
	}
	return out
}

func (p *pages) hit(t i18n.Printer, h search.Hit) hitView {
	v := hitView{ID: h.Kind.Name + "-" + h.ID, Href: h.Kind.Path + h.ID, Title: h.Title, Excerpt: h.Excerpt}
	if h.TitleLang != t.Language() {
		v.Lang = string(h.TitleLang)
	}
	about := []string{t.T(h.Kind.Search.Label)}
	if h.Number != "" {
		about = append(about, h.Number)
	}
	names := make([]string, 0, 3)
	for i, m := range h.Municipalities {
		if i == 3 {
			names = append(names, "…")
			break
		}
		names = append(names, p.Place(m))
	}
	if len(names) > 0 {
		about = append(about, strings.Join(names, ", "))
	}
	if !h.Day.IsZero() {
		about = append(about, t.Date(h.Day))
	}
	v.About = strings.Join(about, " · ")
	return v
}

func empty(t i18n.Printer, q asked, r search.Result) ui.Empty {
	if !r.Asked {
		return ui.Empty{Title: t.T("search.start.title"), Text: t.T("search.start.text")}
	}
	out := ui.Empty{Title: t.T("search.empty.title"), Text: t.T("search.empty.text")}
	if q.IsNarrowed() {
		out.Actions = append(out.Actions, ui.Action{Label: t.T("search.empty.filter"), Href: q.bare().href(), Variant: ui.Primary})
	}
	out.Actions = append(out.Actions, ui.Action{Label: t.T("search.empty.find"), Href: "/finn?" + url.Values{"q": {q.Text}}.Encode(), Variant: ui.Secondary})
	return out
}

func pager(t i18n.Printer, q asked, r search.Result) *ui.Pager {
	if r.Total <= search.PageSize {
		return nil
	}
	p := &ui.Pager{Label: t.T("search.pager"), Summary: t.T("search.pager.summary", "from", q.Skip+1, "to", min(q.Skip+search.PageSize, r.Total), "total", r.Total)}
	if q.page > 1 {
		prev := q
		prev.page--
		p.Prev = &ui.Link{Label: t.T("search.pager.prev"), Href: prev.href()}
	}
	if q.Skip+search.PageSize < r.Total {
		next := q
		next.page++
		p.Next = &ui.Link{Label: t.T("search.pager.next"), Href: next.href()}
	}
	return p
}
