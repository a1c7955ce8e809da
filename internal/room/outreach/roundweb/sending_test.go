package roundweb_test

import (
	"strings"
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/outreach/round"
)

// TestARoundTellsHowFarItsLettersHaveCome: the page says so while they are written, whoever
// started it follows the work and stops it, and what is stopped is said too.
func TestARoundTellsHowFarItsLettersHaveCome(t *testing.T) {
	h := open(t, 60)
	if err := h.Jobs.Drain(t.Context()); err != nil { // the rounds of the demo
		t.Fatal(err)
	}
	hub, today := h.Actor("adviser"), h.Today()
	r, err := h.Rounds.Create(t.Context(), hub, round.Content{Hub: hub.Orgs()[0], Title: "Seksti brev", Form: h.survey(), Deadline: today.AddDays(14), Waves: []clock.Date{today}})
	if err == nil {
		_, err = h.Rounds.Invite(t.Context(), hub, r, 1, h.firms)
	}
	if err == nil {
		err = h.Rounds.Start(t.Context(), hub, r, 1)
	}
	if err != nil {
		t.Fatal(err)
	}
	page := "/runder/" + string(r)
	var at job.Job
	if err := h.DB().Read(t.Context(), func(tx *db.Tx) error {
		at, err = job.Living(t.Context(), tx, round.JobSend, "due")
		return err
	}); err != nil {
		t.Fatal(err)
	}
	work := "/arbeid/" + string(at.ID)
	for role, follows := range map[string]bool{"adviser": true, "admin": true, "county": false} {
		if p := h.As(role).Get(page); p.Status == 200 && (!strings.Contains(p.Text(".kt-progress"), "Sender 0 av 60") || p.Has(`a[href="`+work+`"]`) != follows) {
			t.Errorf("%s: %q", role, p.Text(".kt-progress"))
		}
	}
	c := h.As("adviser")
	c.Post(work+"/avbryt", nil)
	x, err := h.Rounds.Get(t.Context(), hub, r)
	if err != nil {
		t.Fatal(err)
	}
	h.renewed(r, x.Invites[0].ID) // handed over by the hub, so nobody writes to that one
	if p := c.Get(page); !strings.Contains(p.Text(".kt-progress"), "1 av 60 er sendt") {
		t.Errorf("stopped: %q", p.Text(".kt-progress"))
	}
	c.Post(work+"/igjen", nil)
	if err := h.Jobs.Drain(t.Context()); err != nil {
		t.Fatal(err)
	}
	if p := c.Get(page); strings.Contains(p.Text(".kt-progress"), "av 60") {
		t.Errorf("sent: %q", p.Text(".kt-progress"))
	}
	done, err := h.Tasks.Get(t.Context(), hub, at.ID)
	if err != nil || done.State != job.Done || done.Progress != 59 || done.Total != 59 {
		t.Errorf("the work: %+v, %v", done, err)
	}
}
