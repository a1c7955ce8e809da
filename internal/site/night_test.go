package site

import (
	"context"
	"io"
	"log/slog"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/brreg"
	"kompetansetorg/internal/kit/brreg/brregtest"
	"kompetansetorg/internal/kit/db/dbtest"
)

// TestTheNightReadsTheRegister: at one o'clock and not at noon, and again later
// when the register was silent.
func TestTheNightReadsTheRegister(t *testing.T) {
	r := brregtest.New(t)
	now := time.Date(2026, 11, 21, 11, 0, 0, 0, time.UTC)
	s, err := Open(context.Background(), Config{DB: dbtest.DSN(t), Enhetsregisteret: r.URL, Clock: func() time.Time { return now },
		Log: slog.New(slog.NewTextHandler(io.Discard, nil))})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	if err := s.Jobs.Drain(t.Context()); err != nil { // what a new house does first
		t.Fatal(err)
	}
	o, err := s.Orgs.Register(t.Context(), access.SystemActor("test"), org.Registration{Kind: org.Company, Name: "Skofabrikken", Municipality: "5021", OrgNo: brregtest.Bankrupt})
	if err != nil {
		t.Fatal(err)
	}
	state := func() brreg.State {
		t.Helper()
		if err := s.Jobs.Drain(t.Context()); err != nil {
			t.Fatal(err)
		}
		got, err := s.Orgs.Get(t.Context(), o.ID)
		if err != nil {
			t.Fatal(err)
		}
		return got.Standing.State
	}
	if got := state(); got != "" || r.Calls.Load() != 0 {
		t.Errorf("at noon it reads: %q", got)
	}
	now = time.Date(2026, 11, 22, 0, 30, 0, 0, time.UTC) // half past one in Oslo
	r.Down(true)
	if got := state(); got != "" || r.Calls.Load() == 0 {
		t.Errorf("from a silent register: %q", got)
	}
	r.Down(false)
	now = now.Add(time.Hour)
	if got := state(); got != brreg.Bankrupt {
		t.Errorf("at night: %q", got)
	}
}
