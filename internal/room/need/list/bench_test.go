package list_test

import (
	"context"
	"fmt"
	"os"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needtest"
)

// benchNeeds is how many needs the lists are measured over (design.md §9).
const benchNeeds = 20_000

// BenchmarkList measures a page of 20 with its total over 20,000 needs, for
// readers with different rights. KOMPETANSETORG_BENCH=1 runs it: filling the
// database takes a minute.
func BenchmarkList(b *testing.B) {
	if os.Getenv("KOMPETANSETORG_BENCH") == "" {
		b.Skip("fills 20,000 needs: set KOMPETANSETORG_BENCH=1")
	}
	ctx, h := context.Background(), needtest.New(b)
	fill(b, h)
	lists := list.New(h.Needs)
	queries := map[string]list.Query{
		"newest":   {},
		"filtered": {Filter: list.Filter{Levels: []need.Level{need.LevelHigher}, Municipalities: []string{needtest.Oppdal}}},
		"due":      {Order: "due"},
		"mine":     {Filter: list.Filter{Mine: true}},
		"ball":     {Filter: list.Filter{BallMine: true}},
		"text":     {Filter: list.Filter{Text: "nr 19"}},
	}
	readers := map[string]access.Actor{"visitor": {}, "adviser": h.Adviser(), "secretary": h.Secretary(), "officer": h.Officer(),
		"secretary in Oppdal": needtest.In(access.RoleSecretary, h.Forum, "1634", "1635", "1640", "1644", "1648", "1653", needtest.Oppdal, "5022", "5026", "5027", "5028")}
	for who, actor := range readers {
		for name, q := range queries {
			q.Limit = 20
			b.Run(who+"/"+name, func(b *testing.B) {
				for b.Loop() {
					if _, _, err := lists.List(ctx, actor, q); err != nil {
						b.Fatal(err)
					}
				}
			})
			b.Run(who+"/"+name+"/fresh", func(b *testing.B) {
				for b.Loop() {
					// A new service has counted nothing.
					if _, _, err := list.New(h.Needs).List(ctx, actor, q); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkHeld measures the tasks of the front page, with their total, over as
// many needs.
func BenchmarkHeld(b *testing.B) {
	if os.Getenv("KOMPETANSETORG_BENCH") == "" {
		b.Skip("fills 20,000 needs: set KOMPETANSETORG_BENCH=1")
	}
	ctx, h := context.Background(), needtest.New(b)
	fill(b, h)
	for who, actor := range map[string]access.Actor{"owner": h.Owner(), "secretary": h.Secretary(),
		"secretary in Oppdal": needtest.In(access.RoleSecretary, h.Forum, "1634", "1635", "1640", "1644", "1648", "1653", needtest.Oppdal, "5022", "5026", "5027", "5028"),
		"secretary in Namsos": needtest.In(access.RoleSecretary, h.Forum, needtest.Namsos)} {
		b.Run(who, func(b *testing.B) {
			for b.Loop() {
				err := h.Needs.Read(ctx, func(tx *db.Tx) error {
					if _, err := flow.Held(ctx, tx, actor, flow.Asked{Limit: 20}); err != nil {
						return err
					}
					_, err := flow.CountHeld(ctx, tx, actor, nil)
					return err
				})
				if err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func fill(b *testing.B, h *needtest.House) {
	ctx := context.Background()
	system := access.SystemActor("bench")
	const batch = 250
	for from := 0; from < benchNeeds; from += batch {
		err := h.Needs.Write(ctx, func(tx *db.Tx) error {
			for i := from; i < from+batch; i++ {
				in := needtest.Hidden(h.Sawmill, need.Confidentialities()[i%4], 1+i%40)
				in.Text = fmt.Sprintf("Behov nr %d: %s", i, in.Text)
				if i%3 == 0 {
					in.Organisation, in.RepresentedBy, in.Municipality = h.Farm, h.Hub, needtest.Oppdal
				}
				in.Level = need.Levels()[i%6]
				if _, err := h.Needs.SubmitIn(ctx, tx, system, "", 0, in); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			b.Fatal(err)
		}
	}
}
