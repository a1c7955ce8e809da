package ask_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/pool"
)

func newAsk(t *testing.T) (*needtest.House, *pool.Service, *ask.Service) {
	h := needtest.New(t)
	pools := pool.New(h.Needs)
	return h, pools, ask.New(h.Needs, pools)
}

func TestAskForNeed(t *testing.T) {
	ctx := context.Background()
	h, _, asks := newAsk(t)
	n := h.Register(h.Adviser(), needtest.Hidden(h.Sawmill, need.ForumOnly, 2))
	token, err := h.Needs.Token(ctx, h.Adviser(), n.ID)
	if err != nil {
		t.Fatal(err)
	}
	r, err := asks.Send(ctx, h.Adviser(), ask.Asking{Need: n.ID, Provider: h.Fagskole, Offering: "o1",
		Questions: []string{"Kan samlingene holdes på Røros?", " "}, AnswerBy: clock.MustDate("2026-12-01")})
	if err != nil {
		t.Fatal(err)
	}
	if r.State != ask.Sent || r.AskedBy != h.Hub || len(r.Questions) != 1 || r.Number != n.Number || r.AnswerBy != clock.MustDate("2026-12-01") {
		t.Errorf("sent %+v", r)
	}
	d, err := h.Needs.Get(ctx, h.Provider(), n.ID)
	if err != nil || d.State != need.InFollowUp || d.Ball.Org != h.Fagskole || d.Ball.Due != clock.MustDate("2026-12-01") {
		t.Errorf("need %+v, %v", d, err)
	}
	page, err := asks.List(ctx, h.Provider(), "", 0, ask.Sent)
	if err != nil || len(page.Items) != 1 || page.Items[0].AskedByName != "Fjellhagen" || page.Items[0].Questions[0] != "Kan samlingene holdes på Røros?" {
		t.Fatalf("provider's list %+v, %v", page, err)
	}
	if v, err := asks.ByToken(ctx, token); err != nil || len(v) != 1 || v[0].Provider != "Fjellfagskolen" {
		t.Errorf("link shows %+v, %v", v, err)
	}
	if list, err := asks.OfNeed(ctx, h.Adviser(), n.ID); err != nil || len(list) != 1 {
		t.Errorf("of the need %+v, %v", list, err)
	}
	h.Forward(30 * 24 * time.Hour)
	if late, err := asks.Get(ctx, h.Officer(), r.ID); err != nil || !late.Late {
		t.Errorf("late %+v, %v", late, err)
	}
	// A second provider may not read a need for the forum.
	_, err = asks.Send(ctx, h.Adviser(), ask.Asking{Need: n.ID, Provider: h.Vgs, Questions: []string{"Hva med dere?"}})
	needtest.WantField(t, err, "provider", "need.error.provider_may_not_read")
}

func TestAnswer(t *testing.T) {
	ctx := context.Background()
	h, _, asks := newAsk(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	r, err := asks.Send(ctx, h.Owner(), ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: []string{"Kan dere?"}})
	if err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, asks.Answer(ctx, h.Owner(), r.ID, 1, ask.Accepted, ""), fault.Denied)
	needtest.WantKind(t, asks.Answer(ctx, access.Actor{}, r.ID, 1, ask.Accepted, ""), fault.NotFound)
	needtest.WantField(t, asks.Answer(ctx, h.Provider(), r.ID, 1, "maybe", ""), "state", "form.error.choice")
	needtest.WantField(t, asks.Answer(ctx, h.Provider(), r.ID, 1, ask.Declined, " "), "answer", "form.error.required")
	needtest.WantField(t, asks.Answer(ctx, h.Provider(), r.ID, 1, ask.Noted, strings.Repeat("x", 2001)), "answer", "form.error.too_long")
	if err := asks.Answer(ctx, h.Provider(), r.ID, 1, ask.Noted, ""); err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, asks.Answer(ctx, h.Provider(), r.ID, 1, ask.Accepted, "Ja"), fault.Stale)
	if err := asks.Answer(ctx, h.Provider(), r.ID, 2, ask.Accepted, "Ja"); err != nil {
		t.Fatal(err)
	}
	if got, err := asks.Get(ctx, h.Provider(), r.ID); err != nil || got.State != ask.Accepted || got.Answer != "Ja" || got.AnsweredAt.IsZero() {
		t.Errorf("answered %+v, %v", got, err)
	}
	if list, err := asks.OfNeed(ctx, access.Actor{}, n.ID); err != nil || list != nil {
		t.Errorf("a visitor sees %+v, %v", list, err)
	}
}

func TestAskForPool(t *testing.T) {
	ctx := context.Background()
	h, pools, asks := newAsk(t)
	n := h.Register(h.Adviser(), needtest.Content(h.Sawmill))
	p, err := pools.Make(ctx, h.Adviser(), pool.Content{Title: "Sag"}, n.ID)
	if err != nil {
		t.Fatal(err)
	}
	first, err := asks.Send(ctx, h.Adviser(), ask.Asking{Pool: p.ID, Provider: h.Fagskole, Questions: []string{"Kan dere?"}})
	if err != nil {
		t.Fatal(err)
	}
	// Another provider may be asked too, as a pool is open.
	if _, err := asks.Send(ctx, h.Secretary(), ask.Asking{Pool: p.ID, Provider: h.Vgs, Questions: []string{"Eller dere?"}}); err != nil {
		t.Fatal(err)
	}
	d, err := pools.Get(ctx, h.Provider(), p.ID)
	if err != nil || d.State != need.InFollowUp || d.Provider != h.Fagskole {
		t.Errorf("pool %+v, %v", d.Pool, err)
	}
	if list, err := asks.OfPool(ctx, h.Adviser(), p.ID); err != nil || len(list) != 2 || list[0].Number != p.Number {
		t.Errorf("of the pool %+v, %v", list, err)
	}
	if list, err := asks.OfNeed(ctx, h.Owner(), n.ID); err != nil || len(list) != 2 {
		t.Errorf("of its need %+v, %v", list, err)
	}
	for reader, want := range map[string]int{"visitor": 0, "secretary in Namsos": 0, "officer in Namsos": 0, "secretary in Røros": 2, "forum member in Røros": 2} {
		actor := h.Readers()[reader]
		list, err := asks.OfPool(ctx, actor, p.ID)
		if err != nil || len(list) != want {
			t.Errorf("%s sees %+v, %v", reader, list, err)
		}
		if _, err := asks.Get(ctx, actor, first.ID); fault.Is(err, fault.NotFound) != (want == 0) {
			t.Errorf("%s opens a request: %v", reader, err)
		}
	}
	_, err = asks.Send(ctx, h.Readers()["secretary in Namsos"], ask.Asking{Pool: p.ID, Provider: h.Vgs, Questions: []string{"?"}})
	needtest.WantKind(t, err, fault.Denied)
}

func TestRefusedRequests(t *testing.T) {
	ctx := context.Background()
	h, _, asks := newAsk(t)
	n := h.Register(h.Owner(), needtest.Content(h.Sawmill))
	tests := []struct {
		name       string
		in         ask.Asking
		field, key string
	}{
		{"about nothing", ask.Asking{Provider: h.Fagskole, Questions: []string{"?"}}, "need", "form.error.required"},
		{"nobody", ask.Asking{Need: n.ID, Questions: []string{"?"}}, "provider", "need.error.provider_required"},
		{"a farm", ask.Asking{Need: n.ID, Provider: h.Farm, Questions: []string{"?"}}, "provider", "need.error.not_provider"},
		{"no question", ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: []string{" "}}, "questions", "need.error.question_required"},
		{"long question", ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: []string{strings.Repeat("x", 501)}}, "questions", "form.error.too_long"},
		{"many questions", ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: strings.Split(strings.Repeat("?", 21), "")}, "questions", "need.error.too_many_questions"},
		{"yesterday", ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: []string{"?"}, AnswerBy: clock.MustDate("2026-11-17")}, "answer_by", "need.error.answer_by"},
	}
	for _, tt := range tests {
		_, err := asks.Send(ctx, h.Owner(), tt.in)
		t.Run(tt.name, func(t *testing.T) { needtest.WantField(t, err, tt.field, tt.key) })
	}
	fine := ask.Asking{Need: n.ID, Provider: h.Fagskole, Questions: []string{"?"}}
	_, err := asks.Send(ctx, access.Actor{}, fine)
	needtest.WantKind(t, err, fault.Denied)
	_, err = asks.Send(ctx, h.Provider(), fine)
	needtest.WantKind(t, err, fault.Denied)
	h.Move(h.Owner(), n.ID, need.Moving{To: need.Withdrawn, Note: "Løst"})
	_, err = asks.Send(ctx, h.Owner(), fine)
	needtest.WantKind(t, err, fault.Conflict)
	if page, err := asks.List(ctx, h.Owner(), "", 0); err != nil || len(page.Items) != 0 {
		t.Errorf("requests to no provider: %+v, %v", page, err)
	}
}
