package followweb

import (
	"net/http"
	"net/url"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type settingsView struct {
	web.Page
	Head ui.Head
	// NoMail says that no letters are sent from here.
	NoMail     *ui.Notice
	Confirm    *ui.Notice
	Form       settingsForm
	Version    string
	Save       ui.Actions
	Topics     ui.Table
	Place      addForm
	Field      addForm
	Addresses  []ui.Copy
	Renew      ui.Actions
	AddressesN ui.Notice
}

type settingsForm struct {
	Address, Own, Mail, Lang form.Field
}

// addForm adds a municipality or a field to what is followed: it leads to the
// page that asks how soon.
type addForm struct {
	Target string
	Ref    form.Field
	Submit string
}

// ownModes are the modes of what one is told of without asking.
var ownModes = []follow.Mode{follow.Now, follow.Daily, follow.App, follow.None}

func (p *pages) settings(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, err := p.settingsView(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "follow/settings", view)
}

func (p *pages) settingsView(r *http.Request, actor access.Actor) (settingsView, error) {
	t := p.door.Printer(r)
	set, err := p.Follow.Settings(r.Context(), actor, t.Language())
	if err != nil {
		return settingsView{}, err
	}
	subs, cards, err := p.Follow.Subscriptions(r.Context(), actor)
	if err != nil {
		return settingsView{}, err
	}
	view := settingsView{Page: p.door.Frame(r, actor, t.T("follow.settings.title")),
		Head: ui.Head{Title: t.T("follow.settings.title"), Lead: t.T("follow.settings.lead")},
		Form: fields(t, set), Version: strconv.FormatInt(set.Version, 10),
		Save:   ui.Actions{Items: []ui.Action{{Label: t.T("follow.save"), Submit: true, Variant: ui.Primary}}},
		Topics: p.topics(t, subs, cards),
		Place:  addForm{Target: string(follow.Municipality), Submit: t.T("follow.add"), Ref: form.Field{Name: "ref", ID: "municipality", Kind: form.Suggest, Label: t.T("follow.add.place"), Datalist: p.Places(), Autocomplete: "off"}},
		Field:  addForm{Target: string(follow.Field), Submit: t.T("follow.add"), Ref: form.Field{Name: "ref", ID: "field", Kind: form.Select, Label: t.T("follow.add.field"), Options: p.Fields(t)}},
		Renew: ui.Actions{Items: []ui.Action{{Label: t.T("follow.renew"), Href: "/varsler/ny-adresse", Post: true, Variant: ui.Secondary,
			Confirm: &ui.Confirm{Text: t.T("follow.renew.sure"), Yes: t.T("follow.renew.yes"), No: t.T("follow.renew.no")}}}},
		AddressesN: ui.Notice{Color: ui.Info, Text: t.T("follow.secret")},
	}
	view.Crumbs = []ui.Link{{Label: t.T("follow.list.title"), Href: "/varsler"}}
	if p.sendsNothing() {
		view.NoMail = &ui.Notice{Color: ui.Info, Title: t.T("follow.no_mail"), Text: t.T("follow.no_mail.text")}
	} else if set.Address != "" && !set.Confirmed {
		view.Confirm = &ui.Notice{Color: ui.Warning, Title: t.T("follow.unconfirmed"), Text: t.T("follow.unconfirmed.text", "address", set.Address)}
	}
	view.Addresses = []ui.Copy{
		p.copyField(t, "calendar", "follow.calendar", "follow.calendar.hint", "/varsler/kalender/"+set.Feed+".ics"),
		p.copyField(t, "feed", "follow.feed", "follow.feed.hint", "/varsler/feed/"+set.Feed+".atom"),
	}
	return view, nil
}

func fields(t i18n.Printer, set follow.Settings) settingsForm {
	f := settingsForm{
		Address: form.Field{Name: "address", Kind: form.Email, Label: t.T("follow.address"), Hint: t.T("follow.address.hint"), Value: set.Address,
			Autocomplete: "email"},
		Own:  modeField(t, "own", t.T("follow.own"), t.T("follow.own.hint"), ownModes, set.Own),
		Mail: form.Field{Name: "mail", Kind: form.Checks, Label: t.T("follow.mail"), Options: []form.Option{{Value: "1", Label: t.T("follow.mail.yes"), Selected: set.Mail}}},
		Lang: form.Field{Name: "lang", Kind: form.Select, Label: t.T("follow.lang")},
	}
	for _, l := range i18n.Langs() {
		f.Lang.Options = append(f.Lang.Options, form.Option{Value: string(l), Label: t.T("follow.lang." + i18n.Key(l)), Selected: l == set.Lang})
	}
	return f
}

// refuseTopic shows the settings again, with what is wrong at the field where a
// municipality or a field was written. name is what the fault calls that field.
func (p *pages) refuseTopic(w http.ResponseWriter, r *http.Request, actor access.Actor, name string, which func(*settingsView) *addForm, err error) error {
	view, viewErr := p.settingsView(r, actor)
	if viewErr != nil {
		return viewErr
	}
	add := which(&view)
	add.Ref.Name = name
	view.Refused(form.Refill(add, url.Values{name: {r.URL.Query().Get("ref")}}, err, p.door.Printer(r)))
	add.Ref.Name = "ref"
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "follow/settings", view)
}

func (p *pages) copyField(t i18n.Printer, domID string, label, hint i18n.Key, path string) ui.Copy {
	return ui.Copy{ID: domID, Label: t.T(label), Hint: t.T(hint), Value: p.PublicURL + path, Button: t.T("follow.copy")}
}

// topics is what the reader follows, with the ways to change and to end it.
func (p *pages) topics(t i18n.Printer, subs []follow.Subscription, cards map[object.Ref]object.Card) ui.Table {
	table := ui.Table{Caption: t.T("follow.topics"), CaptionHidden: true, Columns: []ui.Column{{Label: t.T("follow.topic")}, {Label: t.T("follow.mode.short")}, {Label: t.T("follow.addresses")},
		{Label: t.T("follow.change"), Hidden: true}}, Empty: ui.Empty{Title: t.T("follow.topics.empty"), Text: t.T("follow.topics.empty.text")}}
	for _, s := range subs {
		link, seen := ui.Link{}, true
		if s.Topic.Target == follow.Object {
			card, ok := cards[object.Ref{Kind: s.Topic.Kind, ID: s.Topic.Ref}]
			link, seen = ui.Link{Label: name(t, card), Href: p.Objects.Href(card.Ref)}, ok
		} else {
			link, seen = p.placeLink(t, s.Topic)
		}
		path := "/varsler/emner/" + string(s.ID)
		end := ui.Action{Label: t.T("follow.end"), Context: link.Label, Href: path + "/slutt", Post: true, Variant: ui.Tertiary}
		if !seen { // one may not see it any more: only the way out is left
			table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{{Text: t.T("follow.topic.gone")}, {}, {}, {Actions: []ui.Action{end}}}})
			continue
		}
		table.Rows = append(table.Rows, ui.Row{Cells: []ui.Cell{
			{Text: link.Label, Href: link.Href, Sub: p.sort(t, s.Topic)}, {Text: t.T(modeLabel(s.Mode))},
			{Actions: []ui.Action{{Label: t.T("follow.ics"), Context: link.Label, Href: "/varsler/kalender/" + s.Feed + ".ics", Variant: ui.Tertiary},
				{Label: t.T("follow.atom"), Context: link.Label, Href: "/varsler/feed/" + s.Feed + ".atom", Variant: ui.Tertiary}}},
			{Actions: []ui.Action{{Label: t.T("follow.change"), Context: link.Label, Href: s.Topic.Path(), Variant: ui.Secondary}, end,
				{Label: t.T("follow.renew.one"), Context: link.Label, Href: path + "/ny-adresse", Post: true, Variant: ui.Tertiary}}},
		}})
	}
	return table
}

func (p *pages) settingsPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	set := follow.Settings{Address: in.Text("address"), Own: follow.Mode(in.Choice("own", text.Strings(ownModes)...)), Mail: in.Bool("mail"),
		Lang: i18n.Lang(in.Choice("lang", text.Strings(i18n.Langs())...))}
	set.Version, _ = strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	err := in.Err()
	if err == nil {
		err = p.Follow.SaveSettings(r.Context(), actor, set)
	}
	if !fault.Is(err, fault.Invalid) {
		if err != nil {
			return err
		}
		after, err := p.Follow.Settings(r.Context(), actor, set.Lang)
		if err == nil && after.Address != "" && !after.Confirmed && !p.sendsNothing() {
			return done(w, r, "/varsler/innstillinger", "follow.said.confirm")
		}
		return done(w, r, "/varsler/innstillinger", "follow.said.saved")
	}
	view, viewErr := p.settingsView(r, actor)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(&view.Form, r.PostForm, err, p.door.Printer(r)))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "follow/settings", view)
}

// sendsNothing reports whether letters leave the house neither by a server nor,
// as in the demo, to be looked at.
func (p *pages) sendsNothing() bool { return p.Follow.Mail == nil && !p.Demo }

func (p *pages) renewPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := p.Follow.RenewPersonal(r.Context(), actor); err != nil {
		return err
	}
	return done(w, r, "/varsler/innstillinger", "follow.said.renewed")
}

func subID(r *http.Request) (follow.ID, error) {
	sub, err := id.Parse[follow.Subscription](r.PathValue("id"))
	if err != nil {
		return "", fault.Missing()
	}
	return sub, nil
}

func (p *pages) endPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	sub, err := subID(r)
	if err == nil {
		err = p.Follow.Unfollow(r.Context(), actor, sub)
	}
	if err != nil {
		return err
	}
	return done(w, r, "/varsler/innstillinger", "follow.said.ended")
}

func (p *pages) renewOnePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	sub, err := subID(r)
	if err == nil {
		err = p.Follow.RenewFeed(r.Context(), actor, sub)
	}
	if err != nil {
		return err
	}
	return done(w, r, "/varsler/innstillinger", "follow.said.renewed")
}
