package measureweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

func packPath(slug, more string) string { return "/tiltakspakker/" + slug + more }

func packCards(t i18n.Printer, list []measure.Package) []ui.Card {
	var out []ui.Card
	for _, x := range list {
		c := ui.Card{Top: true, Kicker: t.T("measure.package"), Title: in(t, x.Title), Href: packPath(x.Slug, ""), Text: in(t, x.Goal), Facts: []ui.Fact{{Label: t.T("measure.package.measures"), Text: t.Number(len(x.Measures))}}}
		if !x.Open {
			c.Tags = []ui.Tag{{Text: t.T("measure.package.closed"), Color: ui.Warning}}
		}
		out = append(out, c)
	}
	return out
}

// measureCards are measures in short.
func measureCards(t i18n.Printer, list []measure.Measure) []ui.Card {
	var out []ui.Card
	for _, m := range list {
		c := ui.Card{Top: true, Kicker: t.T(groupLabel(m.Card.TargetGroup)), Title: in(t, m.Card.Title), Href: path(m.Card.ID, ""), Text: in(t, m.Card.What)}
		if m.Effort != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("measure.field.effort"), Text: t.T(m.Effort.Label())})
		}
		if words := cost(t, m.Cost); words != "" {
			c.Facts = append(c.Facts, ui.Fact{Label: t.T("measure.field.cost"), Text: words})
		}
		if !measure.IsOpen(m.State) {
			c.Tags = []ui.Tag{stateTag(t, m.State)}
		}
		out = append(out, c)
	}
	return out
}

func toolbox(t i18n.Printer, more ...ui.Link) []ui.Link {
	return append([]ui.Link{{Label: t.T("support.title"), Href: "/verktoykasse"}}, more...)
}

// packages are the packages that the reader may see.
func (p *Pages) packages(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Measures.Packages(r.Context(), actor, "")
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "pakkene", Title: t.T("measure.packages.all"), Cards: packCards(t, list)}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("measure.packages.none"), Text: t.T("measure.packages.none.text")}
	}
	page := leaf.Page{Crumbs: toolbox(t), Head: ui.Head{Title: t.T("measure.packages"), Lead: t.T("measure.packages.lead")}, Main: []leaf.Section{s}}
	if support.CanEdit(actor) == nil {
		page.Head.Actions = []ui.Action{{Label: t.T("measure.package.new"), Href: "/tiltakspakker/ny", Variant: ui.Secondary}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// pack is a package with its measures, in the order they are done.
func (p *Pages) pack(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.Measures.Package(r.Context(), actor, r.PathValue("slug"))
	if err != nil {
		return err
	}
	page := leaf.Page{Crumbs: toolbox(t, ui.Link{Label: t.T("measure.packages"), Href: "/tiltakspakker"}), Head: ui.Head{Kicker: t.T("measure.package"), Title: in(t, x.Title), Lead: in(t, x.Goal),
		Actions: []ui.Action{{Label: t.T("measure.print"), Href: packPath(x.Slug, "/ark"), Variant: ui.Primary}}}}
	if support.CanEdit(actor) == nil {
		page.Head.Actions = append(page.Head.Actions, ui.Action{Label: t.T("measure.package.edit"), Href: packPath(x.Slug, "/rediger"), Variant: ui.Secondary})
	}
	if !x.Open {
		page.Notices = []ui.Notice{{Color: ui.Warning, Text: t.T("measure.package.closed.text")}}
	}
	s := leaf.Section{ID: "tiltakene", Title: t.T("measure.package.measures"), Cards: measureCards(t, x.Measures)}
	for i := range s.Cards {
		s.Cards[i].Kicker = t.T("measure.package.nr", "nr", i+1, "all", len(s.Cards))
	}
	if words := in(t, x.Words); words != "" {
		s.Paragraphs = []string{words}
	}
	if len(s.Cards) == 0 {
		s.Empty = &ui.Empty{Title: t.T("measure.package.empty"), Text: t.T("measure.package.empty.text")}
	}
	page.Main = []leaf.Section{s}
	return leaf.Show(p.door, w, r, actor, page)
}

// three are a text's fields, one for each language.
func three(t i18n.Printer, name string, label i18n.Key, x i18n.Text, kind form.Kind, most int, required bool) []form.Field {
	var out []form.Field
	for _, l := range []struct{ code, value string }{{"nb", x.NB}, {"nn", x.NN}, {"en", x.EN}} {
		f := form.Field{Name: name + "_" + l.code, Kind: kind, Label: t.T("measure.in_language", "what", t.T(label), "lang", t.T(i18n.Key("support.lang."+l.code))), Value: l.value, MaxRunes: most, Required: required && l.code == "nb", Lang: l.code}
		if kind == form.Long {
			f.Rows = 3
		}
		out = append(out, f)
	}
	return out
}

func readThree(in *form.Input, name string) i18n.Text {
	return i18n.Text{NB: in.Text(name + "_nb"), NN: in.Text(name + "_nn"), EN: in.Text(name + "_en")}
}

// packForm makes a package, or changes that of the address.
func (p *Pages) packForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	if err := support.CanEdit(actor); err != nil {
		return leaf.Asked{}, err
	}
	var old measure.Package
	out := leaf.Asked{Title: t.T("measure.package.new"), Lead: t.T("measure.package.lead"), Back: "/tiltakspakker", Submit: t.T("measure.save"), Crumbs: toolbox(t, ui.Link{Label: t.T("measure.packages"), Href: "/tiltakspakker"})}
	at := r.PathValue("slug")
	if at != "" {
		var err error
		if old, err = p.Measures.Package(r.Context(), actor, at); err != nil {
			return leaf.Asked{}, err
		}
		out.Title, out.Back, out.Version = t.T("measure.package.edit"), packPath(at, ""), old.Version
		out.Theirs = []ui.Fact{{Label: t.T("support.field.title"), Text: in(t, old.Title)}, {Label: t.T("measure.field.goal"), Text: in(t, old.Goal)}}
	}
	all, err := p.Measures.List(r.Context(), actor, measure.Filter{})
	if err != nil {
		return leaf.Asked{}, err
	}
	out.Fields = append(three(t, "title", "support.field.title", old.Title, form.Text, measure.MaxLine, true), three(t, "goal", "measure.field.goal", old.Goal, form.Long, measure.MaxText, false)...)
	out.Fields = append(out.Fields, three(t, "words", "measure.package.words", old.Words, form.Long, measure.MaxText, false)...)
	var ids []string
	for _, m := range all {
		ids = append(ids, string(m.Card.ID))
		f := form.Field{Name: "nr_" + string(m.Card.ID), Kind: form.Number, Label: t.T("measure.package.number", "title", in(t, m.Card.Title)), Min: "1", Max: strconv.Itoa(measure.MaxCards)}
		if i := slices.Index(old.Cards, m.Card.ID); i >= 0 {
			f.Value = strconv.Itoa(i + 1)
		}
		out.Fields = append(out.Fields, f)
	}
	out.Fields = append(out.Fields, form.Field{Name: "open", Kind: form.Checks, Label: t.T("measure.package.open"), Options: []form.Option{{Value: "ja", Label: t.T("measure.package.open.yes"), Selected: old.Open || at == ""}}})
	kept := slices.DeleteFunc(slices.Clone(old.Cards), func(c support.ID) bool { return slices.Contains(ids, string(c)) }) // those that are taken out stay in the package
	out.Read = func(in *form.Input) func() (string, error) {
		next, version := measure.Pack{Title: readThree(in, "title"), Goal: readThree(in, "goal"), Words: readThree(in, "words"), Open: in.Bool("open"), Cards: append(ordered(in, ids), kept...)}, leaf.Version(in)
		return func() (string, error) {
			slug, err := p.Measures.SavePackage(r.Context(), actor, at, version, next)
			return packPath(slug, "?ok=measure.done.saved"), atFirst(err, ids)
		}
	}
	return out, nil
}

// atFirst lets the fault of having no measures stand at the first that can be given a number.
func atFirst(err error, ids []string) error {
	f, ok := fault.As(err)
	if !ok || f.Kind != fault.Invalid || len(ids) == 0 {
		return err
	}
	for i := range f.Fields {
		if f.Fields[i].Name == "cards" {
			f.Fields[i].Name = "nr_" + ids[0]
		}
	}
	return err
}

// ordered are the measures that were given a number, in the order of the numbers.
func ordered(in *form.Input, ids []string) []support.ID {
	nr := map[string]int{}
	var chosen []string
	for _, x := range ids {
		if n := in.Int("nr_" + x); n > 0 {
			nr[x], chosen = n, append(chosen, x)
		}
	}
	slices.SortStableFunc(chosen, func(a, b string) int { return nr[a] - nr[b] })
	return text.Typed[support.ID](chosen)
}

// start is where a programme begins.
func (p *Pages) start(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	x, err := p.Measures.Start(r.Context(), r.PathValue("slug"))
	if err != nil {
		return err
	}
	page := leaf.Page{Crumbs: toolbox(t), Head: ui.Head{Kicker: t.T("measure.start"), Title: in(t, x.Title), Lead: in(t, x.Lead)}}
	if measure.CanStart(actor) == nil {
		page.Head.Actions = []ui.Action{{Label: t.T("measure.start.edit"), Href: "/program/" + x.Slug + "/rediger", Variant: ui.Secondary}, {Label: t.T("measure.start.new"), Href: "/program/ny", Variant: ui.Tertiary}}
	}
	var packs []measure.Package
	for _, slug := range x.Packages {
		one, err := p.Measures.Package(r.Context(), actor, slug)
		if fault.Is(err, fault.NotFound) {
			continue // closed, or not for this reader
		}
		if err != nil {
			return err
		}
		packs = append(packs, one)
	}
	if len(packs) > 0 {
		page.Main = append(page.Main, leaf.Section{ID: "pakkene", Title: t.T("measure.start.packages"), Cards: packCards(t, packs)})
	}
	for _, g := range x.Groups {
		list, err := p.Measures.List(r.Context(), actor, measure.Filter{Group: g})
		if err != nil {
			return err
		}
		if len(list) > 0 {
			page.Main = append(page.Main, leaf.Section{ID: "for-" + string(g), Title: t.T(groupLabel(g)), Cards: measureCards(t, list)})
		}
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// startForm makes a start page, or changes that of the address.
func (p *Pages) startForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	if err := measure.CanStart(actor); err != nil {
		return leaf.Asked{}, err
	}
	var old measure.Start
	out := leaf.Asked{Title: t.T("measure.start.new"), Back: "/verktoykasse", Submit: t.T("measure.save"), Crumbs: toolbox(t)}
	at := r.PathValue("slug")
	if at != "" {
		var err error
		if old, err = p.Measures.Start(r.Context(), at); err != nil {
			return leaf.Asked{}, err
		}
		out.Title, out.Back, out.Version = t.T("measure.start.edit"), "/program/"+at, old.Version
		out.Theirs = []ui.Fact{{Label: t.T("support.field.title"), Text: in(t, old.Title)}, {Label: t.T("measure.start.lead"), Text: in(t, old.Lead)}}
	}
	packs, err := p.Measures.Packages(r.Context(), actor, "")
	if err != nil {
		return leaf.Asked{}, err
	}
	groups := form.Field{Name: "groups", Kind: form.Checks, Label: t.T("measure.start.groups"), Required: true}
	for _, g := range support.TargetGroups() {
		groups.Options = append(groups.Options, form.Option{Value: string(g), Label: t.T(groupLabel(g)), Selected: slices.Contains(old.Groups, g)})
	}
	chosen := form.Field{Name: "packages", Kind: form.Checks, Label: t.T("measure.start.packages")}
	var slugs []string
	for _, x := range packs {
		slugs = append(slugs, x.Slug)
		chosen.Options = append(chosen.Options, form.Option{Value: x.Slug, Label: in(t, x.Title), Selected: slices.Contains(old.Packages, x.Slug)})
	}
	out.Fields = append(three(t, "title", "support.field.title", old.Title, form.Text, measure.MaxLine, true), three(t, "lead", "measure.start.lead", old.Lead, form.Long, measure.MaxText, false)...)
	out.Fields = append(out.Fields, groups)
	if len(slugs) > 0 {
		out.Fields = append(out.Fields, chosen)
	}
	out.Read = func(in *form.Input) func() (string, error) {
		next := measure.Beginning{Title: readThree(in, "title"), Lead: readThree(in, "lead"), Groups: text.Typed[support.TargetGroup](in.Choices("groups", text.Strings(support.TargetGroups())...)), Packages: in.Choices("packages", slugs...)}
		version := leaf.Version(in)
		return func() (string, error) {
			slug, err := p.Measures.SaveStart(r.Context(), actor, at, version, next)
			return "/program/" + slug + "?ok=measure.done.saved", err
		}
	}
	return out, nil
}

// InToolbox is what the toolbox shows under its cards: where programmes begin, the packages, and
// the way to propose something.
func (p *Pages) InToolbox(r *http.Request) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	starts, err := p.Measures.Starts(r.Context())
	if err != nil {
		return nil, err
	}
	packs, err := p.Measures.Packages(r.Context(), access.Actor{}, "")
	if err != nil {
		return nil, err
	}
	first := leaf.Section{ID: "startsider", Title: t.T("measure.starts"), Text: t.T("measure.starts.text")}
	for _, x := range starts {
		first.Cards = append(first.Cards, ui.Card{Title: in(t, x.Title), Href: "/program/" + x.Slug, Text: in(t, x.Lead)})
	}
	gathered := leaf.Section{ID: "tiltakspakker", Title: t.T("measure.packages"), Text: t.T("measure.packages.lead"), Cards: packCards(t, packs), Actions: []ui.Action{{Label: t.T("measure.packages.all"), Href: "/tiltakspakker", Variant: ui.Tertiary}}}
	own := leaf.Section{ID: "eget", Title: t.T("measure.own"), Text: t.T("measure.own.text"), Actions: []ui.Action{{Label: t.T("measure.suggest"), Href: "/verktoykasse/forslag", Variant: ui.Secondary}, {Label: t.T("measure.csv"), Href: "/verktoykasse.csv", Variant: ui.Tertiary}}}
	out := []leaf.Section{gathered, own}
	if len(starts) > 0 {
		out = append([]leaf.Section{first}, out...)
	}
	return out, nil
}

// drafts are the measures that are not published, for those who work on them.
func (p *Pages) drafts(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	list, err := p.Measures.Drafts(r.Context(), actor)
	if err != nil {
		return err
	}
	s := leaf.Section{ID: "forslagene", Title: t.T("measure.drafts.yours"), Cards: measureCards(t, list)}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("measure.drafts.none"), Text: t.T("measure.drafts.none.text")}
	}
	page := leaf.Page{Crumbs: toolbox(t), Head: ui.Head{Title: t.T("measure.drafts"), Lead: t.T("measure.drafts.lead")}, Main: []leaf.Section{s}}
	if len(actor.Orgs(measure.UserRoles()...)) > 0 {
		page.Head.Actions = []ui.Action{{Label: t.T("measure.suggest"), Href: "/verktoykasse/forslag/ny", Variant: ui.Primary}}
	} else if support.CanEdit(actor) != nil {
		page.Notices = []ui.Notice{{Color: ui.Info, Text: t.T("measure.error.no_org")}}
	}
	return leaf.Show(p.door, w, r, actor, page)
}
