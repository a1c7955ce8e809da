package site_test

import (
	"context"
	"fmt"
	"net/http"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/room/meeting"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/agenda"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/site/sitetest"
)

// watchers is how many follow one meeting.
const watchers = 200

// BenchmarkWatchers lets 200 readers with accounts follow an item of a meeting that is
// held, on one node, and measures from the commit of a position to when the last of them
// is told (told-ms), and has fetched the parts of the page anew with the position in them
// (seen-ms): the mean of the operations, and the slowest one.
func BenchmarkWatchers(b *testing.B) {
	h := sitetest.New(b)
	at, item, seat := held(b, h)
	clients, heard := follow(b, h, at)
	var told, seen, worstTold, worstSeen time.Duration
	for n := 0; b.Loop(); n++ {
		if _, err := h.Floor.TakePosition(context.Background(), access.SystemActor("bench"), item, floor.Taking{Seat: seat, Part: meeting.Member, Position: rule.For, Reason: fmt.Sprint(n)}); err != nil {
			b.Fatal(err)
		}
		start := time.Now() // it has just been committed
		var wg sync.WaitGroup
		var mu sync.Mutex
		var lastTold, lastSeen time.Duration
		for i, l := range heard {
			wg.Go(func() {
				l.Next()
				t := time.Since(start)
				clients[i].Part(at)
				s := time.Since(start)
				mu.Lock()
				defer mu.Unlock()
				lastTold, lastSeen = max(lastTold, t), max(lastSeen, s)
			})
		}
		wg.Wait()
		told, seen = told+lastTold, seen+lastSeen
		worstTold, worstSeen = max(worstTold, lastTold), max(worstSeen, lastSeen)
	}
	ms := func(d time.Duration, n int) float64 { return float64(d.Microseconds()) / 1000 / float64(n) }
	b.ReportMetric(ms(told, b.N), "told-ms")
	b.ReportMetric(ms(seen, b.N), "seen-ms")
	b.ReportMetric(ms(worstTold, 1), "worst-told-ms")
	b.ReportMetric(ms(worstSeen, 1), "worst-seen-ms")
}

// held is a meeting of the council that has begun, with everybody there: the page of an
// item, the item, and a seat with a vote.
func held(b *testing.B, h *sitetest.House) (at string, item session.ItemID, seat meeting.SeatID) {
	b.Helper()
	ctx, system := context.Background(), access.SystemActor("bench")
	must := func(err error) {
		b.Helper()
		if err != nil {
			b.Fatal(err)
		}
	}
	bodies, err := h.Bodies.List(ctx, meeting.Filter{Kinds: []meeting.Kind{meeting.Council}})
	must(err)
	m, err := h.Meetings.Plan(ctx, system, session.NewMeeting{Body: bodies[0].ID, Frame: session.Frame{Day: h.Today(), From: "10:00", To: "14:00", Place: "Røros"}})
	must(err)
	item, err = h.Agenda.Add(ctx, system, m, agenda.NewItem{Kind: session.Other, Content: session.Content{Title: "Buss til samlingene", Matter: outcome.Ordinary}})
	must(err)
	detail := func() session.Detail {
		d, err := h.Meetings.Get(ctx, system, m)
		must(err)
		return d
	}
	_, err = h.Agenda.Issue(ctx, system, m, detail().Version, "")
	must(err)
	for _, x := range detail().Seats {
		if x.Votes {
			seat = x.ID
		}
	}
	must(h.Floor.Begin(ctx, system, m, detail().Version, seat))
	for _, x := range detail().Seats {
		must(h.Floor.Attend(ctx, system, m, session.Attendance{Seat: x.ID, Part: meeting.Member, Present: true}))
	}
	return "/moter/" + string(m) + "/saker/" + string(item), item, seat
}

// follow opens the page in so many windows, of the mayors, leaders of the opposition and
// chief executives of the six municipalities.
func follow(b *testing.B, h *sitetest.House, at string) ([]*sitetest.Client, []*sitetest.Listening) {
	b.Helper()
	// A browser has connections of its own; here all share one pool, which must keep them.
	http.DefaultTransport.(*http.Transport).MaxIdleConnsPerHost = watchers
	var accounts []*sitetest.Client
	for _, role := range []string{"mayor", "opposition", "chief_exec"} {
		for _, name := range []string{"Melhus kommune", "Midtre Gauldal kommune", "Røros kommune", "Holtålen kommune", "Rennebu kommune", "Oppdal kommune"} {
			accounts = append(accounts, tokenFor(b, h, role, name))
		}
	}
	var clients []*sitetest.Client
	var heard []*sitetest.Listening
	for i := range watchers {
		c := accounts[i%len(accounts)]
		p := c.Get(at)
		l := c.Listen(p.Attr("[data-watch]", "data-watch"))
		if p.Status != http.StatusOK || l.Status != http.StatusOK {
			b.Fatalf("window %d: %d, %d: %s", i+1, p.Status, l.Status, p.Text("h1"))
		}
		clients, heard = append(clients, c), append(heard, l)
	}
	return clients, heard
}
