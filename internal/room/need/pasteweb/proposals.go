package pasteweb

import (
	"context"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/notes/sentence"
	"kompetansetorg/internal/room/need/paste"
	"kompetansetorg/internal/room/need/wording"
)

type proposalsView struct {
	web.Page
	Head   ui.Head
	Status *ui.Notice
	Cards  []ui.Card
	Empty  *ui.Empty
	Text   ui.Details
	Drop   ui.Action
}

// proposals shows what was found, each as a card that says why.
func (p *pages) proposals(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.find(r, actor)
	if err != nil {
		return err
	}
	t := p.door.Printer(r)
	title := t.T("paste.proposals.title")
	open := x.Count(paste.Open)
	view := proposalsView{Page: p.door.Frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T("paste.proposals.lead")},
		Text: ui.Details{Summary: t.T("paste.read_text"), Paragraphs: append([]string{t.T("paste.read_text.hint")}, paragraphs(x.Body)...)}, Drop: dropAction(t, x.ID, ui.Secondary)}
	view.Crumbs = []ui.Link{{Label: t.T("paste.crumb"), Href: "/behov"}, {Label: t.T("paste.title"), Href: "/behov/lim-inn"}}
	switch {
	case len(x.Items) == 0:
		view.Head.Lead = ""
		view.Empty = &ui.Empty{Title: t.T("paste.none"), Text: t.T("paste.none.text"),
			Actions: []ui.Action{{Label: t.T("paste.none.form"), Href: "/behov/ny", Variant: ui.Primary}, {Label: t.T("paste.again"), Href: "/behov/lim-inn", Variant: ui.Secondary}}}
	case open == 0:
		view.Status = &ui.Notice{Color: ui.Success, Title: t.T("paste.all_done"), Text: t.T("paste.all_done.text", "n", x.Count(paste.Taken)),
			Links: []ui.Link{{Label: t.T("paste.all_done.list"), Href: "/behov?mine=1&state=draft"}}}
	default:
		view.Status = &ui.Notice{Text: t.T("paste.progress", "open", open, "all", len(x.Items), "date", t.Date(x.Expires.Date()))}
	}
	for nr := range x.Items {
		card, err := p.card(r.Context(), t, x, nr)
		if err != nil {
			return err
		}
		view.Cards = append(view.Cards, card)
	}
	return p.door.Views.Render(w, http.StatusOK, "paste/proposals", view)
}

// paragraphs are the lines of a text that hold something.
func paragraphs(body string) []string {
	var out []string
	for _, l := range strings.Split(body, "\n") {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func anchor(nr int) string { return "forslag-" + strconv.Itoa(nr+1) }

func (p *pages) card(ctx context.Context, t i18n.Printer, x paste.Paste, nr int) (ui.Card, error) {
	item := x.Items[nr]
	c := ui.Card{ID: anchor(nr), Top: true, Kicker: t.T("paste.card", "nr", nr+1, "all", len(x.Items)), Title: need.TitleOf(item.Text)}
	if c.Title != strings.TrimSuffix(item.Text, ".") {
		c.Text = item.Text
	}
	context := t.T("paste.card.context", "nr", nr+1)
	post := func(label i18n.Key, to, value string, v ui.Variant) ui.Action {
		return ui.Action{Label: t.T(label), Context: context, Post: true, Href: itemPath(x.ID, nr) + to, Name: "again", Value: value, Variant: v}
	}
	switch item.State {
	case paste.Taken:
		c.Color, c.Tags = ui.Success, []ui.Tag{{Text: t.T(item.State.Label()), Color: ui.Success}}
		c.Actions = []ui.Action{{Label: t.T("paste.open_draft"), Context: context, Href: "/behov/" + string(item.Need) + "/rediger", Variant: ui.Secondary}}
		return c, nil
	case paste.Left:
		c.Tags = []ui.Tag{{Text: t.T(item.State.Label()), Color: ui.Neutral}}
		c.Actions = []ui.Action{post("paste.take_up", "/la-ligge", "1", ui.Tertiary)}
		return c, nil
	}
	c.Color = ui.Accent
	meant := p.Meant(item.Text)
	facts, err := p.facts(ctx, t, item, meant)
	if err != nil {
		return c, err
	}
	c.Facts, c.Why, c.Points = facts, t.T("paste.why"), p.points(t, item, meant)
	c.Actions = []ui.Action{{Label: t.T("paste.edit"), Context: context, Href: itemPath(x.ID, nr), Variant: ui.Secondary},
		post("paste.take", "/utkast", "0", ui.Secondary), post("paste.leave", "/la-ligge", "0", ui.Tertiary)}
	return c, nil
}

// facts are what was guessed of a proposal.
func (p *pages) facts(ctx context.Context, t i18n.Printer, i paste.Item, meant []match.Concept) ([]ui.Fact, error) {
	var out []ui.Fact
	add := func(label i18n.Key, value string) {
		if value != "" {
			out = append(out, ui.Fact{Label: t.T(label), Text: value})
		}
	}
	switch {
	case i.Organisation != "":
		name, err := p.nameOf(ctx, i.Organisation)
		if err != nil {
			return nil, err
		}
		add("paste.organisation", name)
	case i.Unknown != "":
		add("paste.organisation", t.T("paste.unknown", "name", i.Unknown))
	}
	if i.Municipality != "" {
		add("paste.municipality", wording.Place(p.Needs.Places(), i.Municipality))
	}
	if i.Headcount > 0 {
		add("paste.headcount", t.Number(i.Headcount))
	}
	add("paste.when", when(t, i))
	var concepts []string
	for _, c := range meant {
		concepts = append(concepts, c.Label(string(t.Language())))
	}
	if len(concepts) > 0 {
		add("paste.concepts", t.Join(concepts))
	}
	return out, nil
}

func when(t i18n.Printer, i paste.Item) string {
	switch {
	case !i.WantedFrom.IsZero():
		return t.Date(i.WantedFrom)
	case i.Horizon != "":
		return t.T(i.Horizon.Label())
	}
	return ""
}

// points say why each guess was made.
func (p *pages) points(t i18n.Printer, i paste.Item, meant []match.Concept) []ui.Point {
	var out []ui.Point
	add := func(has bool, what i18n.Key, why paste.Reason) {
		if has {
			out = append(out, ui.Point{Kind: ui.Plain, Text: reason(t, what, why)})
		}
	}
	add(true, "paste.need", i.Cue)
	add(i.Organisation != "" || i.Unknown != "", "paste.organisation", i.WhyOrg)
	add(i.Municipality != "", "paste.municipality", i.WhyPlace)
	add(i.Headcount > 0, "paste.headcount", i.WhyCount)
	add(when(t, i) != "", "paste.when", i.WhyWhen)
	if i.Under != "" {
		out = append(out, ui.Point{Kind: ui.Plain, Text: t.T("paste.why.under", "words", i.Under)})
	}
	var words []string
	for _, c := range meant {
		if w := strings.Join(c.Words, " "); w != "" && !slices.Contains(words, w) {
			words = append(words, w)
		}
	}
	add(len(words) > 0, "paste.concepts", paste.Reason{Words: strings.Join(words, ", "), From: sentence.Own})
	return out
}

// reason says which words a guess comes from, and where they stand.
func reason(t i18n.Printer, what i18n.Key, why paste.Reason) string {
	return t.T("paste.why.words", "what", t.T(what), "words", why.Words, "where", t.T(i18n.Key("paste.from."+string(why.From))))
}

// nameOf is what the organisation is called today.
func (p *pages) nameOf(ctx context.Context, o org.ID) (string, error) {
	found, err := p.Needs.Orgs().Get(ctx, o)
	if fault.Is(err, fault.NotFound) {
		return "", nil
	}
	return found.NameOn(p.Needs.Today()), err
}

// takePost makes a draft of the proposal as it stands.
func (p *pages) takePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, nr, err := p.findItem(r, actor)
	if err != nil {
		return err
	}
	in := x.Items[nr].Content(p.door.Printer(r).Language())
	in.Concepts = match.NeedConcepts(p.Meant(in.Text), nil)
	if _, err := p.Paste.Take(r.Context(), actor, x.ID, nr, in); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.ID)+"/forslag?ok=paste.said.taken#"+anchor(nr))
}

// leavePost leaves the proposal, or takes it up again.
func (p *pages) leavePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return err
	}
	x, nr, err := p.findItem(r, actor)
	if err != nil {
		return err
	}
	again, said := r.PostForm.Get("again") == "1", "paste.said.left"
	if again {
		said = "paste.said.again"
	}
	if err := p.Paste.Leave(r.Context(), actor, x.ID, nr, again); err != nil {
		return err
	}
	return web.SeeOther(w, r, path(x.ID)+"/forslag?ok="+said+"#"+anchor(nr))
}
