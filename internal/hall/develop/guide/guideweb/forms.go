package guideweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/develop/guide"
	"kompetansetorg/internal/hall/develop/making"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
)

func stageLabel(s flow.State) i18n.Key {
	def, _ := making.Flow().State(s)
	return def.Label
}

// draft is a guide as it is being written, and what has been learned since.
func (p *Pages) draft(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	t := p.door.Printer(r)
	k, err := kindOf(r)
	if err != nil {
		return err
	}
	d, err := p.Guides.Draft(r.Context(), actor, k)
	if err != nil {
		return err
	}
	page := leaf.Page{Head: ui.Head{Kicker: t.T("guide.draft"), Title: t.T(k.Label()), Lead: t.T("guide.draft.lead"), Actions: []ui.Action{{Label: t.T("guide.section.new"), Href: path(k, "/del/ny"), Variant: ui.Secondary}}}, Crumbs: in(t, k)}
	if guide.Publishes(actor) && d.Changed {
		page.Head.Actions = append([]ui.Action{{Label: t.T("guide.publish"), Href: path(k, "/publiser"), Variant: ui.Primary}}, page.Head.Actions...)
	}
	fresh := leaf.Section{ID: "nytt", Title: t.T("guide.fresh"), Text: t.T("guide.fresh.text")}
	for _, l := range d.Fresh {
		c := learnedCard(t, l)
		c.Actions = []ui.Action{{Label: t.T("guide.take"), Context: l.Words, Href: path(k, "/ta-inn/"+string(l.ID)), Variant: ui.Secondary}}
		fresh.Cards = append(fresh.Cards, c)
	}
	if len(d.Fresh) == 0 {
		fresh.Empty = &ui.Empty{Title: t.T("guide.fresh.none"), Text: t.T("guide.fresh.none.text")}
	}
	page.Main = []leaf.Section{fresh}
	for _, s := range d.Sections {
		title, _ := s.Title.In(t.Language())
		words, _ := s.Words.In(t.Language())
		section := leaf.Section{ID: "del-" + string(s.ID), Title: strconv.Itoa(s.Nr) + " " + title, Paragraphs: guide.Paragraphs(words), Actions: []ui.Action{
			{Label: t.T("guide.section.edit"), Context: title, Href: path(k, "/del/"+string(s.ID)+"/rediger"), Variant: ui.Secondary}, {Label: t.T("guide.section.remove"), Context: title, Href: path(k, "/del/"+string(s.ID)+"/fjern"), Variant: ui.Tertiary}}}
		for _, l := range s.Sources {
			section.Cards = append(section.Cards, learnedCard(t, l))
		}
		page.Main = append(page.Main, section)
	}
	return leaf.Show(p.door, w, r, actor, page)
}

// keeping is the guide as it is being written, and the section that the address names.
func (p *Pages) keeping(r *http.Request, actor access.Actor) (guide.Draft, guide.Section, error) {
	k, err := kindOf(r)
	if err != nil {
		return guide.Draft{}, guide.Section{}, err
	}
	d, err := p.Guides.Draft(r.Context(), actor, k)
	if err != nil || r.PathValue("section") == "" {
		return d, guide.Section{}, err
	}
	i := slices.IndexFunc(d.Sections, func(s guide.Section) bool { return string(s.ID) == r.PathValue("section") })
	if i < 0 {
		return d, guide.Section{}, fault.Missing()
	}
	return d, d.Sections[i], nil
}

func (p *Pages) asked(t i18n.Printer, k guide.Kind, title i18n.Key) leaf.Asked {
	return leaf.Asked{Title: t.T(title), Kicker: t.T(k.Label()), Crumbs: in(t, k, ui.Link{Label: t.T("guide.draft"), Href: path(k, "/utkast")}), Back: path(k, "/utkast"), Submit: t.T("guide.save")}
}

// languages are those that a section is written in, with the parts of a text.
func languages(text *i18n.Text) map[i18n.Lang]*string {
	return map[i18n.Lang]*string{i18n.NB: &text.NB, i18n.NN: &text.NN, i18n.EN: &text.EN}
}

// sectionForm writes a section, or changes the one that the address names.
func (p *Pages) sectionForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, s, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := p.asked(t, d.Kind, "guide.section.new")
	if s.ID != "" {
		asked.Title, asked.Version = t.T("guide.section.edit"), s.Version
		asked.Theirs = []ui.Fact{{Label: t.T("guide.field.title.nb"), Text: s.Title.NB}, {Label: t.T("guide.field.words.nb"), Text: s.Words.NB}, {Label: t.T("guide.field.words.nn"), Text: s.Words.NN}}
	} else {
		s.Nr = len(d.Sections) + 1
	}
	asked.Fields = []form.Field{{Name: "nr", Kind: form.Number, Label: t.T("guide.field.nr"), Hint: t.T("guide.hint.nr"), Value: strconv.Itoa(s.Nr), Min: "1", Max: strconv.Itoa(guide.MaxSections), Required: true}}
	for _, l := range i18n.Langs() {
		asked.Fields = append(asked.Fields, form.Field{Name: "title." + string(l), Kind: form.Text, Label: t.T(i18n.Key("guide.field.title." + string(l))), Value: *languages(&s.Title)[l], MaxRunes: guide.MaxLine, Required: l == i18n.NB},
			form.Field{Name: "words." + string(l), Kind: form.Long, Rows: 8, Label: t.T(i18n.Key("guide.field.words." + string(l))), Hint: t.T("guide.hint.words"), Value: *languages(&s.Words)[l], MaxRunes: guide.MaxWords, Required: l == i18n.NB})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next, version := guide.Writing{Nr: in.Int("nr")}, leaf.Version(in)
		for _, l := range i18n.Langs() {
			*languages(&next.Title)[l], *languages(&next.Words)[l] = in.Text("title."+string(l)), in.Text("words."+string(l))
		}
		return func() (string, error) {
			made, err := p.Guides.Write(r.Context(), actor, d.Kind, s.ID, version, next)
			return path(d.Kind, "/utkast?ok=guide.said.saved#del-"+string(made)), err
		}
	}
	return asked, nil
}

func (p *Pages) removeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, s, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := p.asked(t, d.Kind, "guide.section.remove")
	title, _ := s.Title.In(t.Language())
	asked.Lead, asked.Submit, asked.Version = t.T("guide.section.remove.lead", "title", title), t.T("guide.section.remove"), s.Version
	asked.Read = func(in *form.Input) func() (string, error) {
		version := leaf.Version(in)
		return func() (string, error) {
			return path(d.Kind, "/utkast?ok=guide.said.removed"), p.Guides.Remove(r.Context(), actor, d.Kind, s.ID, version)
		}
	}
	return asked, nil
}

// takeForm takes what was learned into a section, and opens the section to be written.
func (p *Pages) takeForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, _, err := p.keeping(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	i := slices.IndexFunc(d.Fresh, func(l guide.Learned) bool { return string(l.ID) == r.PathValue("learned") })
	if i < 0 {
		return leaf.Asked{}, fault.Missing()
	}
	l := d.Fresh[i]
	asked := p.asked(t, d.Kind, "guide.take")
	asked.Lead = l.Words
	asked.Submit = t.T("guide.take.submit")
	var ids []string
	choice := form.Field{Name: "section", Kind: form.Select, Label: t.T("guide.field.section"), Hint: t.T("guide.hint.section"), Options: []form.Option{{Label: t.T("guide.choose"), Selected: true}}, Required: true}
	for _, s := range d.Sections {
		title, _ := s.Title.In(t.Language())
		ids, choice.Options = append(ids, string(s.ID)), append(choice.Options, form.Option{Value: string(s.ID), Label: strconv.Itoa(s.Nr) + " " + title})
	}
	asked.Fields = []form.Field{choice}
	asked.Read = func(in *form.Input) func() (string, error) {
		to := in.Choice("section", ids...)
		if to == "" {
			in.Refuse("section", "form.error.required")
		}
		return func() (string, error) {
			return path(d.Kind, "/del/"+to+"/rediger?ok=guide.said.taken"), p.Guides.Take(r.Context(), actor, d.Kind, guide.SectionID(to), l.ID)
		}
	}
	return asked, nil
}

func (p *Pages) publishForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, _, err := p.keeping(r, actor)
	if err == nil && !guide.Publishes(actor) {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := p.asked(t, d.Kind, "guide.publish")
	asked.Lead, asked.Submit = t.T("guide.publish.lead"), t.T("guide.publish.submit")
	asked.Fields = []form.Field{{Name: "why", Kind: form.Long, Rows: 4, Label: t.T("guide.field.why"), Hint: t.T("guide.hint.why"), MaxRunes: guide.MaxLearned, Required: true}}
	asked.Read = func(in *form.Input) func() (string, error) {
		why := in.Text("why")
		return func() (string, error) {
			_, err := p.Guides.Publish(r.Context(), actor, d.Kind, why)
			return path(d.Kind, "?ok=guide.said.published"), err
		}
	}
	return asked, nil
}

// learnForm writes down what was learned of a development.
func (p *Pages) learnForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	id, err := making.ParseID(r.PathValue("id"))
	if err != nil {
		return leaf.Asked{}, fault.Missing()
	}
	d, err := p.Making.Get(r.Context(), actor, id)
	if err == nil && !d.Inside {
		err = fault.Missing()
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	at := "/utvikling/" + string(id)
	stages := making.Stages()
	asked := leaf.Asked{Title: t.T("guide.learn"), Kicker: d.Title, Lead: t.T("guide.learn.lead"), Crumbs: []ui.Link{{Label: t.T("making.title"), Href: "/utvikling"}, {Label: d.Title, Href: at}}, Back: at, Submit: t.T("guide.save"), Fields: []form.Field{
		{Name: "stage", Kind: form.Select, Label: t.T("guide.field.stage"), Options: leaf.Options(t, "guide.choose", stages, stageLabel, d.State), Required: true},
		{Name: "words", Kind: form.Long, Rows: 5, Label: t.T("guide.field.learned"), Hint: t.T("guide.hint.learned"), MaxRunes: guide.MaxLearned, Required: true},
		{Name: "good", Kind: form.Radio, Label: t.T("guide.field.good"), Options: []form.Option{{Value: "ja", Label: t.T("guide.good"), Selected: true}, {Value: "nei", Label: t.T("guide.otherwise")}}, Required: true},
		{Name: "shared", Kind: form.Checks, Label: t.T("guide.field.shared"), Hint: t.T("guide.hint.shared"), Options: []form.Option{{Value: "ja", Label: t.T("guide.shared")}}}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := guide.Learning{Stage: flow.State(in.Choice("stage", codes(stages)...)), Words: in.Text("words"), Good: in.Choice("good", "ja", "nei") == "ja", Shared: len(in.Choices("shared", "ja")) > 0}
		return func() (string, error) {
			return at + "?ok=guide.said.learned#erfaringer", p.Guides.Learn(r.Context(), actor, id, next)
		}
	}
	return asked, nil
}

func codes(list []flow.State) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = string(s)
	}
	return out
}

// OnDevelopment is what was learned while education was made, stage by stage, for its page.
func (p *Pages) OnDevelopment(r *http.Request, actor access.Actor, d making.Detail) ([]leaf.Section, error) {
	t := p.door.Printer(r)
	list, err := p.Guides.Of(r.Context(), actor, d.Development)
	if err != nil || len(list) == 0 && !d.Inside {
		return nil, err
	}
	s := leaf.Section{ID: "erfaringer", Title: t.T("guide.learned"), Text: t.T("guide.learned.text")}
	for _, stage := range making.Stages() {
		for _, l := range list {
			if l.Stage != stage {
				continue
			}
			c := ui.Card{ID: "erfaring-" + string(l.ID), Kicker: t.T(stageLabel(l.Stage)), Title: said(t, l), Text: l.Words, Tags: []ui.Tag{howTag(t, l)}}
			if !l.Shared {
				c.Tags = append(c.Tags, ui.Tag{Text: t.T("guide.only_us")})
			}
			if l.Own {
				c.Actions = []ui.Action{{Label: t.T("guide.forget"), Context: l.Words, Href: "/erfaringer/" + string(l.ID) + "/slett", Post: true, Variant: ui.Tertiary}}
			}
			s.Cards = append(s.Cards, c)
		}
	}
	if len(list) == 0 {
		s.Empty = &ui.Empty{Title: t.T("guide.learned.none"), Text: t.T("guide.learned.none.text")}
	}
	if d.Inside {
		s.Actions = []ui.Action{{Label: t.T("guide.learn"), Href: "/utvikling/" + string(d.ID) + "/erfaring", Variant: ui.Secondary}}
	}
	return []leaf.Section{s}, nil
}
