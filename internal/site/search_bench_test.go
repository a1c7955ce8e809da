package site_test

import (
	"context"
	"fmt"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/search"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/site/sitetest"
)

// found is how many things the benchmark of the search runs over.
const found = 100_000

const (
	likeThis db.SQL = `INSERT INTO need (id, number, number_key, title, title_own, org, firms, represented_by, mandate, mandate_ground, municipality, sector,
		purpose, level, field, wanted_from, horizon, cause, headcount, willing_employ_first, willing_pledge_seats, willing_apprentice,
		willing_co_finance, willing_instructor, confidentiality, sight, lang, source_kind, fingerprint, state, ball_org, ball_role, due,
		provider, answer_by, no_forum, pool, created_at, created_by, submitted_at, updated_at, updated_by, version)
		SELECT $1, NULL, 0, $2, title_own, org, firms, represented_by, mandate, mandate_ground, $3, sector,
		purpose, level, field, wanted_from, horizon, cause, headcount, willing_employ_first, willing_pledge_seats, willing_apprentice,
		willing_co_finance, willing_instructor, $4, $4, lang, source_kind, NULL, state, ball_org, ball_role, due,
		provider, answer_by, no_forum, pool, created_at, created_by, submitted_at, updated_at, updated_by, version FROM need WHERE id = $5`
	itsText db.SQL = `INSERT INTO need_text (need, text, ground, fold) VALUES ($1, $2, '', '')`
)

// fillNeeds makes open needs, every tenth of them internal, and indexes them.
func fillNeeds(tb testing.TB, h *sitetest.House, count int) {
	tb.Helper()
	ctx := context.Background()
	sawmill, err := h.Orgs.Find(ctx, "Eksempel Sag og Høvleri AS")
	if err != nil {
		tb.Fatal(err)
	}
	n, err := h.Needs.SaveDraft(ctx, h.Actor("adviser"), "", 0, need.Content{Text: "Vi trenger folk", Municipality: "5022", Headcount: 2,
		Organisation: sawmill, RepresentedBy: h.Actor("adviser").Orgs(access.RoleIntermediary)[0], Confidentiality: need.Open})
	if err != nil {
		tb.Fatal(err)
	}
	places := h.Places.On(h.Today()).List("50")
	for from := 0; from < count; from += 1000 {
		if err := h.DB().Write(ctx, func(tx *db.Tx) error {
			for i := from; i < min(from+1000, count); i++ {
				sight, this := need.Open, string(id.New[need.Need]())
				if i%10 == 0 {
					sight = need.Internal
				}
				subject := subjects[i%len(subjects)]
				if _, err := db.Exec(ctx, tx, likeThis, this, fmt.Sprintf("Folk som kan %s, sak%d", subject, i), places[i%len(places)].Number, sight, n.ID); err != nil {
					return err
				}
				if _, err := db.Exec(ctx, tx, itsText, this, fmt.Sprintf("Vi trenger %d personer som kan %s og %s, sak%d", i%7+1, subject,
					subjects[(i/7)%len(subjects)], i)); err != nil {
					return err
				}
			}
			return nil
		}); err != nil {
			tb.Fatal(err)
		}
	}
	if err := h.Search.Work(ctx, nil); err != nil {
		tb.Fatal(err)
	}
	if err := h.DB().Maintain(ctx); err != nil {
		tb.Fatal(err)
	}
}

// BenchmarkSearch asks the search of a house with 100,000 needs, of which every
// tenth is internal: a word that one need has, two words that many have, a word
// that a sixth has, one that all have, one narrowed to a place, and a mistyped
// word.
func BenchmarkSearch(b *testing.B) {
	h := sitetest.New(b)
	ctx := context.Background()
	fillNeeds(b, h, found)
	b.Logf("filled with %d", found)
	for _, c := range []struct{ name, query, place string }{{"one", "sak4711", ""}, {"two words", "varmepumper demens", ""}, {"a sixth", "gravemaskin", ""},
		{"all", "personer", ""}, {"a place", "personer", "5022"}, {"mistyped", "gravemaskinn demenns", ""}} {
		for who, actor := range map[string]access.Actor{"visitor": {}, "adviser": h.Actor("adviser")} {
			b.Run(c.name+" "+who, func(b *testing.B) {
				total := 0
				for b.Loop() {
					r, err := h.Search.Find(ctx, actor, search.Query{Text: c.query, Municipality: c.place, Lang: i18n.NB})
					if err != nil || r.Total == 0 {
						b.Fatalf("%d hits, %v", r.Total, err)
					}
					total = r.Total
				}
				b.ReportMetric(float64(total), "hits")
			})
		}
	}
}
