package site

import (
	"context"
	"errors"

	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/site/demo"
	"kompetansetorg/internal/site/demo/stage"
)

const (
	countAccounts db.SQL = `SELECT COUNT(*) FROM account WHERE demo_role = $1`
	countOrgs     db.SQL = `SELECT COUNT(*) FROM organisation`
)

// errOtherData keeps sample data out of a database that is in real use, and
// real use out of the demo.
var errOtherData = errors.New("this database holds other data than the demo's; give another --db, or leave out --demo")

// fill puts the starter cards into an empty toolbox and the first sections into empty guides, and in demo mode the forms
// that the program brings and the sample data into an empty database.
func (s *Site) fill(ctx context.Context) error {
	if err := s.Support.LoadStarter(ctx); err != nil {
		return err
	}
	if err := s.Measures.LoadStarter(ctx); err != nil {
		return err
	}
	if err := s.Guides.LoadStarter(ctx); err != nil {
		return err
	}
	if !s.cfg.Demo {
		return nil
	}
	if err := s.Forms.LoadStarter(ctx); err != nil {
		return err
	}
	var demoAdmins, orgs int64
	err := s.db.Read(ctx, func(tx *db.Tx) error {
		var err error
		if demoAdmins, err = db.Scalar[int64](ctx, tx, countAccounts, "admin"); err != nil {
			return err
		}
		orgs, err = db.Scalar[int64](ctx, tx, countOrgs)
		return err
	})
	switch {
	case err != nil:
		return err
	case demoAdmins > 0:
		return nil
	case orgs > 0:
		return errOtherData
	}
	if err := demo.Load(ctx, stage.Into{DB: s.db, Clock: s.cfg.Clock, Orgs: s.Orgs, Accounts: s.Accounts,
		Places: s.Places, Vocab: s.Vocab.Now(), Supply: s.Supply, Forms: s.Forms, Rounds: s.Rounds, Bodies: s.Bodies, Cases: s.Cases, Writing: s.Writing, Meetings: s.Meetings, Council: s.Councils.Deps, Agenda: s.Agenda,
		Forums: s.Forums, Partners: s.Partners, Assess: s.Assess, Inputs: s.Inputs, Told: s.Told, Wheel: s.Wheel, Positions: s.Positions, Pledges: s.Pledges, Projects: s.Projects, Entries: s.Entries, Final: s.Final, Reports: s.Reports, Measures: s.Measures, Admission: s.Admission, Develop: s.Develop, Making: s.Making, Guides: s.Guides, Centres: s.Centres, Bookings: s.Bookings, Figures: s.figures}); err != nil {
		return err
	}
	if err := s.demoAddresses(ctx); err != nil {
		return err
	}
	if err := s.demoAttach(ctx); err != nil {
		return err
	}
	return s.figures(ctx) // so that the demo has open figures at once
}

// demoAddresses gives the demo's people addresses that lead nowhere, so that the
// letters can be seen.
func (s *Site) demoAddresses(ctx context.Context) error {
	people, err := s.Accounts.DemoAccounts(ctx)
	if err != nil {
		return err
	}
	for _, a := range people {
		if err := s.Follow.KeptAddress(ctx, a.ID, a.Username+"@demo.invalid", i18n.NB); err != nil {
			return err
		}
	}
	return nil
}
