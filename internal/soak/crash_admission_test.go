package soak_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os/exec"
	"sync"
	"testing"
	"time"

	"kompetansetorg/internal/kit/db/dbtest"
)

// taking is an offering with few places that many want.
type taking struct {
	id string
	// places are those that are left for who applies here.
	places int
	mu     sync.Mutex
	// live and withdrawn are the applications that were acknowledged as such; between are
	// those whose withdrawal was never answered.
	live, withdrawn, between map[string]bool
}

// TestKillOverbooksNothing lets an employer nominate its people and take some back, from
// several clients, while the service is killed again and again. Every application that was
// acknowledged is there as it was, never more are let in than there are places, and nobody
// waits while one is free.
func TestKillOverbooksNothing(t *testing.T) {
	rounds := kills(t)
	binary, dsn := build(t), dbtest.Empty(t)
	s := start(t, binary, dsn)
	org := s.organisation(t)
	c := &taking{live: map[string]bool{}, withdrawn: map[string]bool{}, between: map[string]bool{}}
	c.find(t, s)
	for round := range rounds {
		token := s.token(t, "employer")
		ctx, cancel := context.WithCancel(t.Context())
		var wg sync.WaitGroup
		for client := range 4 {
			wg.Go(func() { c.apply(ctx, s, token, org, fmt.Sprintf("%d-%d", round, client)) })
		}
		time.Sleep(time.Duration(100+rand.IntN(200)) * time.Millisecond)
		s.kill()
		cancel()
		wg.Wait()
		s = start(t, binary, dsn)
	}
	states := c.stored(t, s)
	in, waiting := 0, 0
	for _, state := range states {
		switch state {
		case "applied", "offered", "admitted", "started":
			in++
		case "queued":
			waiting++
		}
	}
	if in > c.places || in < c.places && waiting > 0 {
		t.Errorf("%d are in and %d wait for %d places", in, waiting, c.places)
	}
	for id := range c.live {
		if state := states[id]; state == "" || state == "withdrawn" && !c.between[id] {
			t.Errorf("application %s was acknowledged, and is %q", id, state)
		}
	}
	for id := range c.withdrawn {
		if states[id] != "withdrawn" {
			t.Errorf("application %s was withdrawn, and is %q", id, states[id])
		}
	}
	t.Logf("killed %d times, %d applications stand, %d are withdrawn, %d are in, %d wait", rounds, len(c.live), len(c.withdrawn), in, waiting)
	if in < c.places {
		t.Errorf("only %d applied for %d places: it proves nothing", in, c.places)
	}
	s.kill()
	if out, err := exec.Command(binary, "audit", "verify", "--db", dsn).CombinedOutput(); err != nil {
		t.Errorf("audit verify: %v\n%s", err, out)
	}
}

// find takes the course of the demo in observing the elderly, which begins any day.
func (c *taking) find(t *testing.T, s *service) {
	t.Helper()
	var list struct {
		Items []struct {
			ID, StartType string
			MaxPlaces     int `json:"max_places"`
			PlacesLeft    int `json:"places_left"`
		}
	}
	if _, err := s.call(t.Context(), "GET", "/api/v1/offerings?q="+url.QueryEscape("Observasjons- og vurderingskompetanse"), "", nil, &list); err != nil || len(list.Items) != 1 {
		t.Fatalf("%d offerings, %v", len(list.Items), err)
	}
	c.id, c.places = list.Items[0].ID, list.Items[0].PlacesLeft
	if c.places < 3 {
		t.Fatalf("%+v", list.Items[0])
	}
}

// apply nominates one after the other, and takes every third back.
func (c *taking) apply(ctx context.Context, s *service, token, org, name string) {
	for i := 0; ctx.Err() == nil; i++ {
		var made struct{ ID string }
		body := map[string]any{"person": map[string]string{"name": fmt.Sprintf("Ansatt %s-%d", name, i), "contact": "ansatt@example.org"}, "employer": org, "municipality": "5022"}
		if _, err := s.call(ctx, "POST", "/api/v1/offerings/"+c.id+"/applications", token, body, &made); err != nil {
			return
		}
		c.mu.Lock()
		c.live[made.ID] = true
		c.between[made.ID] = i%3 == 2
		c.mu.Unlock()
		if i%3 != 2 {
			continue
		}
		var moved struct{ State string }
		if _, err := s.call(ctx, "POST", "/api/v1/applications/"+made.ID+"/moves", token, map[string]string{"to": "withdrawn"}, &moved); err != nil {
			return
		}
		c.mu.Lock()
		delete(c.live, made.ID)
		c.withdrawn[made.ID] = true
		c.mu.Unlock()
	}
}

// stored are the states of the employer's applications for the course, by id.
func (c *taking) stored(t *testing.T, s *service) map[string]string {
	t.Helper()
	token, out := s.token(t, "employer"), map[string]string{}
	for path := "/api/v1/applications?limit=100"; path != ""; {
		var page struct {
			Items []struct{ ID, State, Offering string }
			Next  string
		}
		if _, err := s.call(t.Context(), "GET", path, token, nil, &page); err != nil {
			t.Fatal(err)
		}
		for _, a := range page.Items {
			if a.Offering == c.id {
				out[a.ID] = a.State
			}
		}
		path = ""
		if page.Next != "" {
			path = "/api/v1/applications?limit=100&after=" + url.QueryEscape(page.Next)
		}
	}
	return out
}
