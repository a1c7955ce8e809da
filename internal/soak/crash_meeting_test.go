package soak_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/url"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/db/dbtest"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/casework/treatment"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
)

// said is what a seat has said; the reason is another each time, and tells them apart.
type said struct {
	Position rule.Position
	Reason   string
}

// voter is a seat with a vote and what its holder remembers: what was acknowledged, in
// order, and what got no answer before the service died.
type voter struct {
	seat         session.Seated
	token        string
	byPage       bool
	acknowledged []said
	unanswered   []said
}

// chamber is an open meeting of the demo's council with a case that is on the table.
type chamber struct {
	meeting session.ID
	item    session.ItemID
	matter  meeting.CaseID
	voters  []*voter
}

// rooms are the rooms of meetings over the database of a service that is not running.
type rooms struct {
	*session.Service
	agenda *agenda.Service
	floor  *floor.Service
	cases  *casework.Service
	bodies *meeting.Service
}

// within does something in the rooms while the service is away.
func within(t *testing.T, dsn string, do func(rooms)) {
	t.Helper()
	d, err := db.Open(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer d.Close()
	data, err := place.Starter()
	if err != nil {
		t.Fatal(err)
	}
	places, err := place.New(data)
	if err != nil {
		t.Fatal(err)
	}
	c := clock.Clock(time.Now)
	r := rooms{bodies: meeting.New(d, c, places)}
	r.cases = casework.New(casework.Deps{DB: d, Clock: c, Bodies: r.bodies})
	r.cases.Objects = object.New(casework.Object(r.cases), casework.DocumentObject(r.cases))
	r.Service = session.New(session.Deps{DB: d, Clock: c, Bodies: r.bodies, Cases: r.cases, Treatments: treatment.New(r.cases)})
	r.agenda, r.floor = agenda.New(r.Service), floor.New(r.Service)
	do(r)
}

var secretary = access.SystemActor("soak")

// convene opens a meeting of the council today where all are present, with one case.
func convene(t *testing.T, r rooms) *chamber {
	t.Helper()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	ctx, c := t.Context(), &chamber{}
	bodies, err := r.bodies.List(ctx, meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	must(err)
	if len(bodies) == 0 {
		t.Fatal("the demo has no council")
	}
	body := bodies[0].ID
	c.matter, err = r.cases.Create(ctx, secretary, casework.NewCase{Content: casework.Content{Kind: casework.Decision, Title: "Felles bestilling av kurs", Officer: "Rådgiver"}, Body: body})
	must(err)
	c.meeting, err = r.Plan(ctx, secretary, session.NewMeeting{Body: body, Frame: session.Frame{Day: r.Clock.Today(), From: "08:00", To: "23:00", Place: "Kommunehuset"}})
	must(err)
	c.item, err = r.agenda.Add(ctx, secretary, c.meeting, agenda.NewItem{Kind: session.File, Case: c.matter})
	must(err)
	d, err := r.Get(ctx, secretary, c.meeting)
	must(err)
	_, err = r.agenda.Issue(ctx, secretary, c.meeting, d.Version, "")
	must(err)
	d, err = r.Get(ctx, secretary, c.meeting)
	must(err)
	for _, x := range d.Seats {
		if x.Votes {
			c.voters = append(c.voters, &voter{seat: x, byPage: len(c.voters)%2 == 1})
		}
	}
	must(r.floor.Begin(ctx, secretary, c.meeting, d.Version, c.voters[0].seat.ID))
	for _, x := range c.voters {
		must(r.floor.Attend(ctx, secretary, c.meeting, session.Attendance{Seat: x.seat.ID, Part: meeting.Member, Present: true}))
	}
	item, err := r.Item(ctx, secretary, c.item)
	must(err)
	must(r.floor.SetScope(ctx, secretary, c.item, item.Version, outcome.Some, "Leder"))
	return c
}

// TestKillLosesNoPosition lets all seats of an open meeting take positions at once, half
// of them by page and half by the API, while the service is killed again and again. What
// was acknowledged is there once, nothing else is, each seat's ballot is the last it said,
// and that is what the body in the end decides by.
func TestKillLosesNoPosition(t *testing.T) {
	rounds := kills(t)
	binary, dsn := build(t), dbtest.Empty(t)
	start(t, binary, dsn).kill()
	var c *chamber
	within(t, dsn, func(r rooms) { c = convene(t, r) })
	if len(c.voters) != 6 {
		t.Fatalf("the council has %d votes, want 6", len(c.voters))
	}
	s := start(t, binary, dsn)
	for round := range rounds {
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for _, v := range c.voters {
			v.token = s.tokenAt(t, "mayor", v.seat.Org)
			wg.Go(func() { v.speak(ctx, t, s, c, round) })
		}
		time.Sleep(time.Duration(100+rand.IntN(300)) * time.Millisecond)
		s.kill()
		cancel()
		wg.Wait()
		var want outcome.Outcome
		within(t, dsn, func(r rooms) { want = c.compare(t, r) })
		s = start(t, binary, dsn)
		c.asks(t, s, want)
	}
	s.kill()
	c.concludes(t, dsn, rounds)
	if out, err := exec.Command(binary, "audit", "verify", "--db", dsn).CombinedOutput(); err != nil {
		t.Errorf("audit verify: %v\n%s", err, out)
	}
}

// concludes sees that enough was said to prove anything, and lets the body decide.
func (c *chamber) concludes(t *testing.T, dsn string, rounds int) {
	t.Helper()
	acknowledged, cut := 0, 0
	for _, v := range c.voters {
		acknowledged, cut = acknowledged+len(v.acknowledged), cut+len(v.unanswered)
		if len(v.acknowledged) == 0 {
			t.Errorf("%s was never heard", v.seat.OrgName)
		}
	}
	t.Logf("killed %d times, %d positions acknowledged, %d cut off", rounds, acknowledged, cut)
	within(t, dsn, func(r rooms) {
		d, err := r.Item(t.Context(), secretary, c.item)
		if err != nil {
			t.Fatal(err)
		}
		want := c.compare(t, r)
		if _, err := r.floor.Decide(t.Context(), secretary, c.item, d.Version, "Kommunene som deltar, bestiller kursene sammen."); err != nil {
			t.Fatal(err)
		}
		got, decided, err := r.floor.Outcome(t.Context(), secretary, c.item)
		if err != nil || !decided {
			t.Fatalf("outcome: %v, decided %t", err, decided)
		}
		if got.State != want.State || got.Vote != want.Vote {
			t.Errorf("decided %s %+v, want %s %+v", got.State, got.Vote, want.State, want.Vote)
		}
	})
}

// tokenAt is a token of a demo role at an organisation.
func (s *service) tokenAt(t *testing.T, role string, o access.OrgID) string {
	t.Helper()
	var out struct{ Token string }
	if _, err := s.call(t.Context(), "POST", "/api/v1/demo/token", "", map[string]string{"role": role, "organisation": string(o)}, &out); err != nil {
		t.Fatal(err)
	}
	return out.Token
}

// speak takes one position after the other until the service is gone.
func (v *voter) speak(ctx context.Context, t *testing.T, s *service, c *chamber, round int) {
	ways := []rule.Position{rule.For, rule.ForRemark, rule.Reserved}
	for i := 0; ctx.Err() == nil; i++ {
		x := said{ways[rand.IntN(len(ways))], fmt.Sprintf("%s sier nummer %d-%d.", v.seat.OrgName, round, i)}
		status, err := v.say(ctx, s, c, x)
		switch {
		case status == http.StatusOK || status == http.StatusSeeOther:
			v.acknowledged = append(v.acknowledged, x)
		case status == 0: // no answer: it may have been written, and it may not
			v.unanswered = append(v.unanswered, x)
			return
		default:
			t.Errorf("%s is refused: %d %v", v.seat.OrgName, status, err)
			return
		}
	}
}

// say takes a position; the status is 0 when the service did not answer.
func (v *voter) say(ctx context.Context, s *service, c *chamber, x said) (int, error) {
	if !v.byPage {
		body := map[string]string{"seat": string(v.seat.ID), "position": string(x.Position), "reason": x.Reason}
		status, err := s.call(ctx, "POST", "/api/v1/cases/"+string(c.matter)+"/positions", v.token, body, &struct{}{})
		return status, err
	}
	form := url.Values{"seat": {string(v.seat.ID)}, "position": {string(x.Position)}, "reason": {x.Reason}}
	req, err := http.NewRequestWithContext(ctx, "POST", s.url+"/moter/"+string(c.meeting)+"/saker/"+string(c.item)+"/standpunkt", strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err
	}
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	req.Header.Set("Authorization", "Bearer "+v.token)
	res, err := http.DefaultTransport.RoundTrip(req) // the answer itself, not where it leads
	if err != nil {
		return 0, err
	}
	res.Body.Close()
	return res.StatusCode, nil
}

// compare holds what is stored against what was acknowledged, notes which of those cut
// off were written after all, and answers the outcome with the ballots seen to be right.
func (c *chamber) compare(t *testing.T, r rooms) outcome.Outcome {
	t.Helper()
	d, err := r.Item(t.Context(), secretary, c.item)
	if err != nil {
		t.Fatal(err)
	}
	stored := map[meeting.SeatID][]said{}
	for _, p := range d.Positions {
		stored[p.Seat] = append(stored[p.Seat], said{p.Position, p.Reason})
	}
	out, decided, err := r.floor.Outcome(t.Context(), secretary, c.item)
	if err != nil || decided {
		t.Fatalf("outcome: %v, decided %t", err, decided)
	}
	for _, v := range c.voters {
		v.settle(stored[v.seat.ID])
		if !slices.Equal(stored[v.seat.ID], v.acknowledged) {
			t.Errorf("%s has %d positions, acknowledged were %d, or others, or in another order", v.seat.OrgName, len(stored[v.seat.ID]), len(v.acknowledged))
		}
		i := slices.IndexFunc(out.Ballots, func(b outcome.Ballot) bool { return b.Seat.ID == string(v.seat.ID) })
		if len(v.acknowledged) == 0 {
			continue
		}
		if last := v.acknowledged[len(v.acknowledged)-1]; i < 0 || out.Ballots[i].Position != last.Position || out.Ballots[i].Reason != last.Reason {
			t.Errorf("%s: the ballot is not the last that was said, %+v", v.seat.OrgName, last)
		}
	}
	return out
}

// settle looks, as the holder of the seat would, which of those that got no answer were
// written after all: they were said where they stand. PostgreSQL may end the last write of
// a service that is gone a moment later, so those of earlier rounds are looked for too.
func (v *voter) settle(stored []said) {
	for i, x := range stored {
		at := slices.Index(v.unanswered, x)
		if at < 0 || i > len(v.acknowledged) || i < len(v.acknowledged) && v.acknowledged[i] == x {
			continue
		}
		v.acknowledged = slices.Insert(v.acknowledged, i, x)
		v.unanswered = slices.Delete(v.unanswered, at, at+1)
	}
}

// asks sees that the restarted service answers the same outcome to a member.
func (c *chamber) asks(t *testing.T, s *service, want outcome.Outcome) {
	t.Helper()
	var got struct {
		State      outcome.State `json:"state"`
		AdoptedFor []string      `json:"adopted_for"`
	}
	if _, err := s.call(t.Context(), "GET", "/api/v1/cases/"+string(c.matter)+"/outcome", s.tokenAt(t, "mayor", c.voters[0].seat.Org), nil, &got); err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, p := range want.AdoptedFor {
		names = append(names, p.Name)
	}
	if got.State != want.State || !slices.Equal(got.AdoptedFor, names) && len(names) > 0 {
		t.Errorf("the service says %s for %v, want %s for %v", got.State, got.AdoptedFor, want.State, names)
	}
}
