package centreweb

import (
	"net/http"
	"regexp"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/centre"
)

func contentFields(t i18n.Printer, c centre.Content) []form.Field {
	return []form.Field{
		{Name: "about", Kind: form.Long, Rows: 6, Label: t.T("centre.field.about"), Hint: t.T("centre.hint.about"), Value: c.About, MaxRunes: centre.MaxWords, Required: true},
		{Name: "services", Kind: form.Long, Rows: 5, Label: t.T("centre.field.services"), Hint: t.T("centre.hint.services"), Value: c.Services, MaxRunes: centre.MaxWords},
		{Name: "contact", Kind: form.Text, Label: t.T("centre.field.contact"), Hint: t.T("centre.hint.contact"), Value: c.Contact, MaxRunes: centre.MaxLine, Required: true}}
}

func readContent(in *form.Input) centre.Content {
	return centre.Content{About: in.Text("about"), Services: in.Text("services"), Contact: in.Text("contact")}
}

// openForm makes the page of a centre that has none.
func (p *Pages) openForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	own, err := p.Centres.WithoutPage(r.Context(), actor)
	if err == nil && len(own) == 0 {
		err = fault.New(fault.Denied, "fault.denied")
	}
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.open"), Lead: t.T("centre.open.lead"), Crumbs: crumbs(t), Back: "/studiesenter", Submit: t.T("centre.open.submit"), Fields: contentFields(t, centre.Content{})}
	asked.Read = func(in *form.Input) func() (string, error) {
		c := readContent(in)
		return func() (string, error) {
			made, err := p.Centres.Open(r.Context(), actor, own[0], c)
			return path(made, "?ok=centre.said.opened"), err
		}
	}
	return asked, nil
}

func (p *Pages) editForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.run(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.edit"), Kicker: d.Name, Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.save"), Version: d.Version, Fields: contentFields(t, d.Content),
		Theirs: []ui.Fact{{Label: t.T("centre.field.about"), Text: d.About}, {Label: t.T("centre.field.services"), Text: d.Services}, {Label: t.T("centre.field.contact"), Text: d.Contact}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		c, version := readContent(in), leaf.Version(in)
		return func() (string, error) {
			return path(d.ID, "?ok=centre.said.saved"), p.Centres.Edit(r.Context(), actor, d.ID, version, c)
		}
	}
	return asked, nil
}

func (p *Pages) partnerForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.run(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	schools, err := p.Orgs.Providers(r.Context())
	if err != nil {
		return leaf.Asked{}, err
	}
	var names []string
	for _, o := range schools {
		names = append(names, o.Name)
	}
	asked := leaf.Asked{Title: t.T("centre.partner.add"), Kicker: d.Name, Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.save"), Fields: []form.Field{
		{Name: "org", Kind: form.Suggest, Label: t.T("centre.field.partner"), Hint: t.T("centre.hint.partner"), Datalist: names, Autocomplete: "off", Required: true},
		{Name: "part", Kind: form.Text, Label: t.T("centre.field.part"), Hint: t.T("centre.hint.part"), MaxRunes: centre.MaxLine, Required: true}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		o, err := p.Orgs.Find(r.Context(), in.Text("org"))
		if err != nil {
			in.Refuse("org", "centre.error.org")
		}
		part := in.Text("part")
		return func() (string, error) {
			return path(d.ID, "?ok=centre.said.saved"), p.Centres.AddPartner(r.Context(), actor, d.ID, o, part)
		}
	}
	return asked, nil
}

// uuid finds the id of a programme in its address, as people paste it.
var uuid = regexp.MustCompile(`[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}`)

func (p *Pages) courseForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.run(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	from := r.URL.Query().Get("utdanning")
	if from != "" {
		from = "/tilbud/" + from
	}
	asked := leaf.Asked{Title: t.T("centre.course.add"), Kicker: d.Name, Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.save"), Fields: []form.Field{
		{Name: "programme", Kind: form.Text, Label: t.T("centre.field.programme"), Hint: t.T("centre.hint.programme"), Value: from, Required: true},
		{Name: "how", Kind: form.Text, Label: t.T("centre.field.how"), Hint: t.T("centre.hint.how"), MaxRunes: centre.MaxLine, Required: true}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		programme, how := uuid.FindString(in.Text("programme")), in.Text("how")
		if programme == "" {
			in.Refuse("programme", "centre.error.programme")
		}
		return func() (string, error) {
			return path(d.ID, "?ok=centre.said.saved"), p.Centres.AddCourse(r.Context(), actor, d.ID, programme, how)
		}
	}
	return asked, nil
}

func (p *Pages) newsForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.run(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.news.new"), Kicker: d.Name, Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.news.submit"), Fields: []form.Field{
		{Name: "title", Kind: form.Text, Label: t.T("centre.field.title"), MaxRunes: centre.MaxLine, Required: true},
		{Name: "words", Kind: form.Long, Rows: 6, Label: t.T("centre.field.words"), MaxRunes: centre.MaxWords, Required: true}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		title, words := in.Text("title"), in.Text("words")
		return func() (string, error) {
			return path(d.ID, "?ok=centre.said.saved"), p.Centres.Tell(r.Context(), actor, d.ID, title, words)
		}
	}
	return asked, nil
}

// roomForm adds a room, or changes the one that the address names.
func (p *Pages) roomForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	d, err := p.run(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	asked := leaf.Asked{Title: t.T("centre.room.add"), Kicker: d.Name, Crumbs: in(t, d.Centre), Back: path(d.ID, ""), Submit: t.T("centre.save")}
	old := centre.Room{Centre: d.ID, Municipality: d.Municipality}
	if r.PathValue("room") != "" {
		if old, _, err = p.room(r, actor); err != nil {
			return leaf.Asked{}, err
		}
		asked.Title, asked.Version = t.T("centre.room.edit"), old.Version
		asked.Theirs = []ui.Fact{{Label: t.T("centre.field.room"), Text: old.Name}, {Label: t.T("centre.field.address"), Text: old.Address}, {Label: t.T("centre.field.equipment"), Text: old.Equipment}}
	}
	today, seats := p.Clock.Today(), ""
	if old.Seats > 0 {
		seats = strconv.Itoa(old.Seats)
	}
	asked.Fields = []form.Field{
		{Name: "name", Kind: form.Text, Label: t.T("centre.field.room"), Hint: t.T("centre.hint.room"), Value: old.Name, MaxRunes: centre.MaxLine, Required: true},
		{Name: "address", Kind: form.Text, Label: t.T("centre.field.address"), Value: old.Address, MaxRunes: centre.MaxLine, Required: true},
		{Name: "municipality", Kind: form.Suggest, Label: t.T("centre.field.municipality"), Value: p.Places.Written(place.Number(old.Municipality)), Datalist: p.Places.Options(today), Autocomplete: "off", Required: true},
		{Name: "seats", Kind: form.Number, Label: t.T("centre.field.seats"), Value: seats, Min: "1", Max: strconv.Itoa(centre.MaxPeople), Required: true},
		{Name: "equipment", Kind: form.Text, Label: t.T("centre.field.equipment"), Hint: t.T("centre.hint.equipment"), Value: old.Equipment, MaxRunes: centre.MaxLine}}
	if old.ID != "" {
		asked.Fields = append(asked.Fields, form.Field{Name: "closed", Kind: form.Checks, Label: t.T("centre.field.closed"), Options: []form.Option{{Value: "ja", Label: t.T("centre.room.close"), Selected: old.Closed}}})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next, version := centre.Room{Name: in.Text("name"), Address: in.Text("address"), Seats: in.Int("seats"), Equipment: in.Text("equipment"), Closed: len(in.Choices("closed", "ja")) > 0}, leaf.Version(in)
		n, err := p.Places.ParseTyped(in.Text("municipality"), today)
		if err != nil {
			in.Refuse("municipality", "form.error.municipality")
		}
		next.Municipality = string(n)
		return func() (string, error) {
			if old.ID != "" {
				return path(d.ID, "?ok=centre.said.saved"), p.Centres.EditRoom(r.Context(), actor, old.ID, version, next)
			}
			_, err := p.Centres.AddRoom(r.Context(), actor, d.ID, next)
			return path(d.ID, "?ok=centre.said.saved"), err
		}
	}
	return asked, nil
}
