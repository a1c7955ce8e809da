// Package needpaper makes papers about needs: the list of needs for a meeting,
// by region, with figures, where each need stands and who has the ball.
package needpaper

import (
	"embed"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/paperview"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/wording"
)

// Files are the texts, Papers the templates.
//
//go:embed text/*.json
var Files embed.FS

// Papers are the templates.
//
//go:embed paper/*.md
var Papers embed.FS

// maxNeeds is how many needs a paper has room for: more is no paper for a
// meeting, and takes WeasyPrint longer than a reader waits.
const maxNeeds = 300

// Path is where the list for a meeting is; it takes the query of the list.
const Path = "/behov/moteliste"

// MeetingList is the kind of paper.
func MeetingList() paper.Kind {
	return paper.Kind{Name: "behovsliste", Files: Papers, Values: []string{"needs", "firms", "people", "choice", "few", "empty"},
		Blocks: []string{"regions", "fields", "needs_by_region"}}
}

// Deps is what the papers need.
type Deps struct {
	Lists  *list.Service
	Places *place.Register
	Clock  clock.Clock
	Shelf  *paperview.Shelf
	// Query reads a list's address, as the list itself does.
	Query func(url.Values) (list.Query, error)
	// PublicURL begins the links to the needs.
	PublicURL string
}

type papers struct {
	Deps
	door *gate.Door
}

// Register adds the routes. They are open, as the list is: a reader gets the
// needs that he may see.
func Register(d *gate.Door, deps Deps) {
	p := &papers{Deps: deps, door: d}
	deps.Shelf.Pages(Path, gate.Public(), p.meetingList)
}

func (p *papers) meetingList(r *http.Request, actor access.Actor) (paperview.Paper, error) {
	t := p.door.Printer(r)
	q, err := p.Query(r.URL.Query())
	if err != nil {
		return paperview.Paper{}, err
	}
	var rows []list.Row
	for row, err := range p.Lists.Export(r.Context(), actor, q) {
		if err != nil {
			return paperview.Paper{}, err
		}
		if row.State == need.Draft { // nobody's business but the owner's
			continue
		}
		if rows = append(rows, row); len(rows) > maxNeeds {
			_, total, err := p.Lists.List(r.Context(), actor, q)
			if err != nil {
				return paperview.Paper{}, err
			}
			return paperview.Paper{}, paperview.TooMany(total, maxNeeds)
		}
	}
	v := paper.Values{"choice": paper.Text(choice(t, p.Places, r.URL.Query()))}
	if len(rows) == 0 {
		v["empty"] = paper.Text(t.T("needpaper.empty"))
	} else {
		p.fill(t, actor, rows, v)
	}
	doc, err := p.Shelf.Fill(r, actor, MeetingList().Name, v)
	back := strings.TrimSuffix("/behov?"+r.URL.Query().Encode(), "?")
	return paperview.Paper{Document: doc, File: "behovsliste-" + p.Clock.Today().String(), Back: ui.Link{Label: t.T("need.list.title"), Href: back}}, err
}

// choice says in words what the list was narrowed by.
func choice(t i18n.Printer, places *place.Register, q url.Values) string {
	var parts []string
	add := func(label i18n.Key, value string) {
		if value != "" {
			parts = append(parts, t.T("needpaper.choice", "label", t.T(label), "value", value))
		}
	}
	in := form.Read(q)
	add("needpaper.choice.text", in.Text("q"))
	if s := q.Get("state"); s != "" {
		add("need.label.state", t.T(need.StateLabel(flow.State(s))))
	}
	if s := need.Purpose(q.Get("purpose")); s != "" {
		add("need.label.purpose", t.T(s.Label()))
	}
	if s := need.Level(q.Get("level")); s != "" {
		add("need.label.level", t.T(s.Label()))
	}
	add("need.label.municipality", in.Text("municipality"))
	if s := q.Get("region"); s != "" {
		add("need.label.region", wording.Region(t, places, need.Region(s)))
	}
	for name, label := range map[string]i18n.Key{"mine": "needpaper.choice.mine", "ball": "needpaper.choice.ball", "overdue": "needpaper.choice.overdue"} {
		if q.Get(name) != "" {
			parts = append(parts, t.T(label))
		}
	}
	slices.Sort(parts)
	return strings.Join(parts, "; ")
}
