package followweb

import (
	"net/http"
	"net/url"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

type followView struct {
	web.Page
	Head    ui.Head
	What    ui.Facts
	Action  string
	Hidden  []ui.Hidden
	Mode    form.Field
	Actions ui.Actions
	End     ui.Actions
}

// topicOf reads what is to be followed from an address or a form.
func topicOf(q url.Values) follow.Topic {
	return follow.Topic{Target: follow.Target(q.Get("hva")), Kind: q.Get("slag"), Ref: q.Get("ref")}
}

func hidden(topic follow.Topic) []ui.Hidden {
	return []ui.Hidden{{Name: "hva", Value: string(topic.Target)}, {Name: "slag", Value: topic.Kind}, {Name: "ref", Value: topic.Ref}}
}

// follow asks how soon the reader wants to be told of one topic.
func (p *pages) follow(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	topic := topicOf(r.URL.Query())
	switch topic.Target {
	case follow.Municipality:
		number, err := p.ReadPlace(topic.Ref)
		if err == nil && number == "" {
			err = fault.InvalidField("municipality", "form.error.required")
		}
		if fault.Is(err, fault.Invalid) {
			return p.refuseTopic(w, r, actor, "municipality", func(v *settingsView) *addForm { return &v.Place }, err)
		}
		topic.Ref = number
	case follow.Field:
		if p.Field(p.door.Printer(r), topic.Ref) == "" {
			return p.refuseTopic(w, r, actor, "ref", func(v *settingsView) *addForm { return &v.Field }, fault.InvalidField("ref", "form.error.choice"))
		}
	}
	view, err := p.followView(r, actor, topic)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "follow/follow", view)
}

func (p *pages) followView(r *http.Request, actor access.Actor, topic follow.Topic) (followView, error) {
	t := p.door.Printer(r)
	what, err := p.topicLink(r, t, actor, topic)
	if err != nil {
		return followView{}, err
	}
	sub, following, err := p.Follow.On(r.Context(), actor, topic)
	if err != nil {
		return followView{}, err
	}
	mode := follow.Daily
	title, button := i18n.Key("follow.do.title"), i18n.Key("follow.do")
	if following {
		mode, title, button = sub.Mode, "follow.do.following", "follow.save"
	}
	view := followView{Page: p.door.Frame(r, actor, t.T(title)), Head: ui.Head{Title: t.T(title), Lead: t.T("follow.do.lead")},
		What: ui.Facts{Items: []ui.Fact{{Label: p.sort(t, topic), Link: &what}}}, Action: "/varsler/folg", Hidden: hidden(topic),
		Mode:    modeField(t, "mode", t.T("follow.mode"), "", follow.Modes(), mode),
		Actions: ui.Actions{Items: []ui.Action{{Label: t.T(button), Submit: true, Variant: ui.Primary}, {Label: t.T("follow.back"), Href: what.Href, Variant: ui.Tertiary}}}}
	if p.sendsNothing() {
		view.Mode.Hint = t.T("follow.no_mail.text")
	}
	if following {
		view.End.Items = []ui.Action{{Label: t.T("follow.end"), Href: "/varsler/emner/" + string(sub.ID) + "/slutt", Post: true, Variant: ui.Secondary}}
	}
	view.Crumbs = []ui.Link{{Label: t.T("follow.list.title"), Href: "/varsler"}}
	return view, nil
}

// topicLink names the topic and leads to it; NotFound for what the reader may
// not see or what cannot be followed.
func (p *pages) topicLink(r *http.Request, t i18n.Printer, actor access.Actor, topic follow.Topic) (ui.Link, error) {
	switch topic.Target {
	case follow.Object:
		card, err := p.Follow.Card(r.Context(), actor, object.Ref{Kind: topic.Kind, ID: topic.Ref})
		return ui.Link{Label: name(t, card), Href: p.Objects.Href(card.Ref)}, err
	default:
		link, ok := p.placeLink(t, topic)
		if !ok {
			return link, fault.Missing()
		}
		return link, nil
	}
}

// placeLink is topicLink for topics that are no things.
func (p *pages) placeLink(t i18n.Printer, topic follow.Topic) (ui.Link, bool) {
	switch topic.Target {
	case follow.Municipality:
		label := p.Place(topic.Ref)
		return ui.Link{Label: label, Href: "/behov?municipality=" + url.QueryEscape(topic.Ref)}, label != ""
	case follow.Field:
		label := p.Field(t, topic.Ref)
		return ui.Link{Label: label, Href: "/behov?field=" + url.QueryEscape(topic.Ref)}, label != ""
	case follow.Search:
		list, ok := p.Searches[topic.Kind]
		q, err := url.ParseQuery(topic.Ref)
		if !ok || err != nil {
			return ui.Link{}, false
		}
		return ui.Link{Label: searchName(t, list, q), Href: list.Path + "?" + q.Encode()}, true
	}
	return ui.Link{}, false
}

// searchName is a search in a few words: what was written in its box, or how
// many filters it has.
func searchName(t i18n.Printer, list List, q url.Values) string {
	if words := q.Get("q"); words != "" {
		return t.T(list.Words, "words", words)
	}
	n := 0
	for _, values := range q {
		for _, v := range values {
			if v != "" {
				n++
			}
		}
	}
	return t.T(list.Filters, "n", n)
}

// sort is what sort of thing the topic is: a thing is called what its kind is.
func (p *pages) sort(t i18n.Printer, topic follow.Topic) string {
	if kind, ok := p.Objects.Of(topic.Kind); ok && topic.Target == follow.Object {
		label := []rune(t.T(kind.Label))
		return strings.ToUpper(string(label[:1])) + string(label[1:])
	}
	return t.T("follow.what." + i18n.Key(topic.Target))
}

func modeField(t i18n.Printer, name, label, hint string, modes []follow.Mode, chosen follow.Mode) form.Field {
	f := form.Field{Name: name, Kind: form.Radio, Label: label, Hint: hint}
	for _, m := range modes {
		f.Options = append(f.Options, form.Option{Value: string(m), Label: t.T(modeLabel(m)), Selected: m == chosen})
	}
	return f
}

func (p *pages) followPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	in := form.Read(r.PostForm)
	mode := follow.Mode(in.Choice("mode", text.Strings(follow.Modes())...))
	topic := topicOf(r.PostForm)
	err := in.Err()
	if err == nil {
		_, err = p.Follow.Follow(r.Context(), actor, topic, mode)
	}
	if !fault.Is(err, fault.Invalid) {
		if err != nil {
			return err
		}
		return done(w, r, "/varsler/innstillinger", "follow.said.following")
	}
	view, viewErr := p.followView(r, actor, topic)
	if viewErr != nil {
		return viewErr
	}
	view.Refused(form.Refill(&view.Mode, r.PostForm, err, p.door.Printer(r)))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "follow/follow", view)
}
