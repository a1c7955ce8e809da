package need_test

import (
	"context"
	"fmt"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/list"
	"kompetansetorg/internal/room/need/needtest"
)

// sights is who sees what: for each reader, the sight of a draft, an open
// need, one for providers, one for the forum and an internal one. The need is
// the sawmill's, registered by the hub.
var sights = map[string][5]need.Sight{
	"visitor":        {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"expired":        {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"owner":          {need.Full, need.Full, need.Full, need.Full, need.Full},
	"representative": {need.Full, need.Full, need.Full, need.Full, need.Full},
	"other company":  {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"other adviser":  {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"municipal":      {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"provider":       {need.Hidden, need.Partner, need.Partner, need.Hidden, need.Hidden},
	"secretary":      {need.Hidden, need.Partner, need.Partner, need.Partner, need.Hidden},
	"forum member":   {need.Hidden, need.Partner, need.Partner, need.Partner, need.Hidden},
	"officer":        {need.Hidden, need.Full, need.Full, need.Full, need.Full},
	"person":         {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"sysadmin":       {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"system":         {need.Full, need.Full, need.Full, need.Full, need.Full},

	// An office counts where its area has the need, in Røros.
	"secretary in Røros":                    {need.Hidden, need.Partner, need.Partner, need.Partner, need.Hidden},
	"secretary in Namsos":                   {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"secretary nowhere":                     {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"forum member in Røros":                 {need.Hidden, need.Partner, need.Partner, need.Partner, need.Hidden},
	"officer in Røros":                      {need.Hidden, need.Full, need.Full, need.Full, need.Full},
	"officer in Namsos":                     {need.Hidden, need.Public, need.Hidden, need.Hidden, need.Hidden},
	"provider in Namsos":                    {need.Hidden, need.Partner, need.Partner, need.Hidden, need.Hidden},
	"secretary in Namsos, officer in Røros": {need.Hidden, need.Full, need.Full, need.Full, need.Full},
	"secretary, officer in Namsos":          {need.Hidden, need.Partner, need.Partner, need.Partner, need.Hidden},
	"secretary in Namsos, owner":            {need.Full, need.Full, need.Full, need.Full, need.Full},
}

// TestVisibilityMatrix sees that the rule in Go, the rule in SQL, the page,
// the list, the export and the count agree for every reader, confidentiality
// and state.
func TestVisibilityMatrix(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists := list.New(h.Needs)
	type object struct {
		name string
		id   need.ID
		col  int
	}
	var objects []object
	d, err := h.Needs.SaveDraft(ctx, h.Adviser(), "", 0, needtest.Content(h.Sawmill))
	if err != nil {
		t.Fatal(err)
	}
	objects = append(objects, object{"draft", d.ID, 0})
	for i, c := range need.Confidentialities() {
		mapped := h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, c, 2))
		gone := h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, c, 2))
		h.Move(h.Adviser(), gone.ID, need.Moving{To: need.Withdrawn, Note: "Løst"})
		objects = append(objects, object{string(c) + " mapped", mapped.ID, i + 1}, object{string(c) + " withdrawn", gone.ID, i + 1})
	}
	readers := h.Readers()
	if len(readers) != len(sights) {
		t.Fatalf("%d readers, %d rows in the matrix", len(readers), len(sights))
	}
	for name, actor := range readers {
		listed := map[need.ID]bool{}
		q := list.Query{Filter: list.Filter{WithDrafts: true}}
		page, total, err := lists.List(ctx, actor, q)
		if err != nil {
			t.Fatal(err)
		}
		for _, it := range page.Items {
			listed[it.ID] = true
		}
		exported := map[need.ID]bool{}
		for row, err := range lists.Export(ctx, actor, q) {
			if err != nil {
				t.Fatal(err)
			}
			exported[row.ID] = true
		}
		if total != len(listed) {
			t.Errorf("%s: total %d, %d listed", name, total, len(listed))
		}
		for _, o := range objects {
			t.Run(fmt.Sprintf("%s/%s", name, o.name), func(t *testing.T) {
				want := sights[name][o.col]
				got, err := h.Needs.Get(ctx, actor, o.id)
				if want == need.Hidden {
					needtest.WantKind(t, err, fault.NotFound)
				} else if err != nil || got.Sight != want {
					t.Errorf("sight %v, %v, want %v", got.Sight, err, want)
				}
				if listed[o.id] != (want > need.Hidden) || exported[o.id] != (want > need.Hidden) {
					t.Errorf("listed %v, exported %v, sight %v", listed[o.id], exported[o.id], want)
				}
				if _, err := h.Needs.ProposeMoves(ctx, actor, o.id); (err == nil) != (want > need.Hidden) {
					t.Errorf("moves: %v", err)
				}
			})
		}
	}
}

// The same holds for somebody who works for more organisations than the usual
// statement has room for.
func TestManyOrganisations(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists := list.New(h.Needs)
	h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, need.Internal, 2))
	busy := access.Actor{Account: access.NewAccountID()}
	for range 8 {
		busy.Roles = append(busy.Roles, access.Assignment{Role: access.RoleOrgMember, Org: access.NewOrgID()})
	}
	if _, total, err := lists.List(ctx, busy, list.Query{Filter: list.Filter{BallMine: true}}); err != nil || total != 0 {
		t.Errorf("strange organisations: %d needs, %v", total, err)
	}
	busy.Roles = append(busy.Roles, access.Assignment{Role: access.RoleOrgMember, Org: h.Sawmill})
	if _, total, err := lists.List(ctx, busy, list.Query{}); err != nil || total != 1 {
		t.Errorf("own organisation: %d needs, %v", total, err)
	}
}

// A need for the forum only is shown to the provider that was given it.
func TestProviderInChargeSees(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	lists := list.New(h.Needs)
	n := h.Register(h.Owner(), needtest.Hidden(h.Sawmill, need.ForumOnly, 2))
	_, err := h.Needs.Move(ctx, h.Provider(), n.ID, need.Moving{To: need.InFollowUp})
	needtest.WantKind(t, err, fault.NotFound)
	h.Move(h.Secretary(), n.ID, need.Moving{To: need.InFollowUp, Provider: h.Fagskole})
	if d, err := h.Needs.Get(ctx, h.Provider(), n.ID); err != nil || d.Sight != need.Partner {
		t.Errorf("sight %v, %v", d.Sight, err)
	}
	if _, total, err := lists.List(ctx, h.Provider(), list.Query{}); err != nil || total != 1 {
		t.Errorf("%d listed, %v", total, err)
	}
	_, err = h.Needs.Get(ctx, needtest.As(access.RoleProviderUser, h.Vgs), n.ID)
	needtest.WantKind(t, err, fault.NotFound)
}

// What each sight shows of a need.
func TestFieldsBySight(t *testing.T) {
	ctx, h := context.Background(), needtest.New(t)
	n := h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, need.ProvidersOnly, 2))
	h.Move(h.Secretary(), n.ID, need.Moving{To: need.Presented, Note: "tatt opp"})
	if err := h.Needs.RecordDiscussion(ctx, h.Secretary(), n.ID, need.Discussion{Clarified: "x"}); err != nil {
		t.Fatal(err)
	}
	full, err := h.Needs.Get(ctx, h.Owner(), n.ID)
	if err != nil || full.ConfidentialityGround == "" || full.MandateGround == "" || full.Discussion == nil || full.CreatedBy == "" || full.LegalGround.Citation == "" {
		t.Errorf("owner sees %+v, %v", full, err)
	}
	partner, err := h.Needs.Get(ctx, h.Provider(), n.ID)
	if err != nil || partner.ConfidentialityGround != "" || partner.MandateGround != "" || partner.Mandate != "" || partner.CreatedBy != "" ||
		partner.Discussion == nil || partner.Steps[2].Note != "tatt opp" || partner.Steps[2].Actor != "" {
		t.Errorf("provider sees %+v, %v", partner, err)
	}
	open := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	h.Move(h.Secretary(), open.ID, need.Moving{To: need.Presented, Note: "tatt opp"})
	if err := h.Needs.RecordDiscussion(ctx, h.Secretary(), open.ID, need.Discussion{Clarified: "x"}); err != nil {
		t.Fatal(err)
	}
	public, err := h.Needs.GetByNumber(ctx, access.Actor{}, open.Number)
	if err != nil || public.Discussion != nil || public.Steps[2].Note != "" || public.MandateGround != "" || public.Text == "" || public.OrganisationName == "" {
		t.Errorf("visitor sees %+v, %v", public, err)
	}
}

func TestLegalGround(t *testing.T) {
	g, err := needtest.New(t).Needs.LegalGround(context.Background())
	if err != nil || g.Citation == "" || g.Source == "" || g.From.IsZero() || g.CheckedOn.IsZero() {
		t.Errorf("ground %+v, %v", g, err)
	}
}
