package councilweb

import (
	"net/http"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
)

type agreementView struct {
	web.Page
	Head       ui.Head
	Parts      ui.Tabs
	Notices    []ui.Notice
	Empty      ui.Empty
	Facts      ui.Facts
	Why        []string
	Paragraphs []paragraphView
	Write      []ui.Action // what the secretary can do with a draft
	Answers    ui.Table
	Answered   string
	Check      []ui.Point
	ToCheck    []ui.Action
	Money      []ui.Point
	Members    []ui.Point
	Admit      []ui.Action
	Versions   ui.Timeline
	Compare    []ui.Action
}

// paragraphView is a paragraph as the page shows it.
type paragraphView struct {
	ID, Sign, Heading string
	Words             []string
	Tag               *ui.Tag
	Actions           []ui.Action
}

// constituted is when the municipal councils elected in 2019 had constituted
// themselves, from which the time to get a new agreement counts.
var constituted = clock.MustDate("2019-10-31")

func (p *pages) agreement(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	id, err := councilview.Body(r)
	if err != nil {
		return err
	}
	all, b, is, err := p.Councils.Agreement(r.Context(), actor, id)
	if err != nil {
		return err
	}
	t, today := p.door.Printer(r), p.Clock.Today()
	view := agreementView{Page: p.door.Frame(r, actor, t.T("council.agreement.of", "name", b.Name)), Head: ui.Head{Kicker: b.Name, Title: t.T("council.agreement"), Lead: t.T("council.agreement.lead")},
		Parts: councilview.Parts(t, b.ID, "/avtale"), Empty: ui.Empty{Title: t.T("council.agreement.none"), Text: t.T("council.agreement.none.text")}}
	view.Crumbs = councilview.Crumbs(t, b)
	shown, ok, err := pick(r, all, today)
	if err != nil {
		return err
	}
	if ok {
		view.show(t, all, shown, b, is, today)
	}
	if is.Keeps && !hasDraft(all) {
		begin := ui.Action{Label: t.T("council.begin"), Href: path(b.ID, "/avtale/ny"), Variant: ui.Secondary}
		view.Head.Actions, view.Empty.Actions = append(view.Head.Actions, begin), []ui.Action{begin}
	}
	view.Versions = versionLine(t, b.ID, all, today)
	view.Members = memberPoints(t, b)
	if is.Keeps {
		view.Admit = []ui.Action{{Label: t.T("council.admit"), Href: "/saker/ny?kind=admission&body=" + string(b.ID), Variant: ui.Secondary}}
	}
	if len(all) > 1 {
		view.Compare = []ui.Action{{Label: t.T("council.compare.go"), Href: path(b.ID, "/avtale/sammenlign"), Variant: ui.Secondary}}
	}
	return p.door.Views.Render(w, http.StatusOK, "council/agreement", view)
}

func hasDraft(all []council.Version) bool {
	for _, v := range all {
		if v.State == council.Draft {
			return true
		}
	}
	return false
}

// pick is the version that the address asks for: by default the one in force, else the
// newest.
func pick(r *http.Request, all []council.Version, today clock.Date) (council.Version, bool, error) {
	if nr := r.URL.Query().Get("versjon"); nr != "" {
		for _, v := range all {
			if strconv.Itoa(v.Nr) == nr {
				return v, true, nil
			}
		}
		return council.Version{}, false, fault.Missing()
	}
	if v, ok := council.InForce(all, today); ok {
		return v, true, nil
	}
	if len(all) > 0 {
		return all[0], true, nil
	}
	return council.Version{}, false, nil
}

// show fills in the version.
func (view *agreementView) show(t i18n.Printer, all []council.Version, v council.Version, b council.Body, is council.Standing, today clock.Date) {
	members := b.MembersOn(today)
	view.Head.Title, view.Head.Tags = v.Title, []ui.Tag{versionTag(t, all, v, today, members)}
	view.Facts = ui.Facts{Items: versionFacts(t, b, v, is)}
	if v.Why != "" {
		view.Why = strings.Split(v.Why, "\n")
	}
	for _, x := range all {
		if x.ID != v.ID && x.State == council.Sent {
			n := ui.Notice{Text: t.T("council.agreement.coming", "title", x.Title), Links: []ui.Link{{Label: t.T("council.agreement.see"), Href: path(b.ID, "/avtale?versjon="+strconv.Itoa(x.Nr))}}}
			view.Notices = append(view.Notices, n)
		}
	}
	if current, ok := council.InForce(all, today); ok && current.ID != v.ID {
		view.Notices = append(view.Notices, ui.Notice{Color: ui.Warning, Text: t.T("council.agreement.other", "title", current.Title),
			Links: []ui.Link{{Label: t.T("council.agreement.current"), Href: path(b.ID, "/avtale")}}})
	}
	view.Paragraphs = paragraphViews(t, all, v, is)
	if is.Keeps && v.State == council.Draft {
		at := "/avtaler/" + string(v.ID)
		view.Write = []ui.Action{{Label: t.T("council.send"), Href: at + "/vedtak", Variant: ui.Primary}, {Label: t.T("council.paragraph.new"), Href: at + "/paragraf", Variant: ui.Secondary},
			{Label: t.T("council.head.edit"), Href: at + "/rediger", Variant: ui.Secondary}, {Label: t.T("council.drop"), Href: at + "/gi-opp", Variant: ui.Tertiary}}
	}
	if is.Keeps && v.State == council.Sent {
		view.Write = []ui.Action{{Label: t.T("council.drop"), Href: "/avtaler/" + string(v.ID) + "/gi-opp", Variant: ui.Tertiary}}
	}
	if v.ByMembers && v.State != council.Draft && v.State != council.Dropped {
		view.Answers, view.Answered = answerTable(t, v, members, is), answered(t, v, members)
	}
	view.Check = checkSummary(t, v)
	view.ToCheck = []ui.Action{{Label: t.T("council.check.go"), Href: path(b.ID, "/avtale/sjekk?versjon="+strconv.Itoa(v.Nr)), Variant: ui.Secondary}}
	view.Money = moneyPoints(t, b.Terms)
}

// versionTag says how far the version has come.
func versionTag(t i18n.Printer, all []council.Version, v council.Version, today clock.Date, members []council.Member) ui.Tag {
	switch v.State {
	case council.Draft:
		return ui.Tag{Text: t.T("council.state.draft"), Color: ui.Neutral}
	case council.Sent:
		tally := v.Tally(members)
		if tally.No > 0 {
			return ui.Tag{Text: t.T("council.state.refused", "n", tally.Yes, "of", tally.Of), Color: ui.Danger}
		}
		return ui.Tag{Text: t.T("council.state.sent", "n", tally.Yes, "of", tally.Of), Color: ui.Warning}
	case council.Dropped:
		return ui.Tag{Text: t.T("council.state.dropped"), Color: ui.Neutral}
	}
	if current, ok := council.InForce(all, today); ok && current.ID == v.ID {
		return ui.Tag{Text: t.T("council.state.in_force"), Color: ui.Success}
	}
	if v.From.After(today) {
		return ui.Tag{Text: t.T("council.state.coming", "date", v.From), Color: ui.Info}
	}
	return ui.Tag{Text: t.T("council.state.replaced"), Color: ui.Neutral}
}

func versionFacts(t i18n.Printer, b council.Body, v council.Version, is council.Standing) []ui.Fact {
	var out []ui.Fact
	add := func(label i18n.Key, text string) {
		if text != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: text})
		}
	}
	if !v.DecidedOn.IsZero() {
		out = append(out, ui.Fact{Label: t.T("council.decided"), Lines: []string{v.DecidedBy, t.Date(v.DecidedOn)}})
	}
	if v.Item.ID != "" {
		out = append(out, ui.Fact{Label: t.T("council.item"), Link: &ui.Link{Label: v.Item.Number + " " + v.Item.Title, Href: itemLink(v.Item, is)}})
	}
	if !v.From.IsZero() {
		add("council.from", t.Date(v.From))
	}
	if !v.Until.IsZero() {
		add("council.until", t.Date(v.Until))
	}
	add("council.dropped.why", v.DroppedWhy)
	for _, s := range b.RuleSets {
		if s.ID == v.Rules {
			out = append(out, ui.Fact{Label: t.T("council.rules"), Link: &ui.Link{Label: t.T("council.rules.of", "title", s.Title, "date", s.ValidFrom), Href: path(b.ID, "/regler")}})
		}
	}
	add("council.archive", orSilent(t, v.ArchiveName))
	add("council.dissolution", orSilent(t, v.Dissolution))
	if !b.From.After(constituted) {
		add("council.transition", t.T("council.transition.text", "date", council.TransitionDeadline(constituted)))
	}
	return out
}

func orSilent(t i18n.Printer, s string) string {
	if s == "" {
		return t.T("council.silent")
	}
	return s
}

func paragraphViews(t i18n.Printer, all []council.Version, v council.Version, is council.Standing) []paragraphView {
	changes := map[int]council.Change{}
	if base, ok := council.Before(all, v); ok {
		for _, c := range council.Compare(base, v, true) {
			changes[c.Now.Nr] = c
		}
	}
	var out []paragraphView
	for _, x := range v.Paragraphs {
		one := paragraphView{ID: "p" + strconv.Itoa(x.Nr), Sign: council.Sign(x.Nr), Heading: x.Heading, Words: strings.Split(x.Words, "\n")}
		if c := changes[x.Nr]; c.Kind == council.Added || c.Kind == council.Changed {
			one.Tag = &ui.Tag{Text: t.T(changeLabel(c.Kind)), Color: changeColor(c.Kind)}
		}
		if is.Keeps && v.State == council.Draft {
			at := "/avtaler/" + string(v.ID) + "/paragraf/" + strconv.Itoa(x.Nr)
			one.Actions = []ui.Action{{Label: t.T("council.paragraph.edit"), Context: one.Sign, Href: at, Variant: ui.Secondary}, {Label: t.T("council.paragraph.out"), Context: one.Sign, Href: at + "/ta-ut", Variant: ui.Tertiary}}
		}
		out = append(out, one)
	}
	return out
}

// versionLine is all versions, newest first.
func versionLine(t i18n.Printer, b council.BodyID, all []council.Version, today clock.Date) ui.Timeline {
	out := ui.Timeline{Label: t.T("council.versions")}
	for _, v := range all {
		e := ui.Event{When: t.T("council.version", "nr", v.Nr), Who: v.Title, Href: path(b, "/avtale?versjon="+strconv.Itoa(v.Nr)), Text: versionTag(t, all, v, today, nil).Text}
		switch {
		case !v.From.IsZero():
			e.When, e.ISO = t.Date(v.From), v.From.String()
		case !v.DecidedOn.IsZero():
			e.When, e.ISO = t.Date(v.DecidedOn), v.DecidedOn.String()
		}
		if v.State == council.Sent {
			e.Text = t.T("council.state.with_members")
		}
		out.Items = append(out.Items, e)
	}
	return out
}

// moneyPoints say what the council cannot decide about money, before anybody writes a
// case of it.
func moneyPoints(t i18n.Printer, terms council.Terms) []ui.Point {
	if terms.MoneyWhere == "" {
		return nil
	}
	return []ui.Point{{Kind: ui.No, Text: t.T("council.money.loans", "where", terms.MoneyWhere)}, {Kind: ui.No, Text: t.T("council.money.obligations", "where", terms.MoneyWhere)},
		{Kind: ui.Yes, Text: t.T("council.money.fee", "where", terms.MoneyWhere)}, {Kind: ui.Yes, Text: t.T("council.money.deposits", "where", terms.MoneyWhere)}}
}

func memberPoints(t i18n.Printer, b council.Body) []ui.Point {
	var out []ui.Point
	for _, m := range b.Members {
		text := t.T("council.member.since", "name", m.Name, "date", m.From)
		if !m.To.IsZero() {
			text = t.T("council.member.until", "name", m.Name, "date", m.From, "to", m.To)
		}
		out = append(out, ui.Point{Kind: ui.Plain, Text: text})
	}
	return out
}
