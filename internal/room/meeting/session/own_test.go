package session_test

import (
	"errors"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/outcome"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session"
	"kompetansetorg/internal/room/meeting/session/floor"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/meeting/session/record"
)

func (h *house) cost(i session.ItemID, amount money.NOK, parts ...session.Weight) {
	h.t.Helper()
	h.must(h.floor.SetCost(h.t.Context(), h.secretary(), i, h.item(i).Version, amount, parts))
}

// standing is how the item stands, as its secretary reads it.
func (h *house) standing(i session.ItemID) outcome.Outcome {
	h.t.Helper()
	out, _, err := h.floor.Outcome(h.t.Context(), h.secretary(), i)
	h.must(err)
	return out
}

func sum(t outcome.Table) (n money.NOK) {
	for _, s := range t.Shares {
		n += s.Amount
	}
	return n
}

// A project that touches some: four take part, one reserves itself and joins later. The
// cost is shared to the øre from the start, and anew from that day.
func TestAMemberJoinsLater(t *testing.T) {
	h := open(t)
	_, i := h.held(outcome.Some)
	h.cost(i, 100_000_00, session.Weight{Org: h.orgs["Oppdal"], Weight: 2})
	h.votes(i, rule.For, members[:4]...)
	h.votes(i, rule.Reserved, members[4])
	h.votes(i, rule.For, members[5])
	ctx, joiner := t.Context(), members[4]
	day := today.AddDays(30)
	if err := h.own.Join(ctx, h.mayor(joiner), i, h.orgs[joiner], day, "PS 7/27"); !fault.Is(err, fault.Conflict) {
		t.Errorf("joined before the decision: %v", err)
	}
	if s := h.decide(i); s != outcome.AdoptedSome {
		t.Fatalf("state %s", s)
	}
	before := h.standing(i)
	if len(before.Tables) != 1 || sum(before.Tables[0]) != 100_000_00 || before.Tables[0].Shares[4].Amount != 33_333_34 && before.Tables[0].Shares[4].Amount != 33_333_33 {
		t.Errorf("shares from the start: %+v", before.Tables)
	}
	for _, x := range []struct {
		actor access.Actor
		org   string
		day   clock.Date
		ref   string
		want  string
	}{
		{h.mayor(joiner), joiner, day, "", "ref"}, {h.mayor(joiner), joiner, today.AddDays(-1), "PS 7/27", "day"}, {h.secretary(), "Oppdal", day, "PS 7/27", "org"},
		{h.mayor("Oppdal"), joiner, day, "PS 7/27", "fault.denied"}, {as(access.RoleMayor, h.orgs["Rådet"]), joiner, day, "PS 7/27", "fault.denied"},
	} {
		if err := h.own.Join(ctx, x.actor, i, h.orgs[x.org], x.day, x.ref); field(err) != x.want {
			t.Errorf("%s joins on %s with %q: %v, want %s", x.org, x.day, x.ref, err, x.want)
		}
	}
	h.must(h.own.Join(ctx, h.mayor(joiner), i, h.orgs[joiner], day, "PS 7/27"))
	now := h.standing(i)
	if now.State != outcome.Adopted || len(now.Tables) != 2 || now.Tables[1].From != day || sum(now.Tables[1]) != 100_000_00 || len(now.Tables[1].Shares) != 6 {
		t.Errorf("after: %s %+v", now.State, now.Tables)
	}
	if sum(now.Tables[0]) != 100_000_00 || len(now.Tables[0].Shares) != 5 {
		t.Error("what was shared before has changed")
	}
	if err := h.own.Join(ctx, h.mayor(joiner), i, h.orgs[joiner], day, "PS 7/27"); field(err) != "org" {
		t.Errorf("joined twice: %v", err)
	}
	d := h.item(i).Decision
	if d.State != outcome.AdoptedSome || len(d.Outcome.AdoptedFor) != 5 || len(d.Since) != 1 || d.Since[0].What != session.HasJoined || d.Since[0].OrgName != joiner {
		t.Errorf("the decision as it was taken: %s, since %+v", d.State, d.Since)
	}
}

// A case that touches all is for all: nobody joins later.
func TestNobodyJoinsWhatTouchesAll(t *testing.T) {
	h := open(t)
	_, i := h.held(outcome.All)
	h.votes(i, rule.For, members...)
	h.decide(i)
	if err := h.own.Join(t.Context(), h.secretary(), i, h.orgs["Røros"], today, "PS 1/27"); field(err) != "org" {
		t.Errorf("joined: %v", err)
	}
}

func answered(a outcome.Answer) own.Answer {
	return own.Answer{Answer: a, Ref: "PS 41/26", Day: today}
}

// asked is a case that all adopted, and that each of the six must decide itself.
func (h *house) asked() (session.ID, session.ItemID) {
	h.t.Helper()
	m, i := h.held(outcome.All)
	var orgs []access.OrgID
	for _, name := range members {
		orgs = append(orgs, h.orgs[name])
	}
	h.must(h.own.Ask(h.t.Context(), h.secretary(), i, orgs, today.AddDays(60)))
	h.votes(i, rule.For, members...)
	if s := h.decide(i); s != outcome.Recommended {
		h.t.Fatalf("state %s", s)
	}
	return m, i
}

func (h *house) ownOf(i session.ItemID, name string) session.Own {
	h.t.Helper()
	for _, x := range h.item(i).Own {
		if x.Org == h.orgs[name] {
			return x
		}
	}
	h.t.Fatalf("%s is not asked", name)
	return session.Own{}
}

// SAK-10: recommended until the sixth municipality has decided, adopted then; each answer
// with its case number, from a seat, the office or a link.
func TestSixMunicipalitiesDecideThemselves(t *testing.T) {
	h := open(t)
	_, i := h.asked()
	ctx := t.Context()
	if err := h.own.Ask(ctx, h.secretary(), i, []access.OrgID{h.orgs["Røros"]}, clock.Date{}); field(err) != "orgs" {
		t.Errorf("asked twice: %v", err)
	}
	if err := h.own.Ask(ctx, h.secretary(), i, []access.OrgID{h.orgs["Rådet"]}, clock.Date{}); field(err) != "orgs" {
		t.Errorf("asked one without a vote: %v", err)
	}
	if err := h.own.Ask(ctx, h.mayor("Røros"), i, []access.OrgID{h.orgs["Røros"]}, clock.Date{}); !fault.Is(err, fault.Denied) {
		t.Errorf("a mayor asks: %v", err)
	}
	first := h.ownOf(i, "Melhus")
	for _, x := range []struct {
		change func(*own.Answer)
		want   string
	}{{func(a *own.Answer) { a.Ref = " " }, "ref"}, {func(a *own.Answer) { a.Day = today.AddDays(1) }, "day"}, {func(a *own.Answer) { a.Day = clock.Date{} }, "day"}, {func(a *own.Answer) { a.Answer = "" }, "answer"}} {
		a := answered(outcome.Yes)
		x.change(&a)
		if err := h.own.Answer(ctx, h.mayor("Melhus"), first.ID, first.Version, a); field(err) != x.want {
			t.Errorf("%+v: %v, want %s", a, err, x.want)
		}
	}
	if err := h.own.Answer(ctx, h.mayor("Røros"), first.ID, first.Version, answered(outcome.Yes)); !fault.Is(err, fault.Denied) {
		t.Errorf("another municipality answers: %v", err)
	}
	for n, name := range members[:5] {
		x := h.ownOf(i, name)
		h.must(h.own.Answer(ctx, h.mayor(name), x.ID, x.Version, answered(outcome.Yes)))
		if out := h.standing(i); out.State != outcome.Recommended || out.Local.Yes != n+1 || out.Local.Of != 6 {
			t.Errorf("after %s: %s %+v", name, out.State, out.Local)
		}
	}
	if err := h.own.Answer(ctx, h.mayor("Melhus"), first.ID, h.ownOf(i, "Melhus").Version, answered(outcome.No)); !fault.Is(err, fault.Conflict) {
		t.Errorf("a mayor answers twice: %v", err)
	}
	last := h.ownOf(i, members[5])
	h.must(h.own.Answer(ctx, h.secretary(), last.ID, last.Version, answered(outcome.Yes)))
	if x := h.ownOf(i, members[5]); x.Via != session.ByOffice || x.Ref != "PS 41/26" {
		t.Errorf("the last: %+v", x)
	}
	if out := h.standing(i); out.State != outcome.Adopted || len(out.AdoptedFor) != 6 {
		t.Errorf("after the last: %s", out.State)
	}
	if err := h.own.Answer(ctx, h.secretary(), last.ID, last.Version, answered(outcome.No)); !fault.Is(err, fault.Stale) {
		t.Errorf("an old page: %v", err)
	}
	h.must(h.own.Answer(ctx, h.secretary(), last.ID, last.Version+1, answered(outcome.No)))
	if out := h.standing(i); out.State != outcome.NotAdopted {
		t.Errorf("one says no to what touches all: %s", out.State)
	}
	if d := h.item(i).Decision; d.State != outcome.Recommended || len(d.Since) != 7 {
		t.Errorf("as it was taken: %s, %d since", d.State, len(d.Since))
	}
}

// What a body has adopted is what an agreement can have been decided in: not what it said
// no to, noted, or has not decided yet.
func TestWhatABodyHasAdopted(t *testing.T) {
	h := open(t)
	m := h.plan(today)
	yes, no, noted := h.other(m, "Samarbeidsavtale"), h.other(m, "Avslått"), h.other(m, "Notert")
	h.other(m, "Ikke behandlet")
	h.issue(m, "")
	h.begin(m)
	h.all(m)
	for i, p := range map[session.ItemID]rule.Position{yes: rule.For, no: rule.Against} {
		h.scope(i, outcome.All)
		h.votes(i, p, members...)
		if s := h.decide(i); s.Adopted() != (i == yes) {
			t.Fatalf("state %s", s)
		}
	}
	h.must(h.own.Ask(t.Context(), h.secretary(), yes, []access.OrgID{h.orgs["Røros"]}, clock.Date{}))
	h.must(h.floor.Note(t.Context(), h.secretary(), noted, h.item(noted).Version, casework.Noted, "Tas til orientering."))
	h.must(h.db.Read(t.Context(), func(tx *db.Tx) error {
		list, err := own.DecidedBy(t.Context(), tx, h.council)
		if err == nil && (len(list) != 1 || list[0].ID != yes || len(list[0].Own) != 1 || list[0].On != today) {
			t.Errorf("adopted: %+v", list)
		}
		return err
	}))
}

// One without an account answers by a link, once; a link that was renewed, used or is over
// opens nothing, and tells why.
func TestALinkAnswersOnce(t *testing.T) {
	h := open(t)
	_, i := h.asked()
	ctx, x := t.Context(), h.ownOf(i, "Røros")
	if _, err := h.own.NewLink(ctx, h.mayor("Røros"), x.ID); !fault.Is(err, fault.Denied) {
		t.Errorf("a mayor makes a link: %v", err)
	}
	old, err := h.own.NewLink(ctx, h.secretary(), x.ID)
	h.must(err)
	secret, err := h.own.NewLink(ctx, h.secretary(), x.ID)
	h.must(err)
	sheet, err := h.own.Look(ctx, secret)
	h.must(err)
	if sheet.Own.OrgName != "Røros" || sheet.Title != "Samarbeidsavtale" || sheet.Words != "Som foreslått." {
		t.Errorf("the link shows %+v", sheet)
	}
	if err := h.own.ByLink(ctx, secret, own.Answer{Answer: outcome.Yes, Day: today}); field(err) != "ref" {
		t.Errorf("without a case number: %v", err)
	}
	h.must(h.own.ByLink(ctx, secret, answered(outcome.Yes)))
	for link, want := range map[string]own.Refusal{old: own.Revoked, secret: own.Used, "x" + secret: own.Unknown} {
		var got own.Refusal
		if err := h.own.ByLink(ctx, link, answered(outcome.No)); !errors.As(err, &got) || got != want {
			t.Errorf("the link is %v, want %s", err, want)
		}
		if _, err := h.own.Look(ctx, link); !errors.As(err, &got) || got != want {
			t.Errorf("reading: the link is %v, want %s", err, want)
		}
	}
	if x := h.ownOf(i, "Røros"); x.Via != session.ByLink || x.Answer != outcome.Yes {
		t.Errorf("the answer: %+v", x)
	}
	if _, err := h.own.NewLink(ctx, h.secretary(), x.ID); !fault.Is(err, fault.Conflict) {
		t.Errorf("a link to what is answered: %v", err)
	}
}

// § 11-8: adopted in writing when all agree to the proposal and to the procedure; if one
// does not, the item waits for the meeting, where what was written does not count.
func TestUrgentInWriting(t *testing.T) {
	h := open(t)
	ctx, m := t.Context(), h.plan(today.AddDays(9))
	adopted, fell := h.other(m, "Haster"), h.other(m, "Haster også")
	if err := h.floor.SetUrgent(ctx, h.secretary(), adopted, h.item(adopted).Version, today.AddDays(2), "Fristen er ute"); !fault.Is(err, fault.Conflict) {
		t.Errorf("before the agenda is sent: %v", err)
	}
	h.issue(m, "")
	for day, want := range map[clock.Date]string{today.AddDays(-1): "by", today.AddDays(10): "by"} {
		if err := h.floor.SetUrgent(ctx, h.secretary(), adopted, h.item(adopted).Version, day, "Haster"); field(err) != want {
			t.Errorf("by %s: %v", day, err)
		}
	}
	if err := h.floor.SetUrgent(ctx, h.secretary(), adopted, h.item(adopted).Version, today.AddDays(2), ""); field(err) != "why" {
		t.Errorf("without a reason: %v", err)
	}
	for _, i := range []session.ItemID{adopted, fell} {
		h.scope(i, outcome.All)
		h.must(h.floor.SetUrgent(ctx, h.secretary(), i, h.item(i).Version, today.AddDays(2), "Søknadsfristen er fredag"))
	}
	written := func(i session.ItemID, name string, agrees bool) {
		t.Helper()
		_, err := h.floor.TakePosition(ctx, h.mayor(name), i, floor.Taking{Seat: h.mayors[name], Position: rule.For, InWriting: agrees})
		h.must(err)
	}
	for n, name := range members {
		written(adopted, name, true)
		written(fell, name, n != 2)
		if _, err := h.floor.Decide(ctx, h.secretary(), adopted, h.item(adopted).Version, "Ja"); n < 5 && !fault.Is(err, fault.Conflict) {
			t.Fatalf("decided when %d had answered: %v", n+1, err)
		} else if n == 5 {
			h.must(err)
		}
	}
	if out := h.standing(adopted); out.State != outcome.Adopted || out.Source.Where != "§ 11-8" {
		t.Errorf("in writing: %s by %s", out.State, out.Source.Where)
	}
	if _, err := h.floor.Decide(ctx, h.secretary(), fell, h.item(fell).Version, "Ja"); field(err) != "meeting.error.urgent_fell" {
		t.Errorf("one wants a meeting: %v", err)
	}
	h.begin(m)
	h.all(m)
	if out := h.standing(fell); out.State != outcome.Open || out.Vote.For != 0 {
		t.Errorf("in the meeting it stands as %s with %d for", out.State, out.Vote.For)
	}
	h.votes(fell, rule.For, members...)
	if s := h.decide(fell); s != outcome.Adopted {
		t.Errorf("in the meeting: %s", s)
	}
	rec, err := h.minutes.Get(ctx, h.secretary(), m)
	h.must(err)
	items := map[string]*record.Written{}
	for _, x := range rec.Book.Items {
		items[x.Title] = x.Written
	}
	if w := items["Haster"]; w == nil || w.On != today || w.Why != "Søknadsfristen er fredag" {
		t.Errorf("the minutes of what was decided in writing: %+v", w)
	}
	if w := items["Haster også"]; w != nil {
		t.Errorf("the minutes of what was decided in the meeting: %+v", w)
	}
}

// What is not for one who only reads: costs and asking are the secretary's.
func TestOnlyTheSecretarySetsTheTerms(t *testing.T) {
	h := open(t)
	m := h.plan(today.AddDays(9))
	i := h.other(m, "Felles kurs")
	h.issue(m, "")
	for name, actor := range map[string]access.Actor{"mayor": h.mayor("Røros"), "chief executive": as(access.RoleChiefExec, h.orgs["Røros"]), "outsider": as(access.RoleCaseOfficer, h.orgs["Røros"])} {
		if err := h.floor.SetCost(t.Context(), actor, i, h.item(i).Version, 1, nil); !fault.Is(err, fault.Denied) {
			t.Errorf("%s sets a cost: %v", name, err)
		}
		if err := h.floor.SetUrgent(t.Context(), actor, i, h.item(i).Version, today, "Haster"); !fault.Is(err, fault.Denied) {
			t.Errorf("%s hurries: %v", name, err)
		}
	}
	if err := h.floor.SetCost(t.Context(), h.secretary(), i, h.item(i).Version, -1, nil); field(err) != "amount" {
		t.Errorf("a negative amount: %v", err)
	}
	if err := h.floor.SetCost(t.Context(), h.secretary(), i, h.item(i).Version, 1, []session.Weight{{Org: h.orgs["Rådet"], Weight: 1}}); field(err) != "part-"+string(h.orgs["Rådet"]) {
		t.Errorf("a part for one without a vote: %v", err)
	}
}
