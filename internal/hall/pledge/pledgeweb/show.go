package pledgeweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/pledge"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
)

// OnPool says on a pooled need's page how many seats are pledged, with the way to more.
func (p *Pages) OnPool(r *http.Request, actor access.Actor, of need.PoolID) (leaf.Section, error) {
	t := p.door.Printer(r)
	d, err := p.Pledges.Get(r.Context(), actor, pledge.Pool(of))
	if err != nil || d.Round == nil && !d.CanPledge {
		return leaf.Section{}, err
	}
	out := leaf.Section{ID: "plasser", Title: t.T("pledge.title"), Text: needed(t, d), Actions: []ui.Action{{Label: t.T("pledge.see"), Href: path(d.Target, ""), Variant: ui.Secondary}}}
	may, err := p.mayPledge(r, actor, d)
	if may {
		out.Actions = append([]ui.Action{{Label: t.T("pledge.new"), Context: d.Number, Href: path(d.Target, "/ny"), Variant: ui.Primary}}, out.Actions...)
	}
	return out, err
}

// OnOffering says on a programme's page how many more its offering needs to start, with the
// way to pledge; both are empty where nobody gathers seats for it.
func (p *Pages) OnOffering(r *http.Request, actor access.Actor, of offer.OfferingID) (note string, link *ui.Link, err error) {
	d, err := p.Pledges.Get(r.Context(), actor, pledge.Offering(of))
	if err != nil || d.Least == 0 || d.Ended || !d.CanPledge && d.Round == nil {
		return "", nil, err
	}
	t := p.door.Printer(r)
	link = &ui.Link{Label: t.T("pledge.see"), Href: path(d.Target, "")}
	if d.CanPledge {
		link.Label = t.T("pledge.see.offering")
	}
	n, known := d.Missing()
	switch {
	case d.Round == nil: // the offering says itself how many must apply
		return "", link, nil
	case known && n > 0 && d.Round.State != pledge.Started:
		return t.T("pledge.missing.offering", "n", n), link, nil
	}
	return needed(t, d), link, nil
}

// needed says how many more are needed to start, as far as the reader may know.
func needed(t i18n.Printer, d pledge.Detail) string {
	n, known := d.Missing()
	switch {
	case d.Least == 0:
		return t.T("pledge.least.unknown")
	case d.Round != nil && d.Round.State == pledge.Started:
		return t.T("pledge.started.on", "date", t.Date(d.Round.StartsOn))
	case d.Round == nil && d.Kind == pledge.ForPool:
		return t.T("pledge.least", "least", d.Least)
	case known && n == 0:
		return t.T("pledge.enough", "least", d.Least)
	case known:
		return t.T("pledge.missing", "n", n, "least", d.Least)
	}
	return t.T("pledge.few", "least", d.Least)
}

// show is the seats of a pooled need or of an offering.
func (p *Pages) show(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	d, err := p.find(r, actor)
	if err != nil {
		return err
	}
	may, err := p.mayPledge(r, actor, d)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: d.Title, Title: t.T("pledge.title"), Lead: needed(t, d), Actions: p.actions(t, actor, d, may)}, Crumbs: crumbs(t, d.Target)}
	if d.Round != nil && d.Involved() {
		def, _ := pledge.Flow().State(d.Round.State)
		page.Head.Tags = []ui.Tag{{Text: t.T(def.Label), Color: tagColor(d.Round.State)}}
		if ball := p.ball(t, actor, d); ball != nil {
			page.Side = append(page.Side, leaf.Section{ID: "ballen", Title: t.T("pledge.next"), Ball: ball})
		}
		page.Side = append(page.Side, leaf.Section{ID: "historikk", Title: t.T("pledge.history"), Timeline: history(t, d)})
	}
	page.Main = append(page.Main, leaf.Section{ID: "tall", Title: t.T("pledge.sums"), Facts: sums(t, d), Text: asOf(t, d)})
	if len(d.Mine) > 0 {
		page.Main = append(page.Main, leaf.Section{ID: "dine", Title: t.T("pledge.own"), Cards: p.cards(t, d.Mine, d.CanPledge)})
	}
	if d.Partner {
		all := leaf.Section{ID: "alle", Title: t.T("pledge.all"), Text: t.T(only(d.Target)), Cards: p.cards(t, d.All, false)}
		if len(d.All) == 0 {
			all.Empty = &ui.Empty{Title: t.T("pledge.none"), Text: t.T("pledge.none.text")}
		}
		page.Main = append(page.Main, all)
	}
	page.Main = append(page.Main, leaf.Section{ID: "hva", Title: t.T("pledge.what"), Points: points(t)})
	return leaf.Show(p.door, w, r, actor, page)
}

// only says who reads who has pledged.
func only(of pledge.Target) i18n.Key {
	if of.Kind == pledge.ForOffering {
		return "pledge.all.text.offering"
	}
	return "pledge.all.text"
}

func tagColor(s flow.State) ui.Color {
	switch s {
	case pledge.Enough, pledge.Started:
		return ui.Success
	case pledge.Lapsed:
		return ui.Warning
	}
	return ui.Info
}

// points say what each sort of seat means.
func points(t i18n.Printer) []ui.Point {
	var out []ui.Point
	for _, s := range pledge.Sorts() {
		out = append(out, ui.Point{Text: t.T(s.Label()) + ": " + t.T(i18n.Key("pledge.sort.hint."+string(s)))})
	}
	return out
}

func (p *Pages) actions(t i18n.Printer, actor access.Actor, d pledge.Detail, mayPledge bool) []ui.Action {
	var out []ui.Action
	add := func(may bool, label i18n.Key, more string, v ui.Variant) {
		if may {
			out = append(out, ui.Action{Label: t.T(label), Href: path(d.Target, more), Variant: v})
		}
	}
	add(d.CanStart, "pledge.start", "/start", ui.Primary)
	add(mayPledge && !d.CanStart, "pledge.new", "/ny", ui.Primary)
	if d.Kind == pledge.ForOffering && !d.Partner && actor.SignedIn() && d.Round != nil && d.Round.State == pledge.Started {
		out = append(out, ui.Action{Label: t.T("pledge.apply"), Href: home(d.Target) + "/" + d.ID + "/sok", Variant: ui.Primary})
	}
	add(d.CanSteer, "pledge.due", "/frist", ui.Secondary)
	add(d.CanSteer, "pledge.end", "/avslutt", ui.Tertiary)
	if actor.SignedIn() {
		out = append(out, ui.Action{Label: t.T("pledge.mine"), Href: "/plasser", Variant: ui.Tertiary})
	}
	return out
}

// sums are the numbers: those of this moment for partners, the published one for others.
func sums(t i18n.Printer, d pledge.Detail) *ui.Facts {
	var out []ui.Fact
	add := func(label i18n.Key, value string) { out = append(out, ui.Fact{Label: t.T(label), Text: value}) }
	if d.Least > 0 {
		add("pledge.fact.least", strconv.Itoa(d.Least))
	}
	switch {
	case d.Kind == pledge.ForPool:
	case d.Partner:
		add("pledge.fact.in", strconv.Itoa(d.In()))
	case d.Shown != nil:
		add("pledge.fact.in", strconv.Itoa(*d.Shown))
	}
	switch {
	case d.Partner:
		add("pledge.fact.binding", strconv.Itoa(d.Sums.Binding))
		add("pledge.fact.intention", strconv.Itoa(d.Sums.Intentions))
		add("pledge.fact.wish", strconv.Itoa(d.Sums.Wishes))
	case d.Published.Known:
		add("pledge.fact.counted", strconv.Itoa(d.Published.Value))
	default:
		add("pledge.fact.counted", t.T("pledge.fact.few"))
	}
	if d.Round != nil && !d.Round.Due.IsZero() {
		add("pledge.field.due", t.Date(d.Round.Due))
	}
	return &ui.Facts{Items: out}
}

func asOf(t i18n.Printer, d pledge.Detail) string {
	if d.Partner || d.AsOf.IsZero() {
		return ""
	}
	return t.T("pledge.as_of", "date", t.Date(d.AsOf.Date()))
}

// whose is for whom a pledge is.
func whose(t i18n.Printer, x pledge.Pledge) string {
	if x.Org == "" {
		return t.T("pledge.person")
	}
	return x.OrgName
}

func (p *Pages) cards(t i18n.Printer, list []pledge.Pledge, mine bool) []ui.Card {
	var out []ui.Card
	for _, x := range list {
		c := ui.Card{Kicker: t.Date(x.MadeAt.Date()), Title: whose(t, x), Facts: facts(t, x)}
		if mine {
			c.Actions = ownActions(t, x)
		}
		out = append(out, c)
	}
	return out
}

func facts(t i18n.Printer, x pledge.Pledge) []ui.Fact {
	out := []ui.Fact{{Label: t.T("pledge.field.sort"), Text: t.T(x.Sort.Label())}, {Label: t.T("pledge.field.seats"), Text: strconv.Itoa(x.Seats)}}
	if !x.ValidTo.IsZero() {
		out = append(out, ui.Fact{Label: t.T("pledge.field.valid_to"), Text: t.Date(x.ValidTo)})
	}
	return out
}

func ownActions(t i18n.Printer, x pledge.Pledge) []ui.Action {
	return []ui.Action{{Label: t.T("pledge.change"), Context: whose(t, x), Href: "/plasser/" + string(x.ID) + "/endre", Variant: ui.Secondary},
		{Label: t.T("pledge.withdraw"), Context: whose(t, x), Href: "/plasser/" + string(x.ID) + "/trekk", Post: true, Variant: ui.Tertiary}}
}

// mine lists what the reader and the reader's organisations have pledged.
func (p *Pages) mine(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Pledges.Mine(r.Context(), actor)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "plassene", Title: t.T("pledge.mine.list")}
	for _, x := range list {
		def, _ := pledge.Flow().State(x.State)
		s.Cards = append(s.Cards, ui.Card{Kicker: whose(t, x.Pledge), Title: x.For.Title, Href: path(x.For, ""), Tags: []ui.Tag{{Text: t.T(def.Label), Color: tagColor(x.State)}},
			Facts: facts(t, x.Pledge), Actions: ownActions(t, x.Pledge)})
	}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("pledge.mine.none"), Text: t.T("pledge.mine.none.text"), Actions: []ui.Action{{Label: t.T("pledge.pools"), Href: "/felles", Variant: ui.Secondary}}}
	}
	return leaf.Show(p.door, w, r, actor, leaf.Page{Head: ui.Head{Title: t.T("pledge.mine"), Lead: t.T("pledge.mine.lead")}, Main: []leaf.Section{s}})
}

// ball says who acts next; nil when the round has ended.
func (p *Pages) ball(t i18n.Printer, actor access.Actor, d pledge.Detail) *ui.Ball {
	if d.Ball.Party == flow.Nobody {
		return nil
	}
	b := &ui.Ball{Label: t.T("pledge.ball"), Who: d.BallName, Note: t.T(i18n.Key("pledge.expect." + string(d.Round.State))), State: ui.BallWaiting}
	if actor.HasAt(d.Ball.Org, access.RoleProviderUser, access.RoleSecretary, access.RoleIntermediary, access.RoleMunicipalLead, access.RoleCaseOfficer) {
		b.State = ui.BallMine
	}
	today := p.Clock.Today()
	if !d.Ball.Due.IsZero() {
		b.Due = t.T("pledge.by", "date", t.Day(d.Ball.Due, today))
		if d.Ball.Due.Before(today) {
			b.State, b.Tags = ui.BallLate, []ui.Tag{{Text: t.T("pledge.late"), Color: ui.Danger}}
		}
	}
	return b
}

func history(t i18n.Printer, d pledge.Detail) *ui.Timeline {
	out := &ui.Timeline{Label: t.T("pledge.history")}
	for i := len(d.Steps) - 1; i >= 0; i-- {
		s := d.Steps[i]
		def, _ := pledge.Flow().State(s.To)
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Text: t.T(def.Label), Note: s.Note})
	}
	return out
}
