package workweb_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/site/sitetest"
)

func add(t *testing.T, h *sitetest.House, n job.New) string {
	t.Helper()
	var made job.ID
	err := h.DB().Write(t.Context(), func(tx *db.Tx) error {
		var err error
		made, err = job.Add(t.Context(), tx, clock.At(sitetest.Now), n)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return "/arbeid/" + string(made)
}

// Whoever started the work follows it and stops it; for others it is not there.
func TestWorkIsSeenByWhoeverStartedIt(t *testing.T) {
	h := sitetest.New(t)
	mine := add(t, h, job.New{Kind: "test.long", By: h.Actor("adviser").Label()})
	for role, status := range map[string]int{"adviser": 200, "admin": 200, "county": 404} {
		if p := h.As(role).Get(mine); p.Status != status {
			t.Errorf("%s: %d, want %d", role, p.Status, status)
		}
	}
	if p := h.As("adviser").Get("/administrasjon/arbeid"); p.Status != http.StatusForbidden {
		t.Errorf("an adviser sees all work: %d", p.Status)
	}
	if p := h.As("county").Post(mine+"/avbryt", nil); p.Status != http.StatusNotFound {
		t.Errorf("somebody else stops it: %d", p.Status)
	}
	c := h.As("adviser")
	p := c.Follow(c.Post(mine+"/avbryt", nil))
	if !strings.Contains(p.Text("main"), "stoppet") || p.Has("form[action$='/avbryt']") {
		t.Errorf("after stopping: %s", p.Text("main"))
	}
	if p := c.Post(mine+"/avbryt", nil); p.Status != http.StatusConflict {
		t.Errorf("stopped twice: %d", p.Status)
	}
}

// The page tells how far the work has come; what is dead an administrator finds
// with the reason, and lets it be tried again.
func TestProgressAndDeadWork(t *testing.T) {
	h := sitetest.New(t)
	fails := true
	var during sitetest.Page
	var path string
	var admin *sitetest.Client
	h.Jobs.Handle("test.long", func(ctx context.Context, run *job.Run) error {
		if fails {
			return errors.New("postkontoret er stengt")
		}
		if err := run.Progress(ctx, 30, 40); err != nil {
			return err
		}
		during = admin.Get(path)
		return nil
	})
	path = add(t, h, job.New{Kind: "test.long", By: "x"})
	for range job.MaxTries {
		if err := h.Jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		h.Wait(job.Pause(job.MaxTries))
	}
	admin = h.As("admin")
	p := admin.Get("/administrasjon/arbeid?state=dead")
	if !strings.Contains(p.Text("table"), "postkontoret er stengt") || !p.Has("table a[href='"+path+"']") {
		t.Fatalf("dead work: %s", p.Text("table"))
	}
	fails = false
	if p := admin.Post(path+"/igjen", nil); p.Status != http.StatusSeeOther {
		t.Fatalf("retried: %d", p.Status)
	}
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if during.Attr("progress", "value") != "75" || !strings.Contains(during.Text("main"), "30 av 40") || !during.Has("[hx-trigger]") || during.Text("#state") != "I gang" || !strings.Contains(during.Text("noscript"), path) || during.Has(".kt-notice") {
		t.Errorf("while it ran: %s", during.Text("main"))
	}
	if p := admin.Get(path); !strings.Contains(p.Text(".kt-notice"), "Ferdig") || p.Has("[hx-trigger]") || p.Has("noscript") || p.Text("#state") != "Ferdig" {
		t.Errorf("afterwards: %s", p.Text("main"))
	}
	if p := admin.Get("/administrasjon/arbeid?state=rubbish"); p.Status != http.StatusUnprocessableEntity {
		t.Errorf("a state that is none: %d", p.Status)
	}
	if p := admin.Get("/administrasjon/arbeid?state=cancelled"); !strings.Contains(p.Text("main"), "Ikke noe arbeid her") {
		t.Errorf("an empty list: %s", p.Text("main"))
	}
}
