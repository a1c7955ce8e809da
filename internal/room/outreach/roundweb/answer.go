package roundweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/hall/heard"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/outreach/round"
)

// answerView is one answer as the hub reads it, with the needs that can be made.
type answerView struct {
	web.Page
	Head     ui.Head
	Facts    ui.Facts
	Told     *ui.Notice
	Needs    []needForm
	Empty    *ui.Empty
	Sections []answerSection
}

// needForm makes one need of the answer, or leads to the one that was made.
type needForm struct {
	ID        string
	Title     string
	Row       string
	Made      *ui.Card
	Text      form.Field
	Headcount form.Field
	Confirmed form.Field // without a name but for an answer by the open link
	Actions   ui.Actions
}

func (p *pages) answerPage(r *http.Request, actor access.Actor) (answerView, round.Sheet, error) {
	one, err := p.id(r)
	if err != nil {
		return answerView{}, round.Sheet{}, err
	}
	invite, err := p.inviteID(r, r.PathValue("invite"))
	if err != nil {
		return answerView{}, round.Sheet{}, err
	}
	x, made, err := p.Rounds.Shown(r.Context(), actor, one, invite)
	if err != nil {
		return answerView{}, x, err
	}
	t := p.door.Printer(r)
	view := answerView{Page: p.door.Frame(r, actor, x.Invite.Name), Head: ui.Head{Kicker: t.T("round.answer.kicker"), Title: x.Invite.Name}}
	view.Crumbs = crumbs(t, &x.Round)
	view.Facts.Items = []ui.Fact{{Label: t.T("round.municipality"), Text: p.place(x.Invite.Municipality)}}
	if !x.Invite.HasAnswered() {
		view.Empty = &ui.Empty{Title: t.T("round.answer.none"), Text: t.T("round.answer.none.text")}
		return view, x, nil
	}
	by := t.T(x.Invite.Via.Label())
	if x.Invite.AnsweredBy != "" {
		name, err := p.nameOf(r.Context(), x.Invite.AnsweredBy)
		if err != nil {
			return view, x, err
		}
		by = t.T("round.answer.by_hub", "hub", name)
	}
	view.Facts.Items = append(view.Facts.Items, ui.Fact{Label: t.T("round.answer.when"), Text: t.Moment(x.Invite.AnsweredAt)}, ui.Fact{Label: t.T("round.answer.how"), Text: by})
	view.Sections = p.given(t, hubFile, x)
	p.needs(t, actor, x, made, &view)
	return view, x, nil
}

// needs adds what can be made of the answer, for those who may.
func (p *pages) needs(t i18n.Printer, actor access.Actor, x round.Sheet, made []round.Made, view *answerView) {
	may := round.CanRun(actor, x.Round.Hub) == nil && actor.HasAt(x.Round.Hub, need.AdviserRoles()...)
	if !heard.MayBe(x.Answer.Sent) {
		view.Told = &ui.Notice{Text: t.T("round.need.not_wanted")}
		may = false
	}
	if x.Invite.Via == round.ByOpen && may {
		view.Told = &ui.Notice{Color: ui.Warning, Title: t.T("round.need.unproven"), Text: t.T("round.need.unproven.text")}
	}
	for i, prop := range heard.Proposals(x.Answer.Sent, made) {
		nr := strconv.Itoa(prop.Row)
		f := needForm{ID: "behov-" + strconv.Itoa(i+1), Title: t.T("round.need.n", "nr", i+1), Row: nr}
		switch {
		case prop.Need != "":
			f.Made = &ui.Card{Kicker: t.T("round.happened.need"), Title: t.T("round.need.made"), Href: "/behov/" + string(prop.Need), Text: prop.Text, Color: ui.Success}
		case !may:
			continue
		default:
			head := ""
			if prop.Headcount > 0 {
				head = strconv.Itoa(prop.Headcount)
			}
			f.Text = form.Field{Name: "text", ID: "text-" + nr, Kind: form.Long, Rows: 3, Label: t.T("round.need.text"), Hint: t.T("round.need.text.hint"), Value: prop.Text, Required: true}
			f.Headcount = form.Field{Name: "headcount", ID: "headcount-" + nr, Kind: form.Number, Label: t.T("round.need.headcount"), Value: head, Required: true}
			if x.Invite.Via == round.ByOpen {
				f.Confirmed = form.Field{Name: "confirmed", ID: "confirmed-" + nr, Kind: form.Text, Label: t.T("round.need.confirmed"), Hint: t.T("round.need.confirmed.hint"), Required: true, MaxRunes: heard.MaxConfirmed}
			}
			f.Actions.Items = []ui.Action{{Label: t.T("round.need.make"), Context: f.Title, Submit: true, Variant: ui.Primary}}
		}
		view.Needs = append(view.Needs, f)
	}
}

func (p *pages) answer(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	view, _, err := p.answerPage(r, actor)
	if err != nil {
		return err
	}
	return p.door.Views.Render(w, http.StatusOK, "round/answer", view)
}

// needPost makes a need of a row of the answer; pressed twice, it leads to the same.
func (p *pages) needPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	if err := r.ParseForm(); err != nil {
		return fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	view, x, err := p.answerPage(r, actor)
	if err != nil {
		return err
	}
	in, t := form.Read(r.PostForm), p.door.Printer(r)
	row := in.Int("row")
	wanted := heard.Wanted{Row: row, Text: in.Text("text"), Headcount: in.Int("headcount"), Lang: t.Language(),
		Ground: t.T("round.need.ground", "round", x.Round.Title), HiddenGround: t.T("round.need.hidden", "round", x.Round.Title)}
	if x.Invite.Via == round.ByOpen {
		wanted.Confirmed = in.Text("confirmed")
		wanted.Ground = t.T("round.need.ground.open", "round", x.Round.Title, "how", wanted.Confirmed)
	}
	var made need.ID
	if err = in.Err(); err == nil {
		made, err = p.Heard.Make(r.Context(), actor, x.Round.ID, x.Invite.ID, wanted)
	}
	if err == nil {
		return web.SeeOther(w, r, "/behov/"+string(made)+"?ok=round.said.need")
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	for i := range view.Needs {
		if view.Needs[i].Row == strconv.Itoa(row) {
			view.Refused(form.Refill(&view.Needs[i], r.PostForm, err, view.Printer))
		}
	}
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "round/answer", view)
}
