package meetingweb

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/wording"
)

// positionFields ask what a seat says: the seats that the reader may speak for.
func positionFields(t i18n.Printer, d session.ItemDetail) ([]form.Field, []string) {
	seats, ids := seatOptions(t, d.Seats, func(x session.Seated) bool { return x.Votes && (x.Mine || d.Keeps) })
	if d.Keeps {
		tellSaid(t, d, seats)
	}
	if len(ids) == 1 {
		seats = seats[1:]
	}
	may := rule.Given()
	if !d.Rules.DecidesRecusal() {
		may = slices.DeleteFunc(may, func(x rule.Position) bool { return x == rule.Recused })
	}
	given := options(t, "", may, rule.Position.Name, "")
	var reasoned []string
	for _, x := range may {
		if x == rule.ForRemark || d.Rules.Reasons.Need(x) {
			reasoned = append(reasoned, t.T(x.Name()))
		}
	}
	return []form.Field{{Name: "seat", Kind: form.Select, Label: t.T("meeting.field.seat"), Options: seats, Required: true},
		{Name: "position", Kind: form.Radio, Label: t.T("meeting.field.position"), Options: given, Required: true},
		{Name: "reason", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.reason_or_remark"), Hint: t.T("meeting.hint.reason_for", "positions", strings.Join(reasoned, "; "))}}, ids
}

// tellSaid adds to the seats what each has said in the meeting, so that the secretary
// sees whose position is there already and would be replaced.
func tellSaid(t i18n.Printer, d session.ItemDetail, seats []form.Option) {
	for _, x := range d.Positions { // the newest last
		for n, o := range seats {
			if x.How == outcome.Here && o.Value == string(x.Seat) {
				seats[n].Label = t.T("meeting.seat.said", "seat", seatTitle(d, x.Seat), "position", x.Position.Name())
			}
		}
	}
}

// seatTitle is the member and the office of the seat.
func seatTitle(d session.ItemDetail, seat meeting.SeatID) string {
	for _, x := range d.Seats {
		if x.ID == seat {
			return x.OrgName + ", " + x.Member.Title
		}
	}
	return ""
}

func partField(t i18n.Printer) form.Field {
	return form.Field{Name: "part", Kind: form.Select, Label: t.T("meeting.field.part"), Hint: t.T("meeting.hint.part"),
		Options: options(t, "", meeting.Parts(), meeting.Part.Label, meeting.Member)}
}

func readTaking(in *form.Input, ids []string) floor.Taking {
	x := floor.Taking{Seat: meeting.SeatID(in.Choice("seat", ids...)), Part: meeting.Part(in.Choice("part", strs(meeting.Parts())...)),
		Position: rule.Position(in.Choice("position", strs(rule.Given())...)), Reason: in.Text("reason")}
	limited(in, "reason", x.Reason)
	if x.Seat == "" {
		in.Refuse("seat", "form.error.required")
	}
	if x.Position == "" {
		in.Refuse("position", "form.error.required")
	}
	return x
}

// limited refuses a text that is too long, so that all that is wrong is told at once.
func limited(in *form.Input, name, text string) {
	var fs fault.Fields
	fs.Text(name, text, session.MaxTold, false)
	if e, ok := fault.As(fs.Err()); ok {
		in.Refuse(name, e.Fields[0].Key, e.Fields[0].Values...)
	}
}

func (p *pages) positionForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return asked{}, err
	}
	fields, ids := positionFields(t, d)
	if len(ids) == 0 {
		return asked{}, p.noVote(r, actor, d)
	}
	if d.Keeps {
		fields = append(fields, partField(t))
	}
	if d.InWriting(d.Meeting) {
		fields = append(fields, form.Field{Name: "in_writing", Kind: form.Radio, Label: t.T("meeting.field.in_writing"), Hint: t.T("meeting.hint.in_writing"), Required: true,
			Options: []form.Option{{Value: "ja", Label: t.T("meeting.in_writing.yes")}, {Value: "nei", Label: t.T("meeting.in_writing.no")}}})
	}
	lead, said := t.T("meeting.position.lead"), "?ok=meeting.said.taken"
	title, do := taking(d), i18n.Key("meeting.position.do")
	switch {
	case d.InWriting(d.Meeting):
		lead = t.T("meeting.position.in_writing")
	case d.Meeting.State.Ahead():
		lead, said, do = t.T("meeting.position.ahead"), "?ok=meeting.said.beforehand", "meeting.position.do_beforehand"
	}
	return asked{Title: t.T(title), Lead: lead, Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T(do), Groups: []ui.Fieldset{{Fields: fields}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			x := readTaking(in, ids)
			if d.InWriting(d.Meeting) {
				if x.InWriting = in.Choice("in_writing", "ja", "nei") == "ja"; values.Get("in_writing") == "" {
					in.Refuse("in_writing", "form.error.required")
				}
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Floor.TakePosition(r.Context(), actor, d.ID, x)
			return itemPath(d.Item, said), err
		}}, nil
}

// taking is what it is called to say what a seat means: before the meeting it is said
// beforehand, and is no position.
func taking(d session.ItemDetail) i18n.Key {
	if d.Meeting.State.Ahead() && !d.InWriting(d.Meeting) {
		return "meeting.position.beforehand"
	}
	return "meeting.position.take"
}

// noVote says to a reader with a seat why it has no vote, citing the paragraph.
func (p *pages) noVote(r *http.Request, actor access.Actor, d session.ItemDetail) error {
	for _, x := range d.Seats {
		if x.Mine {
			return p.Floor.MayTake(r.Context(), actor, d.ID, x.ID)
		}
	}
	return fault.Missing()
}

func (p *pages) forehandForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	fields, ids := positionFields(t, d)
	ways := []outcome.Channel{outcome.Phone, outcome.Writing}
	fields = append(fields, form.Field{Name: "how", Kind: form.Radio, Label: t.T("meeting.field.how"), Required: true,
		Options: options(t, "", ways, func(c outcome.Channel) i18n.Key { return i18n.Key("meeting.how." + string(c)) }, outcome.Phone)},
		form.Field{Name: "evidence", Kind: form.Long, Rows: 3, Label: t.T("meeting.field.evidence"), Hint: t.T("meeting.hint.evidence"), Required: true})
	return asked{Title: t.T("meeting.forehand"), Lead: t.T("meeting.forehand.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Groups: []ui.Fieldset{{Fields: fields}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			x, how, evidence := readTaking(in, ids), outcome.Channel(in.Choice("how", strs(ways)...)), in.Text("evidence")
			limited(in, "evidence", evidence)
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Floor.RegisterForehand(r.Context(), actor, d.ID, x, how, evidence)
			return itemPath(d.Item, "?ok=meeting.said.saved"), err
		}}, nil
}

func (p *pages) recusalForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treated(r, actor)
	if err != nil {
		return asked{}, err
	}
	if !d.Rules.DecidesRecusal() {
		return asked{}, floor.NoRecusal()
	}
	seats, ids := seatOptions(t, d.Seats, anybody)
	return asked{Title: t.T("meeting.recusal.raise"), Lead: t.T("meeting.recusal.lead"), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"),
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "seat", Kind: form.Select, Label: t.T("meeting.field.seat"), Options: seats, Required: true}, partField(t),
			{Name: "reason", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.recusal"), Hint: t.T("meeting.hint.recusal"), Required: true}}}},
		Save: func(in *form.Input, _ url.Values) (string, error) {
			seat, part, reason := meeting.SeatID(in.Choice("seat", ids...)), meeting.Part(in.Choice("part", strs(meeting.Parts())...)), in.Text("reason")
			if seat == "" {
				in.Refuse("seat", "form.error.required")
			}
			if err := in.Err(); err != nil {
				return "", err
			}
			_, err := p.Floor.RaiseRecusal(r.Context(), actor, d.ID, seat, part, reason)
			return itemPath(d.Item, "?ok=meeting.said.saved"), err
		}}, nil
}

func (p *pages) recusalDecideForm(r *http.Request, actor access.Actor) (asked, error) {
	t := p.door.Printer(r)
	d, err := p.treating(r, actor)
	if err != nil {
		return asked{}, err
	}
	if !d.Rules.DecidesRecusal() {
		return asked{}, floor.NoRecusal()
	}
	var x session.Recusal
	for _, y := range d.Recusals {
		if string(y.ID) == r.PathValue("recusal") {
			x = y
		}
	}
	if x.ID == "" {
		return asked{}, fault.Missing()
	}
	both := []outcome.Ability{outcome.Stepped, outcome.Able}
	return asked{Title: t.T("meeting.recusal.decide"), Lead: t.T("meeting.recusal.decide.lead", "name", seatName(d, x.Seat)), Crumbs: wording.ItemCrumbs(t, d), Back: itemPath(d.Item, ""), Submit: t.T("meeting.save"), Version: x.Version,
		Groups: []ui.Fieldset{{Fields: []form.Field{{Name: "decided", Kind: form.Radio, Label: t.T("meeting.field.able"), Required: true,
			Options: options(t, "", both, func(a outcome.Ability) i18n.Key { return i18n.Key("meeting.recusal." + string(a)) }, x.Decided)},
			{Name: "told", Kind: form.Long, Rows: 4, Label: t.T("meeting.field.decided"), Hint: t.T("meeting.hint.decided"), Required: true}}}},
		Save: func(in *form.Input, values url.Values) (string, error) {
			decided, told := outcome.Ability(in.Choice("decided", strs(both)...)), in.Text("told")
			if err := in.Err(); err != nil {
				return "", err
			}
			return itemPath(d.Item, "?ok=meeting.said.saved"), p.Floor.DecideRecusal(r.Context(), actor, x.ID, seen(values), decided, told)
		}}, nil
}
