package measure_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
	"kompetansetorg/internal/room/support/measure"
)

// house is the toolbox as the program brings it, with two organisations and a clock that turns.
type house struct {
	t        *testing.T
	db       *db.DB
	now      time.Time
	cards    *support.Service
	measures *measure.Service
	hub      access.OrgID
	other    access.OrgID
	accounts map[string]access.AccountID
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: dbtest.New(t), now: time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC), accounts: map[string]access.AccountID{}}
	tick := clock.Clock(func() time.Time { return h.now })
	orgs := org.New(h.db, tick, func(string) bool { return true })
	admin := access.SystemActor("test")
	for _, o := range []struct {
		to   *access.OrgID
		name string
		kind org.Kind
	}{{&h.hub, "Næringshagen", org.BusinessHub}, {&h.other, "Kommunen", org.Municipality}} {
		made, err := orgs.Register(context.Background(), admin, org.Registration{Name: o.name, Kind: o.kind, Municipality: "5061"})
		ok(t, err)
		*o.to = made.ID
	}
	people := account.New(h.db, tick, func(access.Scope, clock.Date) ([]string, bool) { return nil, true })
	for _, name := range []string{"hub", "other", "outsider", "officer", "secretary", "learner"} {
		a, err := people.CreateDemo(context.Background(), admin, account.NewAccount{Username: "demo-" + name, Name: name, DemoRole: name,
			Roles: []access.Assignment{{Role: access.RolePerson, From: clock.MustDate("2026-01-01")}}})
		ok(t, err)
		h.accounts[name] = a
	}
	h.cards = support.New(h.db, tick)
	h.measures = measure.New(measure.Deps{DB: h.db, Clock: tick, Cards: h.cards, Knows: measure.Knows{
		Sector: func(code string) bool { return code == "C" || code == "Q" }, Municipality: func(n string) bool { return len(n) == 4 },
		Within: func(n string) []string { return []string{n, "1624"} }}})
	ok(t, h.cards.LoadStarter(context.Background()))
	ok(t, h.measures.LoadStarter(context.Background()))
	return h
}

// as is somebody: at an organisation, or in an office.
func (h *house) as(name string) access.Actor {
	a := access.Actor{Account: h.accounts[name]}
	switch name {
	case "visitor":
		return access.Actor{}
	case "hub":
		a.Roles = []access.Assignment{{Role: access.RoleIntermediary, Org: h.hub}}
	case "other":
		a.Roles = []access.Assignment{{Role: access.RoleMunicipalLead, Org: h.other}}
	case "outsider":
		a.Roles = []access.Assignment{{Role: access.RoleOrgMember, Org: access.NewOrgID()}}
	case "officer":
		a.Roles = []access.Assignment{{Role: access.RoleCaseOfficer}}
	case "secretary":
		a.Roles = []access.Assignment{{Role: access.RoleSecretary}}
	case "learner":
		a.Roles = []access.Assignment{{Role: access.RolePerson}}
	}
	return a
}

func (h *house) suggest() support.ID {
	h.t.Helper()
	id, err := h.measures.Suggest(h.t.Context(), h.as("hub"), measure.Suggestion{Org: h.hub, Group: "tilflytter", Title: "Fadderfamilie", ForWhom: "Nyinnflyttede", What: "En familie følger en ny familie det første året.", Why: "Ingen skal stå alene."})
	ok(h.t, err)
	return id
}

func (h *house) get(card support.ID) measure.Measure {
	h.t.Helper()
	m, err := h.measures.Get(h.t.Context(), access.SystemActor("test"), card)
	ok(h.t, err)
	return m
}

func (h *house) move(who string, card support.ID, to flow.State) error {
	return h.measures.Move(h.t.Context(), h.as(who), card, h.get(card).Version, to, "Fordi.")
}

// fill writes what a measure lacks.
func (h *house) fill(card support.ID) {
	h.t.Helper()
	ok(h.t, h.measures.Write(h.t.Context(), h.as("officer"), card, h.get(card).Version, measure.Sections{Goal: i18n.Text{NB: "Mål"}, Who: i18n.Text{NB: "Alle"}}))
	ok(h.t, h.measures.PutStep(h.t.Context(), h.as("officer"), card, h.get(card).Version, measure.Step{Words: i18n.Text{NB: "Spør en familie."}, Days: 3}))
}

// at brings a new measure to the state.
func (h *house) at(s flow.State) support.ID {
	h.t.Helper()
	card := h.suggest()
	path := map[flow.State][]flow.State{measure.Suggested: nil, measure.Declined: {measure.Declined}, measure.Described: {measure.Described}, measure.Piloted: {measure.Described, measure.Piloted},
		measure.Published: {measure.Described, measure.Published}, measure.Revised: {measure.Described, measure.Published, measure.Revised}, measure.Archived: {measure.Described, measure.Published, measure.Archived}}[s]
	for _, to := range path {
		if to == measure.Published {
			h.fill(card)
		}
		ok(h.t, h.move("officer", card, to))
	}
	return card
}

func (h *house) ball(card support.ID) flow.Ball {
	h.t.Helper()
	var out flow.Item
	ok(h.t, h.db.Read(h.t.Context(), func(tx *db.Tx) error {
		var err error
		out, err = flow.Get(h.t.Context(), tx, flow.Subject{Kind: support.ObjectName, ID: string(card)})
		return err
	}))
	return out.Ball
}

// TestTheStarterIsWhole: each of the 25 has what a published measure needs in three languages,
// no figure, and nothing that waits for anybody.
func TestTheStarterIsWhole(t *testing.T) {
	h := newHouse(t)
	ok(t, h.measures.LoadStarter(t.Context()))
	list, err := h.measures.List(t.Context(), access.Actor{}, measure.Filter{})
	if err != nil || len(list) != 25 {
		t.Fatalf("%d measures, %v", len(list), err)
	}
	for _, m := range list {
		texts := []i18n.Text{m.Goal, m.Who}
		for _, s := range m.Steps {
			texts = append(texts, s.Words)
		}
		for _, x := range texts {
			if x.NB == "" || x.NN == "" || x.EN == "" {
				t.Errorf("%s lacks a language in %q", m.Card.Code, x.NB)
			}
		}
		if n := len(m.Steps); n < 2 || n > 5 || m.Effort == "" || m.Cost != nil || m.State != measure.Published {
			t.Errorf("%s: %d steps, effort %q, cost %v, %s", m.Card.Code, n, m.Effort, m.Cost, m.State)
		}
		if b := h.ball(m.Card.ID); b.Party != flow.Nobody {
			t.Errorf("%s waits for %s", m.Card.Code, b.Party)
		}
	}
	if errs := append(measure.Flow().Check(), measure.SaidFlow().Check()...); len(errs) > 0 {
		t.Error(errs)
	}
}

// TestWhoMoves is every state with every party: what the flow lets them do, and nothing else.
func TestWhoMoves(t *testing.T) {
	h := newHouse(t)
	everybody := []string{"visitor", "learner", "outsider", "other", "hub", "secretary", "officer"}
	editors := []string{"secretary", "officer"}
	keeper := []string{"hub", "secretary", "officer"}
	want := map[flow.State]map[flow.State][]string{
		measure.Suggested: {measure.Described: editors, measure.Declined: editors},
		measure.Described: {measure.Piloted: keeper, measure.Published: editors, measure.Declined: editors},
		measure.Piloted:   {measure.Published: editors, measure.Described: editors},
		measure.Published: {measure.Revised: keeper, measure.Archived: editors},
		measure.Revised:   {measure.Revised: keeper, measure.Archived: editors},
		measure.Archived:  {measure.Published: editors},
		measure.Declined:  {},
	}
	for from, moves := range want {
		for _, def := range measure.Flow().States {
			for _, who := range everybody {
				card := h.at(from)
				if def.State == measure.Published {
					h.fill(card)
				}
				err := h.move(who, card, def.State)
				if may := slices.Contains(moves[def.State], who); may != (err == nil) {
					t.Errorf("%s from %s to %s: %v", who, from, def.State, err)
				}
				if err == nil && h.get(card).State != def.State {
					t.Errorf("%s from %s to %s: it is %s", who, from, def.State, h.get(card).State)
				}
			}
		}
	}
}

// TestADraftIsForThoseWhoWorkOnIt: before it is published, and when it is declined, it is in no
// list and others do not know of it; published it is found by all.
func TestADraftIsForThoseWhoWorkOnIt(t *testing.T) {
	h := newHouse(t)
	for s, open := range map[flow.State]bool{measure.Suggested: false, measure.Described: false, measure.Piloted: false, measure.Declined: false, measure.Published: true, measure.Revised: true, measure.Archived: true} {
		card := h.at(s)
		for who, sees := range map[string]bool{"visitor": open, "learner": open, "outsider": open, "other": open, "hub": true, "secretary": true, "officer": true} {
			_, err := h.measures.Get(t.Context(), h.as(who), card)
			_, err2 := h.cards.Read(t.Context(), h.as(who), card)
			if (err == nil) != sees || (err2 == nil) != sees || err != nil && !fault.Is(err, fault.NotFound) {
				t.Errorf("%s reads a measure that is %s: %v, %v", who, s, err, err2)
			}
		}
		listed, err := h.cards.List(t.Context(), support.Filter{Archived: s == measure.Archived})
		ok(t, err)
		if in := slices.ContainsFunc(listed, func(c support.Card) bool { return c.ID == card }); in != open {
			t.Errorf("%s: in the list %v", s, in)
		}
	}
}

// TestPublishedWhole: it is published with a goal, who takes part and a step, and keeps one.
func TestPublishedWhole(t *testing.T) {
	h := newHouse(t)
	card := h.at(measure.Described)
	if err := h.move("officer", card, measure.Published); !fault.Is(err, fault.Conflict) {
		t.Errorf("empty it is published: %v", err)
	}
	h.fill(card)
	ok(t, h.move("officer", card, measure.Published))
	m := h.get(card)
	if err := h.measures.DropStep(t.Context(), h.as("hub"), card, m.Version, 1); !fault.Is(err, fault.Conflict) {
		t.Errorf("the last step goes: %v", err)
	}
	ok(t, h.measures.PutStep(t.Context(), h.as("hub"), card, m.Version, measure.Step{Words: i18n.Text{NB: "Møt dem."}}))
	if err := h.measures.DropStep(t.Context(), h.as("hub"), card, m.Version, 1); !fault.Is(err, fault.Stale) {
		t.Errorf("from the page as it was: %v", err)
	}
	ok(t, h.measures.DropStep(t.Context(), h.as("hub"), card, m.Version+1, 1))
	if got := h.get(card).Steps; len(got) != 1 || got[0].Nr != 1 || got[0].Words.NB != "Møt dem." {
		t.Errorf("steps %+v", got)
	}
	for _, who := range []string{"visitor", "learner", "outsider", "other"} {
		if err := h.measures.Write(t.Context(), h.as(who), card, h.get(card).Version, measure.Sections{}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s writes: %v", who, err)
		}
		if err := h.cards.MayEdit(t.Context(), h.as(who), card); !fault.Is(err, fault.Denied) {
			t.Errorf("%s edits the card: %v", who, err)
		}
	}
	if err := h.cards.MayEdit(t.Context(), h.as("hub"), card); err != nil {
		t.Errorf("the owner edits the card: %v", err)
	}
}

// TestTheReviewComesBack: a month before a year is over whoever keeps the measure has the ball,
// and loses it when it is checked; where nobody owns it, the county.
func TestTheReviewComesBack(t *testing.T) {
	h := newHouse(t)
	card := h.at(measure.Published)
	starter, err := h.measures.List(t.Context(), access.Actor{}, measure.Filter{Text: "Velkomstbrev"})
	if err != nil || len(starter) == 0 {
		t.Fatal(err)
	}
	h.now = h.now.AddDate(0, 0, 300)
	ok(t, h.measures.Remind(t.Context()))
	if b := h.ball(card); b.Party != flow.Nobody {
		t.Errorf("after 300 days it waits for %+v", b)
	}
	h.now = h.now.AddDate(0, 0, 40)
	ok(t, h.measures.Remind(t.Context()))
	ok(t, h.measures.Remind(t.Context()))
	if b := h.ball(card); b.Org != h.hub || b.Due.String() != "2027-11-23" {
		t.Errorf("after 340 days it waits for %+v", b)
	}
	if b := h.ball(starter[0].Card.ID); b.Role != access.RoleCaseOfficer || b.Due.IsZero() {
		t.Errorf("what nobody owns waits for %+v", b)
	}
	ok(t, h.move("hub", card, measure.Revised))
	if m := h.get(card); m.Card.LastChecked != clock.Today(h.now) || h.ball(card).Party != flow.Nobody {
		t.Errorf("checked %s, and it waits for %+v", m.Card.LastChecked, h.ball(card))
	}
	c := h.get(starter[0].Card.ID).Card
	c.LastChecked = clock.Today(h.now)
	ok(t, h.cards.Edit(t.Context(), h.as("officer"), c))
	ok(t, h.measures.Remind(t.Context()))
	if b := h.ball(c.ID); b.Party != flow.Nobody {
		t.Errorf("checked on the card, it still waits for %+v", b)
	}
}

// TestAnotherTakesOver: by the yes of the receiver, which then has what waits for an answer.
func TestAnotherTakesOver(t *testing.T) {
	h := newHouse(t)
	card := h.at(measure.Published)
	said, err := h.measures.Say(t.Context(), h.as("learner"), card, measure.Feedback, "", "Det mangler et telefonnummer.")
	ok(t, err)
	for _, who := range []string{"visitor", "learner", "outsider", "other"} {
		if err := h.measures.Offer(t.Context(), h.as(who), card, h.get(card).Version, h.other); !fault.Is(err, fault.Denied) {
			t.Errorf("%s gives it away: %v", who, err)
		}
	}
	ok(t, h.measures.Offer(t.Context(), h.as("hub"), card, h.get(card).Version, h.other))
	if b := h.ball(card); b.Org != h.other {
		t.Errorf("it waits for %+v", b)
	}
	for _, who := range []string{"hub", "officer", "outsider"} {
		if err := h.measures.Answer(t.Context(), h.as(who), card, h.get(card).Version, true); !fault.Is(err, fault.Denied) {
			t.Errorf("%s says yes for the receiver: %v", who, err)
		}
	}
	ok(t, h.measures.Answer(t.Context(), h.as("other"), card, h.get(card).Version, false))
	if m := h.get(card); m.Owner != h.hub || m.Offered != "" || h.ball(card).Party != flow.Nobody {
		t.Errorf("after a no: %+v", m)
	}
	ok(t, h.measures.Offer(t.Context(), h.as("officer"), card, h.get(card).Version, h.other))
	ok(t, h.measures.Answer(t.Context(), h.as("other"), card, h.get(card).Version, true))
	m := h.get(card)
	if m.Owner != h.other || m.OwnerName != "Kommunen" || m.Offered != "" {
		t.Errorf("after a yes: %+v", m)
	}
	if err := h.measures.Write(t.Context(), h.as("hub"), card, m.Version, measure.Sections{}); !fault.Is(err, fault.Denied) {
		t.Errorf("the old owner still writes: %v", err)
	}
	if err := h.measures.AnswerSaid(t.Context(), h.as("other"), said, 1, measure.Answered, "Takk, det er lagt inn.", false); err != nil {
		t.Errorf("the new owner answers: %v", err)
	}
}

// TestWhatIsSaidIsAnswered: by the owner or an editor, seen by the sender, and by all only when
// it is shown, without the sender. It goes with the account until it is answered.
func TestWhatIsSaidIsAnswered(t *testing.T) {
	h := newHouse(t)
	card := h.at(measure.Published)
	said, err := h.measures.Say(t.Context(), h.as("other"), card, measure.Advice, h.other, "Begynn med to familier.")
	ok(t, err)
	if _, err := h.measures.Say(t.Context(), access.Actor{}, card, measure.Advice, "", "Hei"); !fault.Is(err, fault.Denied) {
		t.Errorf("a visitor says something: %v", err)
	}
	if _, err := h.measures.Say(t.Context(), h.as("learner"), card, measure.Advice, h.hub, "Hei"); !fault.Is(err, fault.Invalid) {
		t.Errorf("for an organisation of others: %v", err)
	}
	reads := func(who string) int {
		list, err := h.measures.SaidOf(t.Context(), h.as(who), card)
		ok(t, err)
		return len(list)
	}
	for who, want := range map[string]int{"visitor": 0, "learner": 0, "outsider": 0, "other": 1, "hub": 1, "officer": 1, "secretary": 1} {
		if n := reads(who); n != want {
			t.Errorf("%s reads %d, want %d", who, n, want)
		}
	}
	if err := h.measures.AnswerSaid(t.Context(), h.as("other"), said, 1, measure.Answered, "Ja.", true); !fault.Is(err, fault.Denied) {
		t.Errorf("the sender answers: %v", err)
	}
	ok(t, h.measures.AnswerSaid(t.Context(), h.as("hub"), said, 1, measure.Answered, "Godt råd.", true))
	if err := h.measures.AnswerSaid(t.Context(), h.as("officer"), said, 2, measure.Answered, "Igjen.", true); err == nil {
		t.Error("it is answered twice")
	}
	list, err := h.measures.SaidOf(t.Context(), h.as("learner"), card)
	if err != nil || len(list) != 1 || list[0].Answer != "Godt råd." || list[0].OrgName != "" {
		t.Errorf("others read %+v, %v", list, err)
	}
	waiting, err := h.measures.Say(t.Context(), h.as("other"), card, measure.Feedback, "", "Ubesvart.")
	ok(t, err)
	ok(t, h.db.Write(t.Context(), func(tx *db.Tx) error { return h.measures.Forget(t.Context(), tx, h.as("other").Account) }))
	if _, _, err := h.measures.GetSaid(t.Context(), h.as("officer"), waiting); !fault.Is(err, fault.NotFound) {
		t.Errorf("what waits stays when she is gone: %v", err)
	}
	if x, _, err := h.measures.GetSaid(t.Context(), h.as("other"), said); err != nil || x.Own {
		t.Errorf("what is answered: %+v, %v", x, err)
	}
}
