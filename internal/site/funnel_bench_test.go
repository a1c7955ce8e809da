package site_test

import (
	"context"
	"fmt"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/hall/funnel"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

const (
	likeThat db.SQL = `INSERT INTO need (id, number, number_key, title, title_own, org, firms, represented_by, mandate, mandate_ground, municipality, sector,
		purpose, level, field, wanted_from, horizon, cause, headcount, willing_employ_first, willing_pledge_seats, willing_apprentice,
		willing_co_finance, willing_instructor, confidentiality, sight, lang, source_kind, fingerprint, state, ball_org, ball_role, due,
		provider, answer_by, no_forum, pool, created_at, created_by, submitted_at, updated_at, updated_by, version)
		SELECT $1, NULL, 0, title, title_own, $2, firms, NULL, NULL, '', $3, sector,
		purpose, $4, $5, wanted_from, horizon, cause, headcount, willing_employ_first, willing_pledge_seats, willing_apprentice,
		willing_co_finance, willing_instructor, confidentiality, sight, lang, source_kind, NULL, state, ball_org, ball_role, due,
		provider, answer_by, no_forum, pool, created_at, created_by, $6, updated_at, updated_by, version FROM need WHERE id = $7`
	itsItem db.SQL = `INSERT INTO flow_item (kind, subject, state, since, label, ball_party, ball_account, ball_org, ball_role, due, moves, passes)
		VALUES ('need', $1, 'mapped', $2, '', '', NULL, NULL, '', NULL, 0, 0)`
	itsMove db.SQL = `INSERT INTO flow_move (kind, subject, nr, from_state, to_state, at, actor, role, org, note, ball_party, ball_account, ball_org, ball_role, due, told)
		VALUES ('need', $1, $2, 'mapped', $3, $4, 'bench', '', NULL, '', '', NULL, NULL, '', NULL, TRUE)`
)

// BenchmarkFunnel makes the figures of how far 100,000 needs have come, and reads them.
func BenchmarkFunnel(b *testing.B) {
	h := sitetest.New(b)
	ctx := context.Background()
	var firms []org.ID
	for i := range 500 {
		o, err := h.Orgs.Register(ctx, access.SystemActor("bench"), org.Registration{Kind: org.Company, Name: fmt.Sprint("Firma ", i), Municipality: "5022"})
		if err != nil {
			b.Fatal(err)
		}
		firms = append(firms, o.ID)
	}
	emp := h.Actor("employer")
	model, err := h.Needs.Register(ctx, emp, need.Content{Text: "Vi trenger folk", Organisation: emp.Orgs()[0], Municipality: "5022", Headcount: 1, Confidentiality: need.Open})
	if err != nil {
		b.Fatal(err)
	}
	places, levels, fields := h.Places.On(h.Today()).List("50"), need.Levels(), need.Fields()
	now := clock.At(sitetest.Now)
	for from := 0; from < found; from += 1000 {
		if err := h.DB().Write(ctx, func(tx *db.Tx) error {
			for i := from; i < from+1000; i++ {
				this, at := string(id.New[need.Need]()), now.Add(-time.Duration(i%1400)*24*time.Hour)
				if _, err := db.Exec(ctx, tx, likeThat, this, firms[i%len(firms)], places[i%len(places)].Number, levels[i/7%len(levels)], fields[i/11%len(fields)], at, model.ID); err != nil {
					return err
				}
				if _, err := db.Exec(ctx, tx, itsItem, this, at); err != nil {
					return err
				}
				for nr, state := range []string{"presented", "discussed", "in_follow_up", "covered_by_existing"}[:i%5] {
					if _, err := db.Exec(ctx, tx, itsMove, this, nr+1, state, at.Add(time.Duration(nr+1)*240*time.Hour)); err != nil {
						return err
					}
				}
			}
			return nil
		}); err != nil {
			b.Fatal(err)
		}
	}
	hall := &funnel.Service{DB: h.DB(), Clock: func() time.Time { return sitetest.Now }, Places: h.Places}
	b.Run("made", func(b *testing.B) {
		for b.Loop() {
			if err := hall.Daily(ctx); err != nil {
				b.Fatal(err)
			}
		}
	})
	c := h.Visitor()
	for name, path := range map[string]string{"page": "/resultater", "json": "/api/v1/funnel", "part": "/resultater?region=namdalen&level=kurs"} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				if p := c.Get(path); p.Status != 200 {
					b.Fatalf("%s: %d", path, p.Status)
				}
			}
		})
	}
}
