package bodyweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/rule"
)

type rulesView struct {
	web.Page
	Head     ui.Head
	Notices  []ui.Notice
	Facts    ui.Facts
	Topics   []topic
	Notes    []ui.Point
	Law      []ruleLine
	Versions ui.Timeline
	Compare  []ui.Action
	Empty    ui.Empty
}

// topic is rules about the same under a heading.
type topic struct {
	Title string
	Lines []ruleLine
}

// ruleLine is one rule in words with where it is from.
type ruleLine struct{ Text, Source string }

func (p *pages) rules(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	title := t.T("body.rules.title", "name", d.Name)
	view := rulesView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Kicker: d.Name, Title: t.T("body.rules.head"), Lead: t.T("body.rules.lead")},
		Empty: ui.Empty{Title: t.T("body.rules.none.title"), Text: t.T("body.rules.none.text"),
			Actions: []ui.Action{{Label: t.T("body.back"), Href: path(d.ID, ""), Variant: ui.Secondary}}}}
	view.Crumbs = crumbs(t, d)
	shown, ok := d.RulesOn(today)
	if nr := r.URL.Query().Get("versjon"); nr != "" {
		if shown, ok = version(d, nr); !ok {
			return fault.Missing()
		}
	}
	if ok {
		view.Facts = ui.Facts{Items: aboutVersion(t, d, shown)}
		view.Topics = topics(t, shown.Rules)
		for _, f := range shown.Rules.Validate() {
			if f.Note {
				view.Notes = append(view.Notes, ui.Point{Text: f.Line.In(t)})
			}
		}
		if shown.Rules.Elected {
			view.Law = law(t, shown)
		}
		if current, _ := d.RulesOn(today); current.ID != shown.ID {
			view.Notices = append(view.Notices, otherVersion(t, d, shown, current))
		}
		view.Head.Tags = []ui.Tag{electedTag(t, shown.Rules)}
	}
	view.Versions = versions(t, d)
	if len(d.Rules) > 1 {
		view.Compare = []ui.Action{{Label: t.T("body.compare.go"), Href: path(d.ID, "/regler/sammenlign"), Variant: ui.Secondary}}
	}
	if len(d.Rules) > 0 {
		view.Head.Actions = []ui.Action{{Label: t.T("body.try"), Href: path(d.ID, "/regler/prov"), Variant: ui.Secondary}}
	}
	may, err := p.Bodies.MayChange(r.Context(), actor, d.ID)
	if err != nil {
		return err
	}
	if may {
		view.Head.Actions = append(view.Head.Actions, ui.Action{Label: t.T("body.adopt"), Href: path(d.ID, "/regler/ny"), Variant: ui.Secondary})
	}
	return p.door.Views.Render(w, http.StatusOK, "body/rules", view)
}

// version is the version with the number as it is typed.
func version(d meeting.Details, nr string) (meeting.RuleSet, bool) {
	for _, v := range d.Rules {
		if strconv.Itoa(v.Nr) == nr {
			return v, true
		}
	}
	return meeting.RuleSet{}, false
}

func aboutVersion(t i18n.Printer, d meeting.Details, v meeting.RuleSet) []ui.Fact {
	out := []ui.Fact{{Label: t.T("body.rules.document"), Text: v.Title}, {Label: t.T("body.rules.adopted_by"), Text: v.AdoptedBy},
		{Label: t.T("body.rules.valid_from"), Text: t.Date(v.ValidFrom)}}
	for i, other := range d.Rules {
		if other.ID == v.ID && i > 0 {
			out = append(out, ui.Fact{Label: t.T("body.rules.valid_to"), Text: t.Date(d.Rules[i-1].ValidFrom.AddDays(-1))})
		}
	}
	return out
}

// otherVersion says that the rules shown are not those in force today.
func otherVersion(t i18n.Printer, d meeting.Details, shown, current meeting.RuleSet) ui.Notice {
	n := ui.Notice{Color: ui.Warning, Text: t.T("body.rules.old")}
	if shown.ValidFrom.After(current.ValidFrom) {
		n.Text = t.T("body.rules.coming", "date", shown.ValidFrom)
	}
	n.Links = []ui.Link{{Label: t.T("body.rules.current"), Href: path(d.ID, "/regler")}}
	return n
}

// topics are the rules in words, those about the same together.
func topics(t i18n.Printer, rules rule.Set) []topic {
	var out []topic
	for _, w := range rules.Words() {
		title := t.T(w.Heading())
		if len(out) == 0 || out[len(out)-1].Title != title {
			out = append(out, topic{Title: title})
		}
		last := &out[len(out)-1]
		last.Lines = append(last.Lines, ruleLine{Text: w.Line.In(t), Source: w.Source.Line().In(t)})
	}
	return out
}

// law is what the law says in any case to an elected body, on the day that the
// version came into force.
func law(t i18n.Printer, v meeting.RuleSet) []ruleLine {
	var out []ruleLine
	for _, c := range rule.Law(v.ValidFrom) {
		out = append(out, ruleLine{Text: c.Says.In(t), Source: rule.ByLaw(c.Where).Line().In(t)})
	}
	return out
}

// versions are all versions, newest first, each with a way to see what it changed.
func versions(t i18n.Printer, d meeting.Details) ui.Timeline {
	out := ui.Timeline{Label: t.T("body.rules.versions")}
	for _, v := range d.Rules {
		out.Items = append(out.Items, ui.Event{When: t.Date(v.ValidFrom), ISO: v.ValidFrom.String(), Who: v.Title,
			Href: path(d.ID, "/regler?versjon="+strconv.Itoa(v.Nr)), Text: t.T("body.rules.by", "decision", v.AdoptedBy)})
	}
	return out
}

type compareView struct {
	web.Page
	Head    ui.Head
	Form    compareForm
	Submit  ui.Actions
	Changes []change
	Same    string // what to say when nothing differs
}

type compareForm struct{ From, To form.Field }

// change is a rule that the two versions say differently.
type change struct {
	Title       string
	Was, Now    ruleLine
	WasH, NowH  string
	New, Gone   string
	SourceOnly  string
	HasWas, Has bool
}

// compare shows what differs between two versions; by default the newest two.
func (p *pages) compare(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	d, err := p.find(r)
	if err != nil {
		return err
	}
	if len(d.Rules) < 2 {
		return fault.Missing()
	}
	t, in := p.door.Printer(r), form.Read(r.URL.Query())
	was, now := d.Rules[1], d.Rules[0]
	var numbers []string
	for _, v := range d.Rules {
		numbers = append(numbers, strconv.Itoa(v.Nr))
	}
	if v, ok := version(d, in.Choice("fra", numbers...)); ok {
		was = v
	}
	if v, ok := version(d, in.Choice("til", numbers...)); ok {
		now = v
	}
	view := compareView{Page: p.door.Frame(r, actor, t.T("body.compare.title", "name", d.Name)),
		Head: ui.Head{Kicker: d.Name, Title: t.T("body.compare.head"), Lead: t.T("body.compare.lead", "was", was.Title, "now", now.Title)},
		Form: compareForm{From: versionField(t, "fra", "body.compare.from", d, was), To: versionField(t, "til", "body.compare.to", d, now)},
		Submit: ui.Actions{Items: []ui.Action{{Label: t.T("body.compare.do"), Submit: true, Variant: ui.Primary},
			{Label: t.T("body.rules.current"), Href: path(d.ID, "/regler"), Variant: ui.Tertiary}}}}
	view.Crumbs = append(crumbs(t, d), ui.Link{Label: t.T("body.rules.head"), Href: path(d.ID, "/regler")})
	view.Changes = changes(t, was.Rules, now.Rules)
	if len(view.Changes) == 0 {
		view.Same = t.T("body.compare.same")
	}
	status := http.StatusOK
	if err := in.Err(); err != nil {
		status = http.StatusUnprocessableEntity
		view.Refused(form.Refill(&view.Form, r.URL.Query(), err, t))
	}
	return p.door.Views.Render(w, status, "body/compare", view)
}

func versionField(t i18n.Printer, name string, label i18n.Key, d meeting.Details, chosen meeting.RuleSet) form.Field {
	f := form.Field{Name: name, Kind: form.Select, Label: t.T(label), Value: strconv.Itoa(chosen.Nr)}
	for _, v := range d.Rules {
		f.Options = append(f.Options, form.Option{Value: strconv.Itoa(v.Nr), Label: t.T("body.version", "date", v.ValidFrom, "title", v.Title), Selected: v.ID == chosen.ID})
	}
	return f
}

// changes are the differences in words.
func changes(t i18n.Printer, was, now rule.Set) []change {
	var out []change
	for _, x := range rule.Compare(was, now) {
		c := change{Title: t.T(x.Heading()), WasH: t.T("body.compare.was"), NowH: t.T("body.compare.now"),
			HasWas: !x.Was.Line.IsZero(), Has: !x.Now.Line.IsZero()}
		if c.HasWas {
			c.Was = ruleLine{Text: x.Was.Line.In(t), Source: x.Was.Source.Line().In(t)}
		} else {
			c.New = t.T("body.compare.new")
		}
		if c.Has {
			c.Now = ruleLine{Text: x.Now.Line.In(t), Source: x.Now.Source.Line().In(t)}
		} else {
			c.Gone = t.T("body.compare.gone")
		}
		if x.SourceOnly {
			c.SourceOnly = t.T("body.compare.source_only")
		}
		out = append(out, c)
	}
	return out
}
