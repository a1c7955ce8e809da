package council_test

import (
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/council"
)

// draft makes a version with so many paragraphs.
func (h *house) draft(title string, paragraphs ...council.Paragraph) council.Version {
	h.t.Helper()
	id, err := h.Begin(h.t.Context(), h.secretar, h.id, council.Head{Title: title})
	h.must(err)
	v := h.version(id)
	for _, p := range paragraphs {
		from := 0
		if _, there := v.Paragraph(p.Nr); there {
			from = p.Nr
		}
		h.must(h.SaveParagraph(h.t.Context(), h.secretar, id, v.Version, from, p))
		v = h.version(id)
	}
	return v
}

func (h *house) version(id council.VersionID) council.Version {
	h.t.Helper()
	v, _, _, err := h.Version(h.t.Context(), h.secretar, id)
	h.must(err)
	return v
}

func (h *house) send(v council.Version, d council.Decision) {
	h.t.Helper()
	_, err := h.Send(h.t.Context(), h.secretar, v.ID, v.Version, d)
	h.must(err)
}

var old = clock.MustDate("2020-09-02")

// statutes are in force from a day, without the members.
func (h *house) statutes() council.Version {
	h.t.Helper()
	v := h.draft("Vedtekter", council.Paragraph{Nr: 1, Heading: "Navn", Words: "Rådet"}, council.Paragraph{Nr: 2, Heading: "Medlemmer", Words: "Seks"},
		council.Paragraph{Nr: 3, Heading: "Endring", Words: "Alle må være enige"})
	h.send(v, council.Decision{By: "Stiftelsesmøtet", On: founded, From: founded})
	return h.version(v.ID)
}

// The agreement holds first when the sixth municipality has adopted it, from that day;
// until then the old one does. One no keeps it back.
func TestAnAgreementHoldsWhenAllHaveAdoptedIt(t *testing.T) {
	h := open(t)
	before := h.statutes()
	v := h.draft("Avtale", council.Paragraph{Nr: 2, Heading: "Medlemmer", Words: "Seks, og nye", Was: 2, Why: "Nye kommuner"})
	d := council.Decision{By: "Rådet", On: old, ByMembers: true}
	h.send(v, d)
	for i, name := range members {
		a := council.Answer{Org: h.orgs[name], Reply: council.Yes, Place: "Kommunestyret", Case: fmt.Sprintf("PS %d/20", 40+i), Day: old.AddDays(10 * (i + 1))}
		if i == 2 { // says no first
			no := a
			no.Reply = council.No
			_, err := h.Record(t.Context(), h.mayor(name), v.ID, no)
			h.must(err)
		}
		all, _, _, err := h.Agreement(t.Context(), access.Actor{}, h.id)
		h.must(err)
		if now, ok := council.InForce(all, today); !ok || now.ID != before.ID {
			t.Fatalf("after %d of 6 answers %q holds", i, now.Title)
		}
		holds, err := h.Record(t.Context(), h.mayor(name), v.ID, a)
		h.must(err)
		if holds != (i == 5) {
			t.Errorf("after %s: holds %v", name, holds)
		}
	}
	all, body, _, err := h.Agreement(t.Context(), access.Actor{}, h.id)
	h.must(err)
	now, _ := council.InForce(all, today)
	if now.ID != v.ID || now.From != old.AddDays(60) {
		t.Errorf("%q holds from %s", now.Title, now.From)
	}
	if was, _ := council.InForce(all, old.AddDays(59)); was.ID != before.ID || was.Until != old.AddDays(59) {
		t.Errorf("the day before %q held, until %s", was.Title, was.Until)
	}
	if tally := now.Tally(body.MembersOn(today)); tally.Yes != 6 || tally.No != 0 {
		t.Errorf("%d yes, %d no", tally.Yes, tally.No)
	}
	_, err = h.Record(t.Context(), h.mayor("Røros"), v.ID, council.Answer{Org: h.orgs["Røros"], Reply: council.No, Place: "Kommunestyret", Case: "PS 1/21", Day: today})
	h.is(err, fault.Conflict)
}

// Who does what with an agreement: the secretary writes, a member's offices answer for
// it alone, and a draft is not there for those outside.
func TestWhoWritesAnAgreement(t *testing.T) {
	h := open(t)
	v := h.draft("Avtale", council.Paragraph{Nr: 1, Heading: "Navn", Words: "Rådet"})
	for name, actor := range map[string]access.Actor{"mayor": h.mayor("Røros"), "visitor": {}, "county": as(access.RoleCaseOfficer, h.orgs["Rådet"]), "secretary elsewhere": as(access.RoleSecretary, h.orgs["Røros"])} {
		want := fault.NotFound
		if name == "mayor" {
			want = fault.Denied
		}
		h.is(h.SaveHead(t.Context(), actor, v.ID, v.Version, council.Head{Title: "Min"}), want)
		_, err := h.Begin(t.Context(), actor, h.id, council.Head{Title: "Min"})
		h.is(err, fault.Denied)
	}
	if all, _, _, err := h.Agreement(t.Context(), access.Actor{}, h.id); err != nil || len(all) != 0 {
		t.Errorf("a visitor reads %d versions: %v", len(all), err)
	}
	if all, _, _, err := h.Agreement(t.Context(), h.exec("Oppdal"), h.id); err != nil || len(all) != 1 {
		t.Errorf("a chief executive reads %d versions: %v", len(all), err)
	}
	h.is(h.SaveHead(t.Context(), h.secretar, v.ID, v.Version-1, council.Head{Title: "For sent"}), fault.Stale)
	_, err := h.Begin(t.Context(), h.secretar, h.id, council.Head{Title: "En til"})
	h.is(err, fault.Conflict)
	h.send(v, council.Decision{By: "Rådet", On: old, ByMembers: true})
	a := council.Answer{Org: h.orgs["Røros"], Reply: council.Yes, Place: "Kommunestyret", Case: "PS 4/20", Day: old}
	for name, actor := range map[string]access.Actor{"another mayor": h.mayor("Oppdal"), "visitor": {}} {
		_, err := h.Record(t.Context(), actor, v.ID, a)
		if !fault.Is(err, fault.Denied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	_, err = h.Record(t.Context(), h.exec("Røros"), v.ID, a)
	h.must(err)
	for field, wrong := range map[string]func(*council.Answer){"case": func(x *council.Answer) { x.Case = "snart" }, "day": func(x *council.Answer) { x.Day = old.AddDays(-1) },
		"place": func(x *council.Answer) { x.Place = " " }, "reply": func(x *council.Answer) { x.Reply = "kanskje" }} {
		x := a
		wrong(&x)
		_, err := h.Record(t.Context(), h.mayor("Røros"), v.ID, x)
		h.refuses(err, field)
	}
	x := a
	x.Day = today.AddDays(1)
	_, err = h.Record(t.Context(), h.mayor("Røros"), v.ID, x)
	h.refuses(err, "day")
	x = a
	x.Org = h.orgs["Rådet"]
	_, err = h.Record(t.Context(), h.secretar, v.ID, x)
	h.refuses(err, "org")
	h.must(h.Drop(t.Context(), h.secretar, v.ID, h.version(v.ID).Version, "Rådet ombestemte seg"))
	h.is(h.SaveHead(t.Context(), h.secretar, v.ID, h.version(v.ID).Version, council.Head{Title: "Mer"}), fault.Conflict)
	// One version at a time is with the members.
	first := h.draft("Avtale", council.Paragraph{Nr: 1, Heading: "Navn", Words: "Rådet"})
	h.send(first, council.Decision{By: "Rådet", On: old, ByMembers: true})
	second := h.draft("Neste")
	_, err = h.Send(t.Context(), h.secretar, second.ID, second.Version, council.Decision{By: "Rådet", On: old, ByMembers: true})
	h.is(err, fault.Conflict)
}

// A changed paragraph says why before it is sent, and the comparison tells what became
// of each: changed, moved, new and taken out.
func TestAComparisonGoesParagraphByParagraph(t *testing.T) {
	h := open(t)
	was := h.statutes()
	v := h.draft("Avtale", council.Paragraph{Nr: 2, Heading: "Medlemmer", Words: "Seks, og nye", Was: 2})
	h.must(h.SaveParagraph(t.Context(), h.secretar, v.ID, v.Version, 0, council.Paragraph{Nr: 4, Heading: "Uttreden", Words: "1. november"}))
	v = h.version(v.ID)
	h.refuses(h.RemoveParagraph(t.Context(), h.secretar, v.ID, v.Version, 3, ""), "why")
	h.must(h.RemoveParagraph(t.Context(), h.secretar, v.ID, v.Version, 3, "Kommunene bestemmer"))
	v = h.version(v.ID)
	_, err := h.Send(t.Context(), h.secretar, v.ID, v.Version, council.Decision{By: "Rådet", On: old, ByMembers: true})
	if f, ok := fault.As(err); !ok || f.Kind != fault.Conflict || !strings.Contains(fmt.Sprint(f.Values), "§\u00a02, §\u00a04") {
		t.Errorf("sent without reasons: %v", err)
	}
	h.refuses(h.SaveParagraph(t.Context(), h.secretar, v.ID, v.Version, 4, council.Paragraph{Nr: 2, Heading: "Uttreden", Words: "1. november"}), "nr")
	h.refuses(h.SaveParagraph(t.Context(), h.secretar, v.ID, v.Version, 4, council.Paragraph{Nr: 4, Heading: "Uttreden", Words: "1. november", Was: 2}), "was")
	for _, p := range []council.Paragraph{{Nr: 2, Heading: "Medlemmer", Words: "Seks, og nye", Was: 2, Why: "Flere kan bli med"}, {Nr: 4, Heading: "Uttreden", Words: "1. november", Why: "Loven krever det"}} {
		h.must(h.SaveParagraph(t.Context(), h.secretar, v.ID, v.Version, p.Nr, p))
		v = h.version(v.ID)
	}
	var got []string
	for _, c := range council.Compare(was, v, true) {
		nr := c.Now.Nr
		if c.Kind == council.Removed {
			nr = c.Was.Nr
		}
		got = append(got, fmt.Sprintf("%d %s %s", nr, c.Kind, c.Why))
	}
	if s := strings.Join(got, "; "); s != "1 same ; 2 changed Flere kan bli med; 4 new Loven krever det; 3 removed Kommunene bestemmer" {
		t.Errorf("compared: %s", s)
	}
	// The paragraph that is gone gets a successor again.
	h.must(h.SaveParagraph(t.Context(), h.secretar, v.ID, v.Version, 0, council.Paragraph{Nr: 5, Heading: "Endring", Words: "Alle må være enige", Was: 3}))
	v = h.version(v.ID)
	if len(v.Gone) != 0 || council.Compare(was, v, true)[3].Kind != council.Moved {
		t.Errorf("gone: %v, compared %v", v.Gone, council.Compare(was, v, true)[3])
	}
	h.send(v, council.Decision{By: "Rådet", On: old, ByMembers: true})
	h.is(h.SaveParagraph(t.Context(), h.secretar, v.ID, h.version(v.ID).Version, 4, council.Paragraph{Nr: 4, Heading: "x", Words: "y"}), fault.Conflict)
}

// A new draft goes on from the newest version that was not given up.
func TestADraftFollowsWhatHolds(t *testing.T) {
	h := open(t)
	first := h.statutes()
	given := h.draft("Forslag", council.Paragraph{Nr: 1, Heading: "Navn", Words: "Noe annet", Was: 1, Why: "Prøve"})
	h.must(h.Drop(t.Context(), h.secretar, given.ID, given.Version, "Nei"))
	v := h.draft("Nytt forslag")
	if p, ok := v.Paragraph(1); !ok || p.Words != "Rådet" || p.Was != 1 {
		t.Errorf("the draft begins with %+v", p)
	}
	all, _, _, err := h.Agreement(t.Context(), h.secretar, h.id)
	h.must(err)
	if base, ok := council.Before(all, v); !ok || base.ID != first.ID {
		t.Errorf("it follows %q", base.Title)
	}
}

// O-18 and the design: four met, two unclear, two not found, beside the committee's six
// and two; what is met has a paragraph, what is unclear a reason.
func TestTheChecklistKeepsOursAndTheirsApart(t *testing.T) {
	h := open(t)
	v := h.statutes()
	if ours, theirs := council.CountVerdicts(v.Checklist()); ours[council.Unseen] != council.Points || len(theirs) != 0 {
		t.Errorf("before anybody looked: %v, %v", ours, theirs)
	}
	for i, c := range []council.Check{{Verdict: council.Met, Paragraphs: []int{1}}, {Verdict: council.Met, Paragraphs: []int{1}}, {Verdict: council.Unclear, Paragraphs: []int{2}, Note: "Ansatte"}, {Verdict: council.Met, Paragraphs: []int{2, 3, 2}},
		{Verdict: council.Unclear, Note: "Spredt"}, {Verdict: council.Missing}, {Verdict: council.Met, Paragraphs: []int{3}}, {Verdict: council.Missing}} {
		c.Point, c.Theirs = i+1, council.Met
		if c.Verdict == council.Missing {
			c.Theirs = council.Missing
		}
		h.must(h.SaveCheck(t.Context(), h.secretar, v.ID, c))
	}
	list := h.version(v.ID).Checklist()
	ours, theirs := council.CountVerdicts(list)
	if ours[council.Met] != 4 || ours[council.Unclear] != 2 || ours[council.Missing] != 2 || theirs[council.Met] != 6 || theirs[council.Missing] != 2 {
		t.Errorf("ours %v, theirs %v", ours, theirs)
	}
	if fmt.Sprint(list[3].Paragraphs) != "[2 3]" {
		t.Errorf("paragraphs %v", list[3].Paragraphs)
	}
	for field, c := range map[string]council.Check{"paragraphs": {Verdict: council.Met}, "note": {Verdict: council.Unclear}, "verdict": {Verdict: "ja"}, "theirs": {Verdict: council.Missing, Theirs: council.Unclear}} {
		c.Point, c.Version = 1, 1
		h.refuses(h.SaveCheck(t.Context(), h.secretar, v.ID, c), field)
	}
	h.refuses(h.SaveCheck(t.Context(), h.secretar, v.ID, council.Check{Point: 1, Version: 1, Verdict: council.Met, Paragraphs: []int{44}}), "paragraphs")
	h.refuses(h.SaveCheck(t.Context(), h.secretar, v.ID, council.Check{Point: 1, Version: 1, Verdict: council.Missing, Paragraphs: []int{1}}), "paragraphs")
	h.is(h.SaveCheck(t.Context(), h.secretar, v.ID, council.Check{Point: 1, Verdict: council.Met, Paragraphs: []int{1}}), fault.Stale)
	h.is(h.SaveCheck(t.Context(), h.mayor("Røros"), v.ID, council.Check{Point: 1, Version: 1, Verdict: council.Met, Paragraphs: []int{1}}), fault.Denied)
}

func TestParagraphsAsPeopleWriteThem(t *testing.T) {
	for s, want := range map[string]string{"§§ 6, 10 og 11": "[6 10 11]", "3": "[3]", "": "[]", "§ 4; 5": "[4 5]"} {
		if got, ok := council.ParseParagraphs(s); !ok || fmt.Sprint(got) != want {
			t.Errorf("%q: %v %v", s, got, ok)
		}
	}
	for _, s := range []string{"seks", "0", "100", "6-10", "-1"} {
		if got, ok := council.ParseParagraphs(s); ok {
			t.Errorf("%q was read as %v", s, got)
		}
	}
}

// O-19: constituted in autumn 2019, so by autumn 2023.
func TestTheDeadlineForOlderCouncils(t *testing.T) {
	if d := council.TransitionDeadline(clock.MustDate("2019-10-31")); d.String() != "2023-10-31" {
		t.Errorf("by %s", d)
	}
}
