package meetingweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/comment"
	"kompetansetorg/internal/room/meeting/wording"
)

// commentForm asks what a member says of an item. Who holds seats of one member is not
// asked which.
func (p *pages) commentForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return asked{}, err
	}
	members, ids := commenting(d)
	if len(members) == 0 {
		return asked{}, fault.Missing()
	}
	fields := []form.Field{{Name: "words", Kind: form.Long, Label: t.T("meeting.field.comment"), Required: true, MaxRunes: session.MaxTold}}
	if len(members) > 1 {
		fields = slices.Insert(fields, 0, form.Field{Name: "org", Kind: form.Select, Label: t.T("meeting.field.member"), Options: append([]form.Option{{Label: t.T("meeting.choose")}}, members...), Required: true})
	}
	return asked{Title: t.T("meeting.comment.say"), Lead: wording.Numbered(t, d.Item), Crumbs: wording.ItemCrumbs(t, d), Back: wording.ItemPath(d.Item, ""), Submit: t.T("meeting.comment.send"),
		Groups: []ui.Fieldset{{Fields: fields}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			member, words := access.OrgID(ids[0]), in.Text("words")
			if len(members) > 1 {
				if member = access.OrgID(in.Choice("org", ids...)); member == "" {
					in.Refuse("org", "form.error.required")
				}
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Comments.Say(r.Context(), actor, d.ID, member, words)
			return wording.ItemPath(d.Item, "?ok=meeting.said.saved#comments"), err
		}}, nil
}

// commentEditForm changes a comment, or takes it back.
func (p *pages) commentEditForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return asked{}, err
	}
	i := slices.IndexFunc(d.Comments, func(c session.Comment) bool { return string(c.ID) == r.PathValue("comment") })
	if i < 0 || !slices.Contains(comment.Members(d), d.Comments[i].Org) {
		return asked{}, fault.Missing()
	}
	c := d.Comments[i]
	return asked{Title: t.T("meeting.comment.change"), Lead: c.OrgName, Crumbs: wording.ItemCrumbs(t, d), Back: wording.ItemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: c.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "words", Kind: form.Long, Label: t.T("meeting.field.comment"), Value: c.Words, Required: true, MaxRunes: session.MaxTold},
			{Name: "back", Kind: form.Checks, Label: t.T("meeting.comment.back"), Hint: t.T("meeting.comment.back.hint"), Options: []form.Option{{Value: "ja", Label: t.T("meeting.comment.back")}}}}}},
		Theirs: theirs{t.T("meeting.theirs"), wording.Lines(c.Words)},
		Save: func(in *form.Input, values url.Values) (string, error) {
			back, words := in.Bool("back"), in.Text("words")
			if err := in.Err(); err != nil {
				return "", err
			}
			to := wording.ItemPath(d.Item, "?ok=meeting.said.saved#comments")
			if back {
				return to, p.Comments.TakeBack(r.Context(), actor, c.ID, seen(values))
			}
			return to, p.Comments.Change(r.Context(), actor, c.ID, seen(values), words)
		}}, nil
}

// commenting are the members that the reader may comment for, as choices.
func commenting(d session.ItemDetail) (list []form.Option, ids []string) {
	for _, o := range comment.Members(d) {
		i := slices.IndexFunc(d.Seats, func(x session.Seated) bool { return x.Org == o })
		list, ids = append(list, form.Option{Value: string(o), Label: d.Seats[i].OrgName}), append(ids, string(o))
	}
	return list, ids
}

// commentCards are what the members have said of an item, in the order it was said.
func commentCards(t i18n.Printer, d session.ItemDetail) []ui.Card {
	var out []ui.Card
	may := comment.Members(d)
	for _, c := range d.Comments {
		card := ui.Card{Kicker: t.T("meeting.comment.when", "stage", t.T(c.Stage.Label()), "date", c.At.Date()), Title: c.OrgName, Text: c.Words}
		if slices.Contains(may, c.Org) {
			card.Actions = []ui.Action{{Label: t.T("meeting.comment.change"), Context: c.OrgName, Href: wording.ItemPath(d.Item, "/kommentar/"+string(c.ID)), Variant: ui.Tertiary}}
		}
		out = append(out, card)
	}
	return out
}
