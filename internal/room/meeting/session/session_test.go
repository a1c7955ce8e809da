package session_test

import (
	"strings"
	"sync"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
)

// Reports first, numbers without gaps, what was sent kept; a withdrawn item keeps its
// number and a later one gets the next (O-17).
func TestAnAgendaIsNumberedWhenItIsSent(t *testing.T) {
	h := open(t)
	h.must(h.bodies.StartSeries(t.Context(), system, h.council, "PS", 2026, 21))
	m := h.plan(today.AddDays(9))
	first, second := h.other(m, "Første"), h.other(m, "Andre")
	if n, err := h.agenda.Make(t.Context(), h.secretary(), m); err != nil || n != 1 {
		t.Fatalf("made %d, %v", n, err)
	}
	if n, err := h.agenda.Make(t.Context(), h.secretary(), m); err != nil || n != 0 {
		t.Fatalf("again %d, %v", n, err)
	}
	h.must(h.agenda.Move(t.Context(), h.secretary(), second, ""))
	h.issue(m, "")
	d := h.detail(m)
	want := []string{"PS 22/26", "PS 23/26 Andre", "PS 24/26 Første"}
	for i, it := range d.Editions[0].Items {
		if got := strings.TrimSpace(it.Number + " " + it.Title); got != want[i] {
			t.Errorf("line %d: %q, want %q", i, got, want[i])
		}
	}
	h.must(h.agenda.Remove(t.Context(), h.secretary(), first, h.item(first).Version))
	third := h.other(m, "Tredje")
	if _, err := h.agenda.Issue(t.Context(), h.secretary(), m, h.detail(m).Version, ""); field(err) != "why" {
		t.Errorf("sent again without a reason: %v", err)
	}
	h.issue(m, "Ny sak")
	if n := h.item(third).Number; n.Nr != 25 {
		t.Errorf("the third is %s", n)
	}
	d = h.detail(m)
	changes := agenda.Compare(d.Editions[1].Frozen, d.Editions[0].Frozen)
	if len(changes) != 2 || changes[0].What != agenda.Went || changes[1].What != agenda.Came || changes[1].Title != "Tredje" {
		t.Errorf("changes: %+v", changes)
	}
	if d.Editions[1].Items[2].Withdrawn {
		t.Error("the first edition has changed")
	}
}

// Two secretaries edit one agenda: additions of both stay, moves do not overwrite, and of
// two who change the same item the second is told.
func TestTwoSecretariesLoseNothing(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(9))
	shared := h.other(m, "Felles")
	var wg sync.WaitGroup
	errs := make([]error, 20)
	for i := range errs {
		wg.Go(func() {
			_, errs[i] = h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Sak " + string(rune('A'+i))}})
		})
	}
	wg.Wait()
	for _, err := range errs {
		h.must(err)
	}
	d := h.detail(m)
	if len(d.Items) != 21 {
		t.Fatalf("%d items", len(d.Items))
	}
	for i, x := range d.Items {
		if x.Position != i+1 {
			t.Errorf("item %d has position %d", i, x.Position)
		}
	}
	seen := h.item(shared).Version
	h.must(h.agenda.Move(t.Context(), h.secretary(), shared, d.Items[20].ID))
	h.must(h.agenda.Edit(t.Context(), h.secretary(), shared, seen, session.Content{Title: "Den ene"}))
	if err := h.agenda.Edit(t.Context(), h.secretary(), shared, seen, session.Content{Title: "Den andre"}); !fault.Is(err, fault.Stale) {
		t.Errorf("the second save: %v", err)
	}
	if err := h.agenda.Remove(t.Context(), h.secretary(), shared, seen); !fault.Is(err, fault.Stale) {
		t.Errorf("removing what another has edited: %v", err)
	}
	if got := h.item(shared).Title; got != "Den ene" {
		t.Errorf("title %q", got)
	}
}

// Many agendas sent at once share one series without gaps, and one that is refused takes
// no number.
func TestNumbersHaveNoGapsUnderConcurrency(t *testing.T) {
	h := open(t)
	var plans []session.ID
	for i := range 8 {
		m := h.plan(today.AddDays(9 + i))
		h.other(m, "En")
		h.other(m, "To")
		plans = append(plans, m)
	}
	var wg sync.WaitGroup
	for i, m := range plans {
		version := h.detail(m).Version
		wg.Go(func() {
			if i == 3 {
				version-- // somebody else saved first
			}
			_, err := h.agenda.Issue(t.Context(), h.secretary(), m, version, "")
			if (err == nil) == (i == 3) {
				t.Errorf("meeting %d: %v", i, err)
			}
		})
	}
	wg.Wait()
	seen := map[int]bool{}
	for i, m := range plans {
		for _, x := range h.detail(m).Items {
			if i == 3 && x.Number.Nr != 0 || i != 3 && seen[x.Number.Nr] {
				t.Errorf("meeting %d has %s", i, x.Number)
			}
			seen[x.Number.Nr] = true
		}
	}
	for n := 1; n <= 14; n++ {
		if !seen[n] {
			t.Errorf("number %d is missing", n)
		}
	}
}

func TestAThirdOfTheMembersCanDemandAnItem(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(9))
	i, err := h.agenda.Demand(t.Context(), h.mayor("Røros"), m, "Buss til skolen")
	h.must(err)
	if _, err := h.agenda.Demand(t.Context(), as(access.RoleChiefExec, h.orgs["Røros"]), m, "Uten stemme"); !fault.Is(err, fault.Denied) {
		t.Errorf("one without a vote demands: %v", err)
	}
	if d := h.detail(m); len(d.Items) != 0 || len(d.Demanded) != 1 {
		t.Fatalf("one of six: %d listed, %d demanded", len(d.Items), len(d.Demanded))
	}
	h.must(h.agenda.Support(t.Context(), h.mayor("Røros"), i)) // the same again
	if d := h.detail(m); len(d.Items) != 0 {
		t.Fatal("one member counted twice")
	}
	h.must(h.agenda.Support(t.Context(), h.mayor("Oppdal"), i))
	if d := h.detail(m); len(d.Items) != 1 {
		t.Fatal("a third is not enough")
	}
}

// held is a meeting with one item, begun, with all mayors there.
func (h *house) held(scope outcome.Scope) (session.ID, session.ItemID) {
	h.t.Helper()
	m := h.plan(today)
	i := h.other(m, "Samarbeidsavtale")
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	h.scope(i, scope)
	return m, i
}

func TestPositionsAndDecisions(t *testing.T) {
	t.Run("six for is consensus", func(t *testing.T) {
		h := open(t)
		_, i := h.held(outcome.All)
		h.votes(i, rule.For, members[:5]...)
		if _, err := h.floor.Decide(t.Context(), h.secretary(), i, h.item(i).Version, "Vedtatt."); !fault.Is(err, fault.Conflict) {
			t.Errorf("decided before all had voted: %v", err)
		}
		h.votes(i, rule.For, members[5])
		if s := h.decide(i); s != outcome.Adopted {
			t.Errorf("state %s", s)
		}
		if _, err := h.floor.TakePosition(t.Context(), h.mayor("Røros"), i, floor.Taking{Seat: h.mayors["Røros"], Position: rule.Against, Reason: "Nei"}); !fault.Is(err, fault.Conflict) {
			t.Errorf("a vote after the decision: %v", err)
		}
	})
	t.Run("one against", func(t *testing.T) {
		h := open(t)
		_, i := h.held(outcome.All)
		h.votes(i, rule.For, members[:5]...)
		h.votes(i, rule.Against, members[5])
		if s := h.decide(i); s != outcome.NoConsensus {
			t.Errorf("state %s", s)
		}
	})
	t.Run("a changed mind counts", func(t *testing.T) {
		h := open(t)
		_, i := h.held(outcome.All)
		h.votes(i, rule.Against, members[0])
		h.votes(i, rule.For, members...)
		if s := h.decide(i); s != outcome.Adopted {
			t.Errorf("state %s", s)
		}
		if n := len(h.item(i).Positions); n != 7 {
			t.Errorf("%d positions kept, want the history of 7", n)
		}
	})
	t.Run("a chief executive has no vote", func(t *testing.T) {
		h := open(t)
		_, i := h.held(outcome.All)
		_, err := h.floor.TakePosition(t.Context(), as(access.RoleChiefExec, h.orgs["Røros"]), i, floor.Taking{Seat: h.exec, Position: rule.For})
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Denied || !strings.HasPrefix(string(e.Key), "outcome.refused.no_vote") {
			t.Errorf("refused with %v", err)
		}
	})
	t.Run("another's seat", func(t *testing.T) {
		h := open(t)
		_, i := h.held(outcome.All)
		_, err := h.floor.TakePosition(t.Context(), h.mayor("Melhus"), i, floor.Taking{Seat: h.mayors["Røros"], Position: rule.For})
		if !fault.Is(err, fault.Denied) {
			t.Errorf("voted for another: %v", err)
		}
	})
	t.Run("deputy steps in for one who stepped back", func(t *testing.T) {
		h := open(t)
		m, i := h.held(outcome.All)
		rec, err := h.floor.RaiseRecusal(t.Context(), h.mayor("Røros"), i, h.mayors["Røros"], meeting.Member, "Sitter i styret")
		h.must(err)
		h.must(h.floor.DecideRecusal(t.Context(), h.secretary(), rec, 1, outcome.Stepped, "Enstemmig inhabil, § 11-10"))
		h.votes(i, rule.For, "Melhus", "Midtre Gauldal", "Holtålen", "Rennebu", "Oppdal")
		if _, err := h.floor.TakePosition(t.Context(), h.mayor("Røros"), i, floor.Taking{Seat: h.mayors["Røros"], Position: rule.For}); !fault.Is(err, fault.Denied) {
			t.Errorf("one who stepped back voted: %v", err)
		}
		h.attend(m, h.mayors["Røros"], meeting.Deputy, true)
		_, err = h.floor.TakePosition(t.Context(), h.secretary(), i, floor.Taking{Seat: h.mayors["Røros"], Part: meeting.Deputy, Position: rule.For})
		h.must(err)
		if s := h.decide(i); s != outcome.Adopted {
			t.Errorf("state %s", s)
		}
	})
}

// What is shown of a past decision is what was stored when it was taken: facts that are
// changed behind its back change nothing of it.
func TestAPastDecisionIsNotWorkedOutAnew(t *testing.T) {
	h := open(t)
	_, i := h.held(outcome.All)
	h.votes(i, rule.For, members...)
	h.decide(i)
	h.must(h.db.Write(t.Context(), func(tx *db.Tx) error {
		_, err := db.Exec(t.Context(), tx, `UPDATE decision SET facts = '{}'`)
		return err
	}))
	out, decided, err := h.floor.Outcome(t.Context(), h.secretary(), i)
	h.must(err)
	if !decided || out.State != outcome.Adopted || out.Vote.For != 6 || len(out.Explanation) == 0 || len(out.Ballots) != 6 {
		t.Errorf("decided %v: %+v", decided, out)
	}
}

// What is said by phone before the meeting is shown and never counted, and the member can
// contest it until the meeting begins.
func TestWhatIsSaidBeforehandIsNotCounted(t *testing.T) {
	h := open(t)
	m := h.plan(today)
	i := h.other(m, "Sak")
	h.issue(m, "")
	in := floor.Taking{Seat: h.mayors["Røros"], Position: rule.For}
	if _, err := h.floor.RegisterForehand(t.Context(), h.mayor("Melhus"), i, in, outcome.Phone, "Samtale"); !fault.Is(err, fault.Denied) {
		t.Errorf("a mayor registers for another: %v", err)
	}
	p, err := h.floor.RegisterForehand(t.Context(), h.secretary(), i, in, outcome.Phone, "Samtale 20.11.")
	h.must(err)
	h.must(h.floor.Contest(t.Context(), h.mayor("Røros"), p))
	_, err = h.floor.RegisterForehand(t.Context(), h.secretary(), i, in, outcome.Phone, "Ny samtale")
	h.must(err)
	h.begin(m)
	if err := h.floor.Contest(t.Context(), h.mayor("Røros"), p); err == nil {
		t.Error("contested when the meeting had begun")
	}
	h.all(m)
	h.attend(m, h.mayors["Røros"], meeting.Member, false)
	h.scope(i, outcome.Some)
	h.votes(i, rule.For, "Melhus", "Midtre Gauldal", "Holtålen", "Rennebu", "Oppdal")
	out, _, err := h.floor.Outcome(t.Context(), h.secretary(), i)
	h.must(err)
	if out.Vote.For != 5 || len(out.Advance) != 1 {
		t.Errorf("%d for, %d said beforehand", out.Vote.For, len(out.Advance))
	}
}

// From the agenda to approved minutes, with a case that learns how it ended, and a
// follow-up that stands on the next agenda by itself.
func TestAMeetingFromAgendaToApproval(t *testing.T) {
	h := open(t)
	c, err := h.cases.Create(t.Context(), h.secretary(), casework.NewCase{Body: h.council, Content: casework.Content{Kind: casework.Decision, Title: "Kompetansepiloter", Officer: "Rådgiver"}})
	h.must(err)
	m := h.plan(today)
	i, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.File, Case: c})
	h.must(err)
	if _, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.File, Case: c}); field(err) != "case" {
		t.Errorf("the case twice: %v", err)
	}
	h.issue(m, "")
	file, err := h.cases.Get(t.Context(), h.secretary(), c)
	h.must(err)
	if len(file.Treatments) != 1 || file.Treatments[0].Number != "PS 1/26" || file.Treatments[0].Day != today {
		t.Fatalf("treatments %+v", file.Treatments)
	}
	h.begin(m)
	h.all(m)
	h.scope(i, outcome.All)
	h.votes(i, rule.For, members...)
	h.decide(i)
	if file, err = h.cases.Get(t.Context(), h.secretary(), c); err != nil || file.Treatments[0].Result != casework.Adopted {
		t.Errorf("the case ended %+v, %v", file.Treatments, err)
	}
	task, err := h.followup.Add(t.Context(), h.secretary(), i, session.FollowUp{What: "Send søknaden", Org: h.orgs["Røros"], Due: today.AddDays(20)})
	h.must(err)
	if _, err := h.minutes.Publish(t.Context(), h.secretary(), m, h.detail(m).Version, ""); err == nil {
		t.Error("published while the meeting went on")
	}
	h.must(h.floor.End(t.Context(), h.secretary(), m, h.detail(m).Version, "15:10"))
	_, err = h.minutes.Publish(t.Context(), h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	rec, err := h.minutes.Get(t.Context(), access.Actor{}, m)
	h.must(err)
	if rec.Meeting.State != session.Published || rec.Book.Items[0].Vote.For != 6 || rec.Book.Items[0].Tasks[0].Owner != "Røros" {
		t.Errorf("minutes %+v", rec.Book)
	}
	next := h.plan(today)
	n, err := h.agenda.Make(t.Context(), h.secretary(), next)
	h.must(err)
	d := h.detail(next)
	if n != 3 || d.Items[1].Kind != session.Minutes || d.Items[1].About != m || d.Items[2].Kind != session.FollowUps {
		t.Fatalf("%d items: %+v", n, d.Items)
	}
	h.issue(next, "")
	h.begin(next)
	h.all(next)
	h.scope(d.Items[1].ID, outcome.All)
	h.votes(d.Items[1].ID, rule.For, members...)
	h.decide(d.Items[1].ID)
	if got := h.detail(m).State; got != session.Approved {
		t.Errorf("the minutes are %s", got)
	}
	if err := h.followup.Close(t.Context(), h.secretary(), task, 1, session.Done, " "); field(err) != "evidence" {
		t.Errorf("closed without evidence: %v", err)
	}
	if err := h.followup.Close(t.Context(), h.mayor("Melhus"), task, 1, session.Done, "Sendt"); !fault.Is(err, fault.Denied) {
		t.Errorf("closed by another: %v", err)
	}
	h.must(h.followup.Close(t.Context(), h.mayor("Røros"), task, 1, session.Done, "Sendt 2.12., kvittering i arkivet"))
	left, err := h.followup.List(t.Context(), access.Actor{}, h.council, session.Open)
	h.must(err)
	if len(left) != 0 {
		t.Errorf("%d left", len(left))
	}
}

// What is treated behind closed doors is in no agenda, no minutes and no list of those
// outside.
func TestClosedThingsDoNotLeak(t *testing.T) {
	h := open(t)
	const secret = "Oppsigelse av daglig leder"
	m := h.plan(today)
	i, err := h.agenda.Add(t.Context(), h.secretary(), m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: secret, PublicTitle: "Personalsak", Ground: "staff", Words: secret}})
	h.must(err)
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	h.scope(i, outcome.All)
	h.votes(i, rule.For, members...)
	if _, err := h.floor.Decide(t.Context(), h.secretary(), i, h.item(i).Version, secret); field(err) != "meeting.error.doors_first" {
		t.Errorf("decided before the doors: %v", err)
	}
	if err := h.floor.DecideDoors(t.Context(), h.secretary(), i, h.item(i).Version, "", 6, 0); field(err) != "ground" {
		t.Errorf("closed without a ground: %v", err)
	}
	h.must(h.floor.DecideDoors(t.Context(), h.secretary(), i, h.item(i).Version, "staff", 6, 0))
	h.decide(i)
	_, err = h.followup.Add(t.Context(), h.secretary(), i, session.FollowUp{What: secret, Office: "Leder"})
	h.must(err)
	h.must(h.floor.End(t.Context(), h.secretary(), m, h.detail(m).Version, "15:10"))
	_, err = h.minutes.Publish(t.Context(), h.secretary(), m, h.detail(m).Version, "")
	h.must(err)
	outside := map[string]access.Actor{"visitor": {}, "another secretary": as(access.RoleSecretary, h.orgs["Melhus"]), "county": as(access.RoleCaseOfficer, h.orgs["Melhus"])}
	for name, a := range outside {
		d, err := h.Get(t.Context(), a, m)
		h.must(err)
		rec, err := h.minutes.Get(t.Context(), a, m)
		h.must(err)
		todo, err := h.followup.List(t.Context(), a, h.council, session.Open)
		h.must(err)
		for _, x := range []any{d, rec, todo} {
			if strings.Contains(dump(x), "Oppsigelse") {
				t.Errorf("%s reads it in %T", name, x)
			}
		}
		if d.Link != "" || rec.Meeting.Link != "" {
			t.Errorf("%s sees the way into the meeting", name)
		}
		if !strings.Contains(dump(rec), "Personalsak") || rec.Book.Items[0].Ground != "staff" {
			t.Errorf("%s does not read the neutral title and the ground", name)
		}
		if _, err := h.Item(t.Context(), a, i); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s opens the item: %v", name, err)
		}
		if _, _, err := h.floor.Outcome(t.Context(), a, i); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s reads the outcome: %v", name, err)
		}
	}
	if d, err := h.Get(t.Context(), h.mayor("Røros"), m); err != nil || !strings.Contains(dump(d), secret) || d.Link == "" {
		t.Errorf("a member does not read it: %v", err)
	}
}

// The agenda that the secretary works on is nobody else's, and only the secretary writes.
func TestWhoMayWhat(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(9))
	i := h.other(m, "Utkast")
	for name, a := range map[string]access.Actor{"visitor": {}, "mayor": h.mayor("Røros"), "other secretary": as(access.RoleSecretary, h.orgs["Melhus"])} {
		d, err := h.Get(t.Context(), a, m)
		h.must(err)
		if len(d.Items) != 0 || len(d.Editions) != 0 || strings.Contains(dump(d), "Utkast") {
			t.Errorf("%s reads the draft", name)
		}
		v := h.detail(m).Version
		for what, err := range map[string]error{
			"add":    second(h.agenda.Add(t.Context(), a, m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "X"}})),
			"edit":   h.agenda.Edit(t.Context(), a, i, 1, session.Content{Title: "X"}),
			"move":   h.agenda.Move(t.Context(), a, i, ""),
			"remove": h.agenda.Remove(t.Context(), a, i, 1),
			"issue":  second(h.agenda.Issue(t.Context(), a, m, v, "")),
			"cancel": h.Cancel(t.Context(), a, m, v, "Nei"),
			"change": h.Change(t.Context(), a, m, v, frame(today)),
			"make":   second(h.agenda.Make(t.Context(), a, m)),
			"attend": h.floor.Attend(t.Context(), a, m, session.Attendance{Seat: h.mayors["Røros"], Part: meeting.Member, Present: true}),
			"plan":   second(h.Plan(t.Context(), a, session.NewMeeting{Body: h.council, Frame: frame(today)})),
		} {
			if err == nil {
				t.Errorf("%s may %s", name, what)
			}
		}
	}
	if got := h.item(i).Title; got != "Utkast" {
		t.Errorf("title %q", got)
	}
}

func second[T any](_ T, err error) error { return err }

// Every change is in the audit log, and one that is refused is not.
func TestChangesAreAudited(t *testing.T) {
	h := open(t)
	m := h.plan(today)
	count := func() int {
		t.Helper()
		var n int
		h.must(h.db.Read(t.Context(), func(tx *db.Tx) error {
			_, total, err := audit.List(t.Context(), tx, system, audit.Filter{Subject: audit.Subject{Kind: session.ObjectName, ID: string(m)}})
			n = total
			return err
		}))
		return n
	}
	if count() != 1 {
		t.Fatalf("%d entries after planning", count())
	}
	i := h.other(m, "Sak")
	if err := h.agenda.Edit(t.Context(), h.secretary(), i, 99, session.Content{Title: "Y"}); !fault.Is(err, fault.Stale) {
		t.Fatal(err)
	}
	if count() != 2 {
		t.Errorf("%d entries after one addition and one refusal", count())
	}
}

func TestCollisionsAreShown(t *testing.T) {
	h := open(t)
	day := today.AddDays(9)
	h.plan(day)
	f := frame(day)
	f.From, f.To = "15:00", "16:00"
	_, err := h.Plan(t.Context(), h.secretary(), session.NewMeeting{Body: h.council, Frame: f})
	h.must(err)
	f.From, f.To = "16:00", "17:00" // begins as the other ends
	_, err = h.Plan(t.Context(), h.secretary(), session.NewMeeting{Body: h.council, Frame: f})
	h.must(err)
	list, err := h.List(t.Context(), access.Actor{}, session.Filter{Body: h.council, From: today})
	h.must(err)
	if len(list) != 3 || len(list[0].Collides) != 1 || len(list[1].Collides) != 1 || len(list[2].Collides) != 0 {
		t.Errorf("collisions %+v", list)
	}
	if list[0].Minutes() != 90 { // O-30
		t.Errorf("%d minutes", list[0].Minutes())
	}
}
