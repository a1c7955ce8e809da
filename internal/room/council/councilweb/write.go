package councilweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/councilview"
)

// version reads the version that the path names, as the actor may know it.
func (p *pages) version(r *http.Request, actor access.Actor) (council.Version, council.Body, council.Standing, error) {
	id, err := council.ParseVersionID(r.PathValue("id"))
	if err != nil {
		return council.Version{}, council.Body{}, council.Standing{}, fault.Missing()
	}
	return p.Councils.Version(r.Context(), actor, id)
}

// mine is version for the secretary.
func (p *pages) mine(r *http.Request, actor access.Actor) (council.Version, council.Body, error) {
	v, b, is, err := p.version(r, actor)
	if err == nil {
		err = councilview.Keeps(is)
	}
	return v, b, err
}

func shownAt(b council.BodyID, v council.Version, ok string) string {
	out := path(b, "/avtale?versjon="+strconv.Itoa(v.Nr))
	if ok != "" {
		out += "&ok=" + ok
	}
	return out
}

func agreementLink(t i18n.Printer, b council.Body, v council.Version) ui.Link {
	return ui.Link{Label: t.T("council.agreement"), Href: shownAt(b.ID, v, "")}
}

func (p *pages) headFields(r *http.Request, t i18n.Printer, h council.Head) ([]form.Field, error) {
	f := councilview.Fields{T: t}
	orgs, total, err := p.Orgs.List(r.Context(), org.Filter{Kinds: []org.Kind{org.Municipality, org.County, org.Council}, Limit: 500})
	if err != nil {
		return nil, err
	}
	archive := form.Field{Name: "archive", Kind: form.Select, Label: t.T("council.archive"), Hint: t.T("council.archive.hint"), Value: string(h.Archive), OptionalMark: t.T("council.optional"),
		Options: []form.Option{{Value: "", Label: t.T("council.silent"), Selected: h.Archive == ""}}}
	for _, o := range orgs.Items[:min(total, len(orgs.Items))] {
		archive.Options = append(archive.Options, form.Option{Value: string(o.ID), Label: o.Name, Selected: o.ID == h.Archive})
	}
	return []form.Field{f.Text("title", "council.title", "", h.Title, true), f.Long("why", "council.why", "council.why.hint", h.Why, false), archive,
		f.Long("dissolution", "council.dissolution", "council.dissolution.hint", h.Dissolution, false)}, nil
}

func readHead(in *form.Input, options []form.Option) council.Head {
	var ids []string
	for _, o := range options {
		ids = append(ids, o.Value)
	}
	return council.Head{Title: in.Text("title"), Why: in.Text("why"), Dissolution: in.Text("dissolution"), Archive: access.OrgID(in.Choice("archive", ids...))}
}

// begin is the form of a new version.
func (p *pages) begin(r *http.Request, actor access.Actor) (asked, error) {
	id, err := councilview.Body(r)
	if err != nil {
		return asked{}, err
	}
	all, b, is, err := p.Councils.Agreement(r.Context(), actor, id)
	if err == nil {
		err = councilview.Keeps(is)
	}
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	h := council.Head{}
	if len(all) > 0 {
		h = council.Head{Title: all[0].Title, Archive: all[0].Archive, Dissolution: all[0].Dissolution}
	}
	list, err := p.headFields(r, t, h)
	return asked{Title: t.T("council.begin"), Lead: t.T("council.begin.lead"), Back: path(b.ID, "/avtale"), Submit: t.T("council.begin.do"), Fields: list,
		Crumbs: councilview.Crumbs(t, b, ui.Link{Label: t.T("council.agreement"), Href: path(b.ID, "/avtale")}),
		Save: func(in *form.Input, _ int64) (string, error) {
			h := readHead(in, list[2].Options)
			if err := in.Err(); err != nil {
				return "", err
			}
			v, err := p.Councils.Begin(r.Context(), actor, b.ID, h)
			if err != nil {
				return "", err
			}
			made, _, _, err := p.Councils.Version(r.Context(), actor, v)
			return shownAt(b.ID, made, "council.ok.begun"), err
		}}, err
}

// head is the form of what is written about a draft.
func (p *pages) head(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	list, err := p.headFields(r, t, v.Head)
	return asked{Title: t.T("council.head.edit"), Back: shownAt(b.ID, v, ""), Submit: t.T("council.save"), Fields: list, Version: v.Version, Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)),
		Theirs: []ui.Fact{{Label: t.T("council.title"), Text: v.Title}, {Label: t.T("council.why"), Text: v.Why}, {Label: t.T("council.dissolution"), Text: v.Dissolution}},
		Save: func(in *form.Input, seen int64) (string, error) {
			h := readHead(in, list[2].Options)
			if err := in.Err(); err != nil {
				return "", err
			}
			return shownAt(b.ID, v, "council.ok.saved"), p.Councils.SaveHead(r.Context(), actor, v.ID, seen, h)
		}}, err
}

// before is the version that this one follows, if any.
func (p *pages) before(r *http.Request, actor access.Actor, v council.Version) (council.Version, error) {
	all, _, _, err := p.Councils.Agreement(r.Context(), actor, v.Body)
	if err != nil {
		return council.Version{}, err
	}
	base, _ := council.Before(all, v)
	return base, nil
}

// paragraph is the form of a paragraph of a draft, or of a new one.
func (p *pages) paragraph(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	f := councilview.Fields{T: t}
	x, from := council.Paragraph{}, 0
	if s := r.PathValue("nr"); s != "" {
		nr, err := strconv.Atoi(s)
		found, ok := v.Paragraph(nr)
		if err != nil || !ok {
			return asked{}, fault.Missing()
		}
		x, from = found, nr
	} else if n := len(v.Paragraphs); n > 0 {
		x.Nr = v.Paragraphs[n-1].Nr + 1
	} else {
		x.Nr = 1
	}
	old, err := p.before(r, actor, v)
	if err != nil {
		return asked{}, err
	}
	was := form.Field{Name: "was", Kind: form.Select, Label: t.T("council.paragraph.was"), Hint: t.T("council.paragraph.was.hint"), Value: strconv.Itoa(x.Was),
		Options: []form.Option{{Value: "0", Label: t.T("council.paragraph.new.one"), Selected: x.Was == 0}}}
	numbers := []string{"0"}
	for _, o := range old.Paragraphs {
		nr := strconv.Itoa(o.Nr)
		numbers = append(numbers, nr)
		was.Options = append(was.Options, form.Option{Value: nr, Label: council.Sign(o.Nr) + " " + o.Heading, Selected: o.Nr == x.Was})
	}
	number := f.Of(form.Number, "nr", "council.paragraph.nr", "", strconv.Itoa(x.Nr), true)
	number.Min, number.Max = "1", strconv.Itoa(council.MaxNr)
	title := t.T("council.paragraph.new")
	if from != 0 {
		title = t.T("council.paragraph.edit.nr", "nr", council.Sign(from))
	}
	return asked{Title: title, Lead: t.T("council.paragraph.lead"), Back: shownAt(b.ID, v, ""), Submit: t.T("council.save"), Version: v.Version, Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)),
		Fields: []form.Field{number, f.Text("heading", "council.paragraph.heading", "", x.Heading, true), f.Long("words", "council.paragraph.words", "council.paragraph.words.hint", x.Words, true), was,
			f.Long("why", "council.paragraph.why", "council.paragraph.why.hint", x.Why, false)},
		Theirs: []ui.Fact{{Label: t.T("council.paragraph.heading"), Text: x.Heading}, {Label: t.T("council.paragraph.words"), Text: x.Words}, {Label: t.T("council.paragraph.why"), Text: x.Why}},
		Save: func(in *form.Input, seen int64) (string, error) {
			is := council.Paragraph{Nr: in.Int("nr"), Heading: in.Text("heading"), Words: in.Text("words"), Why: in.Text("why")}
			is.Was, _ = strconv.Atoi(in.Choice("was", numbers...)) // one of the numbers above
			if err := in.Err(); err != nil {
				return "", err
			}
			return shownAt(b.ID, v, "council.ok.saved") + "#p" + strconv.Itoa(is.Nr), p.Councils.SaveParagraph(r.Context(), actor, v.ID, seen, from, is)
		}}, nil
}

// takeOut is the form that takes a paragraph out of a draft.
func (p *pages) takeOut(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	nr, err := strconv.Atoi(r.PathValue("nr"))
	x, ok := v.Paragraph(nr)
	if err != nil || !ok {
		return asked{}, fault.Missing()
	}
	t := p.door.Printer(r)
	return asked{Title: t.T("council.paragraph.out.nr", "nr", council.Sign(nr), "heading", x.Heading), Lead: t.T("council.paragraph.out.lead"), Back: shownAt(b.ID, v, ""), Submit: t.T("council.paragraph.out"),
		Version: v.Version, Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)), Fields: []form.Field{councilview.Fields{T: t}.Long("why", "council.paragraph.why", "", "", x.Was != 0)},
		Save: func(in *form.Input, seen int64) (string, error) {
			return shownAt(b.ID, v, "council.ok.saved"), p.Councils.RemoveParagraph(r.Context(), actor, v.ID, seen, nr, in.Text("why"))
		}}, nil
}

// drop is the form that gives up a version.
func (p *pages) drop(r *http.Request, actor access.Actor) (asked, error) {
	v, b, err := p.mine(r, actor)
	if err != nil {
		return asked{}, err
	}
	t := p.door.Printer(r)
	return asked{Title: t.T("council.drop"), Lead: t.T("council.drop.lead", "title", v.Title), Back: shownAt(b.ID, v, ""), Submit: t.T("council.drop"), Version: v.Version, Crumbs: councilview.Crumbs(t, b, agreementLink(t, b, v)),
		Fields: []form.Field{councilview.Fields{T: t}.Text("why", "council.dropped.why", "", "", true)},
		Save: func(in *form.Input, seen int64) (string, error) {
			return path(b.ID, "/avtale?ok=council.ok.dropped"), p.Councils.Drop(r.Context(), actor, v.ID, seen, in.Text("why"))
		}}, nil
}
