package session_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/found"
)

// What the body has decided is neither taken off the agenda nor called something else: it
// would be gone from the minutes, or read as a decision of another thing.
func TestADecidedItemStaysAsItWas(t *testing.T) {
	h := open(t)
	m, i := h.held(outcome.All)
	h.votes(i, rule.For, members...)
	h.decide(i)
	for name, err := range map[string]error{
		"edited":  h.agenda.Edit(t.Context(), h.secretary(), i, h.item(i).Version, session.Content{Title: "Noe annet"}),
		"removed": h.agenda.Remove(t.Context(), h.secretary(), i, h.item(i).Version),
	} {
		if field(err) != "meeting.error.decided" {
			t.Errorf("%s: %v", name, err)
		}
	}
	rec, err := h.minutes.Get(t.Context(), h.secretary(), m)
	h.must(err)
	if len(rec.Book.Items) != 1 || rec.Book.Items[0].Title != "Samarbeidsavtale" || rec.Book.Items[0].Decision == "" {
		t.Errorf("the minutes tell %+v", rec.Book.Items)
	}
}

// An item taken up in the meeting has no number until it is decided. When something has
// been said of it, it is withdrawn and what was said is kept; else it is gone.
func TestAnItemThatWasUsedIsWithdrawn(t *testing.T) {
	h := open(t)
	m, _ := h.held(outcome.All)
	for name, use := range map[string]func(i session.ItemID) error{
		"nothing": func(session.ItemID) error { return nil },
		"a position": func(i session.ItemID) error {
			return second(h.floor.TakePosition(t.Context(), h.mayor("Røros"), i, floor.Taking{Seat: h.mayors["Røros"], Position: rule.For}))
		},
		"habilitet": func(i session.ItemID) error {
			return second(h.floor.RaiseRecusal(t.Context(), h.mayor("Røros"), i, h.mayors["Røros"], meeting.Member, "Sitter i styret"))
		},
		"who came": func(i session.ItemID) error {
			return h.floor.Attend(t.Context(), h.secretary(), m, session.Attendance{Seat: h.mayors["Røros"], Part: meeting.Member, Present: true, From: i})
		},
		"who left": func(i session.ItemID) error {
			return h.floor.Attend(t.Context(), h.secretary(), m, session.Attendance{Seat: h.mayors["Oppdal"], Part: meeting.Member, Present: true, To: i})
		},
		"a follow-up": func(i session.ItemID) error {
			return second(h.followup.Add(t.Context(), h.secretary(), i, session.FollowUp{What: "Ring", Office: "Leder"}))
		},
		"a cost": func(i session.ItemID) error {
			return h.floor.SetCost(t.Context(), h.secretary(), i, h.item(i).Version, 100, []session.Weight{{Org: h.orgs["Røros"], Weight: 2}})
		},
		"an own decision": func(i session.ItemID) error {
			return h.own.Ask(t.Context(), h.secretary(), i, []access.OrgID{h.orgs["Røros"]}, today.AddDays(30))
		},
	} {
		i := h.other(m, "Tatt opp i møtet: "+name)
		h.must(use(i))
		if err := h.agenda.Remove(t.Context(), h.secretary(), i, h.item(i).Version); err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		d, err := h.Item(t.Context(), h.secretary(), i)
		if name == "nothing" && !fault.Is(err, fault.NotFound) || name != "nothing" && (err != nil || d.Place != session.Withdrawn) {
			t.Errorf("%s: %q, %v", name, d.Place, err)
		}
	}
}

// Nothing more is said of an item that is off the agenda.
func TestAWithdrawnItemIsNotTreated(t *testing.T) {
	h := open(t)
	_, i := h.held(outcome.All)
	h.must(h.agenda.Remove(t.Context(), h.secretary(), i, h.item(i).Version))
	for name, err := range map[string]error{
		"a position": second(h.floor.TakePosition(t.Context(), h.mayor("Røros"), i, floor.Taking{Seat: h.mayors["Røros"], Position: rule.For})),
		"habilitet":  second(h.floor.RaiseRecusal(t.Context(), h.mayor("Røros"), i, h.mayors["Røros"], meeting.Member, "Sitter i styret")),
		"a scope":    h.floor.SetScope(t.Context(), h.secretary(), i, h.item(i).Version, outcome.Some, "Leder"),
		"doors":      h.floor.DecideDoors(t.Context(), h.secretary(), i, h.item(i).Version, "staff", 6, 0),
		"a cost":     h.floor.SetCost(t.Context(), h.secretary(), i, h.item(i).Version, 100, nil),
		"a question": h.own.Ask(t.Context(), h.secretary(), i, []access.OrgID{h.orgs["Røros"]}, today.AddDays(30)),
		"a decision": second(h.floor.Decide(t.Context(), h.secretary(), i, h.item(i).Version, "Vedtatt.")),
		"a note":     h.floor.Note(t.Context(), h.secretary(), i, h.item(i).Version, casework.Noted, "Tatt til orientering."),
	} {
		if field(err) != "meeting.error.item_gone" {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// joint is a meeting of the council with its board, which has a seat of its own.
func (h *house) joint() (m session.ID, board meeting.BodyID, seat meeting.SeatID) {
	h.t.Helper()
	board = h.body("Styret", rule.Council())
	seat, err := h.bodies.AddSeat(h.t.Context(), system, meeting.Seat{Body: board, Org: h.orgs["Rådet"], Kind: rule.Mayor, From: founded})
	h.must(err)
	_, err = h.bodies.Appoint(h.t.Context(), system, meeting.Appointment{Holder: meeting.Holder{Seat: seat, Part: meeting.Member, Title: "Leder", ElectedBy: "Rådet", From: founded}})
	h.must(err)
	m, err = h.Plan(h.t.Context(), h.secretary(), session.NewMeeting{Body: h.council, Joint: []meeting.BodyID{board}, Frame: frame(today)})
	h.must(err)
	return m, board, seat
}

// In a joint meeting the habilitet of a body's members is asked about in the items of that
// body, and what one body closes is closed to the members of the other.
func TestBodiesThatMeetTogetherStayApart(t *testing.T) {
	h := open(t)
	m, board, seat := h.joint()
	add := func(in agenda.NewItem) session.ItemID {
		i, err := h.agenda.Add(t.Context(), h.secretary(), m, in)
		h.must(err)
		return i
	}
	closed := add(agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Oppsigelse", Ground: "staff", PublicTitle: "Personalsak"}})
	theirs := add(agenda.NewItem{Kind: session.Other, Body: board, Content: session.Content{Title: "Buss"}})
	h.issue(m, "")
	h.begin(m)
	raise := func(a access.Actor, i session.ItemID, about meeting.SeatID) error {
		return second(h.floor.RaiseRecusal(t.Context(), a, i, about, meeting.Member, "Sitter i styret"))
	}
	leader := as(access.RoleMayor, h.orgs["Rådet"])
	if err := raise(leader, closed, h.mayors["Røros"]); !fault.Is(err, fault.NotFound) {
		t.Errorf("a member of the board in the council's closed item: %v", err)
	}
	if err := raise(h.mayor("Røros"), theirs, h.mayors["Røros"]); field(err) != "seat" {
		t.Errorf("a seat of the council in an item of the board: %v", err)
	}
	h.must(raise(h.mayor("Røros"), closed, h.mayors["Oppdal"]))
	h.must(raise(h.mayor("Røros"), theirs, seat))
}

// An observer is not in the closed meeting, and asks about nothing there.
func TestAnObserverIsOutsideWhatIsClosed(t *testing.T) {
	h := open(t)
	watcher := h.person("observatør", h.seat("Rådet", rule.Observer), meeting.Member, today)
	m := h.plan(today)
	i, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Oppsigelse", Ground: "staff", PublicTitle: "Personalsak"}})
	h.must(err)
	h.issue(m, "")
	if err := second(h.floor.RaiseRecusal(t.Context(), watcher, i, h.mayors["Røros"], meeting.Member, "Nysgjerrig")); !fault.Is(err, fault.NotFound) {
		t.Errorf("an observer raises habilitet behind closed doors: %v", err)
	}
	if err := h.floor.MayTake(t.Context(), watcher, i, h.mayors["Røros"]); !fault.Is(err, fault.NotFound) {
		t.Errorf("an observer is told who votes: %v", err)
	}
}

// Bodies that meet together have a number 1 each: the minutes, and what a search finds,
// keep the closed one and the open one apart.
func TestTwoItemsOfOneNumberAreKeptApart(t *testing.T) {
	h := open(t)
	m, board, seat := h.joint()
	add := func(in agenda.NewItem) session.ItemID {
		i, err := h.agenda.Add(t.Context(), h.secretary(), m, in)
		h.must(err)
		return i
	}
	closed := add(agenda.NewItem{Kind: session.Regular, Content: session.Content{Title: "Oppsigelse", Ground: "staff", PublicTitle: "Personalsak"}})
	opened := add(agenda.NewItem{Kind: session.Regular, Body: board, Content: session.Content{Title: "Buss til samlingene"}})
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	h.attend(m, seat, meeting.Member, true)
	h.must(h.floor.Note(t.Context(), h.secretary(), closed, h.item(closed).Version, casework.Noted, "Rådet ble orientert om oppsigelsen."))
	h.must(h.floor.Note(t.Context(), h.secretary(), opened, h.item(opened).Version, casework.Noted, "Styret tok bussen til orientering."))
	if a, b := h.item(closed).Number, h.item(opened).Number; a != b {
		t.Fatalf("the numbers are %s and %s", a, b)
	}
	h.must(h.floor.End(t.Context(), h.secretary(), m, h.detail(m).Version, "15:10"))
	_, err := h.minutes.Publish(t.Context(), h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	rec, err := h.minutes.Get(t.Context(), access.Actor{}, m)
	h.must(err)
	var documents []object.Document
	h.must(h.db.Read(t.Context(), func(tx *db.Tx) error {
		documents, err = found.Object(h.Service).Search.Documents(t.Context(), tx, []string{string(m)})
		return err
	}))
	for name, got := range map[string]string{"the minutes": dump(rec.Book), "a search": dump(documents)} {
		if !strings.Contains(got, "Styret tok bussen") || !strings.Contains(got, "Personalsak") {
			t.Errorf("%s lacks what is open: %s", name, got)
		}
		if strings.Contains(got, "ppsigelse") {
			t.Errorf("%s tells what is closed", name)
		}
	}
}

// What came of a closed item is not closed, or known, by an organisation that only observes.
func TestAnObserverClosesNoFollowUpOfWhatIsClosed(t *testing.T) {
	h := open(t)
	watcher := h.person("observatør", h.seat("Rådet", rule.Observer), meeting.Member, today)
	m := h.plan(today)
	i, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Oppsigelse", Ground: "staff", PublicTitle: "Personalsak"}})
	h.must(err)
	h.issue(m, "")
	h.begin(m)
	f, err := h.followup.Add(t.Context(), h.secretary(), i, session.FollowUp{What: "Skriv avtale", Org: h.orgs["Rådet"]})
	h.must(err)
	if err := h.followup.Close(t.Context(), watcher, f, 1, session.Done, "Gjort"); !fault.Is(err, fault.NotFound) {
		t.Errorf("an observer closes what came of a closed item: %v", err)
	}
	h.must(h.floor.DecideDoors(t.Context(), h.secretary(), i, h.item(i).Version, "", 0, 6))
	h.must(h.followup.Close(t.Context(), watcher, f, 1, session.Done, "Gjort"))
}
