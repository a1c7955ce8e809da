package site

import (
	"context"
	"fmt"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/account"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/common/person/personweb"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/job"
	"kompetansetorg/internal/room/admission"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/pool"
	"kompetansetorg/internal/room/supply"
	"kompetansetorg/internal/site/personal"
)

// newPersons makes the service of what is held about persons, and tells account
// of all that goes with it when it is deleted.
func newPersons(d *db.DB, cfg Config, s *Services) *person.Service {
	persons := person.New(person.Deps{DB: d, Clock: cfg.Clock, Register: personal.Register(), Accounts: s.Accounts, Objects: s.Objects, Concerns: concerns,
		Rules: retention(cfg, s), Officers: map[string]person.Officer{admission.FlowKind: {Role: access.RoleProviderUser, Body: admission.ProviderOf}},
		TakenOut: map[string]func(context.Context, *db.Tx, string, access.AccountID) error{admission.FlowKind: admission.TakenOut}})
	nothing := func(context.Context, *db.Tx, access.AccountID) (any, error) { return nil, nil }
	for _, k := range []account.Keeper{
		{Name: "follow", Held: s.Follow.Held, Forget: s.Follow.Forget},
		{Name: "invitations", Held: nothing, Forget: s.Invitations.Forget},
		{Name: "position_interest", Held: nothing, Forget: s.Positions.Forget},
		{Name: "position_agreement", Held: nothing, Forget: s.Agreements.Forget},
		{Name: "pledge", Held: nothing, Forget: s.Pledges.Forget},
		{Name: "centre", Held: nothing, Forget: s.Centres.Forget},
		{Name: "measure_said", Held: nothing, Forget: s.Measures.Forget},
		{Name: "centre_booking", Held: nothing, Forget: s.Bookings.Forget},
		{Name: "register", Held: persons.Export, Forget: persons.Forget},
		{Name: "application", Held: s.Admission.Held, Forget: func(ctx context.Context, tx *db.Tx, a access.AccountID) error { return s.leave(ctx, tx, persons, a) }},
		{Name: "paste", Held: nothing, Forget: s.Paste.Forget},
		{Name: "drafts", Held: nothing, Forget: s.Needs.ForgetDrafts},
		{Name: "need_uploads", Held: nothing, Forget: upload.Forget},
		{Name: "supply_uploads", Held: nothing, Forget: supply.ForgetUploads},
		{Name: "form_uploads", Held: nothing, Forget: forms.ForgetImports},
		{Name: "work", Held: nothing, Forget: func(ctx context.Context, tx *db.Tx, a access.AccountID) error { return job.Forget(ctx, tx, string(a)) }},
	} {
		s.Accounts.Keep(k)
	}
	return persons
}

// concerns are the organisations that a thing is about, where it has any.
func concerns(ctx context.Context, tx *db.Tx, thing object.Ref) ([]access.OrgID, error) {
	switch thing.Kind {
	case need.FlowKind:
		return list.Concerns(ctx, tx, thing.ID)
	case need.PoolFlowKind:
		return pool.Concerns(ctx, tx, thing.ID)
	case casework.FlowKind:
		return casework.Concerns(ctx, tx, thing.ID)
	case admission.FlowKind:
		return admission.Concerns(ctx, tx, thing.ID)
	}
	return nil, nil
}

// retention is what the night deletes, by the kinds of the register.
func retention(cfg Config, s *Services) []person.Rule {
	return []person.Rule{
		{Kind: "account", Sweep: s.Accounts.SweepAccounts},
		{Kind: "session", Sweep: s.Accounts.SweepSessions},
		{Kind: "keys", Sweep: s.Accounts.SweepKeys},
		{Kind: "failures", Sweep: s.Accounts.SweepFailures},
		{Kind: "notice", Sweep: s.Follow.SweepNotices},
		{Kind: "letter", Sweep: s.Follow.SweepLetters},
		{Kind: "job", Sweep: func(ctx context.Context, tx *db.Tx) (int64, error) { return job.Sweep(ctx, tx, cfg.Clock.Now()) }},
		{Kind: "paste", Sweep: s.Paste.Sweep},
		{Kind: "upload", Sweep: func(ctx context.Context, tx *db.Tx) (int64, error) {
			var total int64
			for _, sweep := range []func(context.Context, *db.Tx) (int64, error){s.Uploads.SweepIn, s.Supply.SweepUploads, s.Forms.SweepImports} {
				n, err := sweep(ctx, tx)
				if err != nil {
					return 0, err
				}
				total += n
			}
			return total, nil
		}},
		{Kind: "position_interest", Sweep: s.Positions.SweepInterests},
		{Kind: "position_agreement", Sweep: s.Agreements.Sweep},
		{Kind: "application", Sweep: s.Admission.SweepPersons},
		{Kind: "files", Outside: s.Attach.SweepOrphans},
		{Kind: "look", Sweep: func(ctx context.Context, tx *db.Tx) (int64, error) {
			return person.SweepLooks(ctx, tx, cfg.Clock.Today())
		}},
		{Kind: "request", Sweep: func(ctx context.Context, tx *db.Tx) (int64, error) {
			return person.SweepRequests(ctx, tx, cfg.Clock.Today())
		}},
	}
}

// retain is the nightly job; its report tells how much went of each kind.
func (s *Site) retain(ctx context.Context, run *job.Run) error {
	swept, err := s.Persons.Retain(ctx)
	var parts []string
	for _, x := range swept {
		if x.N > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", x.Kind, x.N))
		}
	}
	run.Say(strings.Join(parts, ", "))
	return err
}

func (s *Site) personDeps() personweb.Deps {
	return personweb.Deps{Persons: s.Persons, Accounts: s.Accounts, Orgs: s.Orgs, Objects: s.Objects, Clock: s.cfg.Clock, Looks: s.Looks, LastRun: s.lastRetention}
}

// lastRetention is when the nightly work was last done, and what went.
func (s *Site) lastRetention(ctx context.Context) (at clock.Time, report string, err error) {
	err = s.db.Read(ctx, func(tx *db.Tx) error {
		j, err := job.Last(ctx, tx, jobRetain)
		if fault.Is(err, fault.NotFound) {
			return nil
		}
		at, report = j.EndedAt, j.Report
		return err
	})
	return at, report, err
}
