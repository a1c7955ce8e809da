package session_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
)

// group is a steering group of three members with the rules, and a meeting of it that has
// begun with all there; the items are on its agenda.
func (h *house) group(set rule.Set, items ...agenda.NewItem) (m session.ID, list []session.ItemID, seats []meeting.SeatID) {
	h.t.Helper()
	ctx := h.t.Context()
	b, err := h.bodies.Create(ctx, system, meeting.Body{Kind: meeting.SteeringGroup, Name: "Styringsgruppa", Host: h.orgs["Rådet"], Secretariat: h.orgs["Rådet"], From: founded})
	h.must(err)
	_, err = h.bodies.Adopt(ctx, system, meeting.RuleSet{Body: b, Title: "Mandat", AdoptedBy: "Rådet 2020", ValidFrom: clock.MustDate("2020-07-01"), Rules: set})
	h.must(err)
	for _, name := range members[:3] {
		seat, err := h.bodies.AddSeat(ctx, system, meeting.Seat{Body: b, Org: h.orgs[name], Kind: rule.Member, From: founded})
		h.must(err)
		_, err = h.bodies.Appoint(ctx, system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: meeting.Member, Title: "Medlem", From: founded}})
		h.must(err)
		seats = append(seats, seat)
	}
	m, err = h.Plan(ctx, h.secretary(), session.NewMeeting{Body: b, Frame: frame(today)})
	h.must(err)
	for _, x := range items {
		i, err := h.agenda.Add(ctx, h.secretary(), m, x)
		h.must(err)
		list = append(list, i)
	}
	h.issue(m, "")
	h.must(h.floor.Begin(ctx, h.secretary(), m, h.detail(m).Version, seats[0]))
	for _, seat := range seats {
		h.attend(m, seat, meeting.Member, true)
	}
	return m, list, seats
}

func other(title string) agenda.NewItem {
	return agenda.NewItem{Kind: session.Other, Content: session.Content{Title: title}}
}

// takes lets each seat take the position, as the secretary writes it down.
func (h *house) takes(i session.ItemID, p rule.Position, seats ...meeting.SeatID) error {
	for _, seat := range seats {
		if _, err := h.floor.TakePosition(h.t.Context(), h.secretary(), i, floor.Taking{Seat: seat, Position: p, Reason: "Fordi"}); err != nil {
			return err
		}
	}
	return nil
}

// Closed doors (§ 11-5) and habilitet (§ 11-10) belong to folkevalgte organ: another body
// refuses both, at every way in.
func TestOtherBodiesHaveNoDoorsAndNoRecusal(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	m, items, seats := h.group(rule.SteeringGroup(), other("Framdrift"))
	i := items[0]
	if _, err := h.floor.RaiseRecusal(ctx, h.secretary(), i, seats[0], meeting.Member, "Sitter i styret"); field(err) != "meeting.error.no_recusal" || !fault.Is(err, fault.Conflict) {
		t.Errorf("raised: %v", err)
	}
	if err := h.takes(i, rule.Recused, seats[0]); field(err) != "position" {
		t.Errorf("said to be inhabil: %v", err)
	}
	if err := h.floor.DecideDoors(ctx, h.secretary(), i, h.item(i).Version, "staff", 3, 0); field(err) != "meeting.error.no_doors" || !fault.Is(err, fault.Conflict) {
		t.Errorf("closed: %v", err)
	}
	closed := session.Content{Title: "Hemmelig", PublicTitle: "Personalsak", Ground: "staff"}
	if _, err := h.agenda.Add(ctx, h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: closed}); field(err) != "ground" {
		t.Errorf("proposed closed: %v", err)
	}
	if err := h.agenda.Edit(ctx, h.secretary(), i, h.item(i).Version, closed); field(err) != "ground" {
		t.Errorf("changed to proposed closed: %v", err)
	}
	h.must(h.takes(i, rule.For, seats...))
	if s := h.decide(i); s != outcome.Adopted {
		t.Errorf("it ends as %s", s)
	}
	// A question from before this was refused is not decided now, and holds nothing up.
	rec := id.New[session.Recusal]()
	h.must(h.db.Write(ctx, func(tx *db.Tx) error {
		_, err := db.Exec(ctx, tx, `INSERT INTO recusal (id, item, seat, part, reason, raised_by, raised_at, decided, told, version) VALUES ($1, $2, $3, 'member', 'x', '', '', '', '', 1)`, rec, i, seats[0])
		return err
	}))
	if err := h.floor.DecideRecusal(ctx, h.secretary(), rec, 1, outcome.Able, "Habil"); field(err) != "meeting.error.no_recusal" {
		t.Errorf("decided: %v", err)
	}
}

// What a case keeps from others stays so in a body that does not vote on doors: it is
// decided without a vote on them, and neither agenda nor minutes tell it.
func TestAClosedCaseInAnotherBodyStaysClosed(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	const secret = "Oppsigelse av prosjektleder"
	c, err := h.cases.Create(ctx, h.secretary(), casework.NewCase{Content: casework.Content{Kind: casework.Decision, Title: secret, Officer: "Rådgiver", Closed: true, Ground: "staff", PublicTitle: "Personalsak"}, Body: h.council})
	h.must(err)
	m, items, seats := h.group(rule.SteeringGroup(), agenda.NewItem{Kind: session.File, Case: c}, other("Framdrift"))
	x := h.item(items[0])
	kept := x.Content
	kept.Words = "Til drøfting"
	h.must(h.agenda.Edit(ctx, h.secretary(), x.ID, x.Version, kept)) // what it is kept by may stay
	h.must(h.takes(x.ID, rule.For, seats...))
	h.decide(x.ID)
	h.must(h.takes(items[1], rule.For, seats...))
	h.decide(items[1])
	h.must(h.floor.End(ctx, h.secretary(), m, h.detail(m).Version, "15:00"))
	_, err = h.minutes.Publish(ctx, h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	d, err := h.Get(ctx, access.Actor{}, m)
	h.must(err)
	rec, err := h.minutes.Get(ctx, access.Actor{}, m)
	h.must(err)
	if got := dump(d) + dump(rec); strings.Contains(got, secret) || !strings.Contains(got, "Personalsak") {
		t.Errorf("a visitor reads %s", got)
	}
}

// A mandate may say that the body decides on habilitet: then it is asked, and decided
// before the item is.
func TestAMandateMayDecideOnRecusal(t *testing.T) {
	h := open(t)
	ctx := t.Context()
	set := rule.SteeringGroup()
	set.Recusal = rule.Recusal{ByBody: true, Source: rule.Source{From: rule.FromMandate, Where: "5", Day: set.Base.Adopted}}
	_, items, seats := h.group(set, other("Framdrift"))
	i := items[0]
	rec, err := h.floor.RaiseRecusal(ctx, h.secretary(), i, seats[0], meeting.Member, "Sitter i styret")
	h.must(err)
	h.must(h.takes(i, rule.For, seats[1:]...))
	if out := h.standing(i); out.State != outcome.Open || out.Source.Where != "5" || out.Source.From != rule.FromMandate {
		t.Errorf("with the question open it stands as %s by %+v", out.State, out.Source)
	}
	h.must(h.floor.DecideRecusal(ctx, h.secretary(), rec, 1, outcome.Stepped, "Inhabil"))
	if s := h.decide(i); s != outcome.Adopted {
		t.Errorf("it ends as %s", s)
	}
	if err := h.floor.DecideDoors(ctx, h.secretary(), i, 1, "staff", 3, 0); field(err) != "meeting.error.no_doors" {
		t.Errorf("closed: %v", err)
	}
}
