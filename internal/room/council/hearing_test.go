package council_test

import (
	"fmt"
	"strings"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/council/hearing"
)

func content() hearing.Content {
	return hearing.Content{Sender: "Departementet", Subject: "NTP", Received: today.AddDays(-10), Deadline: today.AddDays(30), Open: true}
}

func (h *house) received() hearing.ID {
	h.t.Helper()
	c, err := h.hearing.Receive(h.t.Context(), h.secretar, h.id, content())
	h.must(err)
	return c
}

func (h *house) heard(actor access.Actor, c hearing.ID) hearing.Detail {
	h.t.Helper()
	d, err := h.hearing.Get(h.t.Context(), actor, c)
	h.must(err)
	return d
}

// round sends a text round.
func (h *house) round(c hearing.ID, words string) {
	h.t.Helper()
	d := h.heard(h.secretar, c)
	h.must(h.hearing.OpenRound(h.t.Context(), h.secretar, c, d.Version, hearing.NewRound{Words: words, Why: "Nytt", Due: today.AddDays(7)}))
}

func (h *house) says(name string, c hearing.ID, nr int, r hearing.Reply, words string) bool {
	h.t.Helper()
	stopped, err := h.hearing.Consent(h.t.Context(), h.mayor(name), c, hearing.Consent{Nr: nr, Org: h.orgs[name], Reply: r, Words: words})
	h.must(err)
	return stopped
}

// The joint response is sent when every member has consented to the last text, with the
// meeting's decision, and published in full; until then drafts are not for those outside.
func TestAJointResponseNeedsEverybody(t *testing.T) {
	h := open(t)
	c := h.received()
	h.round(c, "Vi støtter forslaget.")
	for _, name := range members {
		h.says(name, c, 1, hearing.Yes, "")
	}
	h.round(c, "Vi støtter forslaget.\nVeien må med.")
	d := h.heard(h.secretar, c)
	err := h.hearing.Send(t.Context(), h.secretar, c, d.Version, "Styret, ST 4/26", today)
	if f, ok := fault.As(err); !ok || f.Kind != fault.Conflict || strings.Count(fmt.Sprint(f.Values), ",") != 5 {
		t.Errorf("sent on the consent to an older text: %v", err)
	}
	for _, name := range members[:5] {
		h.says(name, c, 2, hearing.Yes, "")
	}
	h.says("Oppdal", c, 2, hearing.No, "For dyrt")
	h.is(h.hearing.Send(t.Context(), h.secretar, c, d.Version, "Styret", today), fault.Conflict)
	h.says("Oppdal", c, 2, hearing.Yes, "")
	if out := h.heard(access.Actor{}, c); out.Words != "" || len(out.Rounds)+len(out.Consents) > 0 {
		t.Errorf("a visitor reads %q, %d rounds", out.Words, len(out.Rounds))
	}
	h.refuses(h.hearing.Send(t.Context(), h.secretar, c, d.Version, "", today), "sent_by")
	h.is(h.hearing.Send(t.Context(), h.mayor("Oppdal"), c, d.Version, "Styret", today), fault.Denied)
	h.must(h.hearing.Send(t.Context(), h.secretar, c, d.Version, "Styret, ST 4/26", today))
	if out := h.heard(access.Actor{}, c); out.State != hearing.Sent || out.Words != "Vi støtter forslaget.\nVeien må med." || out.SentBy != "Styret, ST 4/26" {
		t.Errorf("published: %+v", out.Consultation)
	}
	h.is(h.hearing.Write(t.Context(), h.secretar, c, h.heard(h.secretar, c).Version, "Mer"), fault.Conflict)
}

// One conflict of interest stops the joint response with its reason; the members may
// still answer for themselves.
func TestOneConflictStopsTheJointText(t *testing.T) {
	h := open(t)
	c := h.received()
	h.round(c, "Vi støtter forslaget.")
	_, err := h.hearing.Consent(t.Context(), h.mayor("Holtålen"), c, hearing.Consent{Nr: 1, Org: h.orgs["Holtålen"], Reply: hearing.Conflict})
	h.refuses(err, "words")
	if !h.says("Holtålen", c, 1, hearing.Conflict, "Traseen går gjennom kommunen.") {
		t.Error("it was not stopped")
	}
	d := h.heard(access.Actor{}, c)
	if d.State != hearing.Stopped || d.Why != "Holtålen: Traseen går gjennom kommunen." {
		t.Errorf("%s: %q", d.State, d.Why)
	}
	_, err = h.hearing.Consent(t.Context(), h.mayor("Røros"), c, hearing.Consent{Nr: 1, Org: h.orgs["Røros"], Reply: hearing.Yes})
	h.is(err, fault.Conflict)
	h.is(h.hearing.Send(t.Context(), h.secretar, c, h.heard(h.secretar, c).Version, "Styret", today), fault.Conflict)
	o := hearing.Own{Org: h.orgs["Holtålen"], Day: today, Words: "Øst", Link: "javascript:alert(1)"}
	_, err = h.hearing.AddOwn(t.Context(), h.exec("Holtålen"), c, o)
	h.refuses(err, "link")
	o.Link = "https://example.org/svar"
	_, err = h.hearing.AddOwn(t.Context(), h.exec("Holtålen"), c, o)
	h.must(err)
	_, err = h.hearing.AddOwn(t.Context(), h.exec("Oppdal"), c, o)
	h.is(err, fault.Denied)
	if d := h.heard(access.Actor{}, c); len(d.Own) != 1 || d.Own[0].Name != "Holtålen" {
		t.Errorf("own responses %v", d.Own)
	}
}

// Who says what: the vote consents, the offices give input, the secretary writes down;
// a chief executive's consent is refused.
func TestWhoSpeaksInARound(t *testing.T) {
	h := open(t)
	c := h.received()
	yes := hearing.Consent{Nr: 1, Org: h.orgs["Røros"], Reply: hearing.Yes}
	_, err := h.hearing.Consent(t.Context(), h.mayor("Røros"), c, yes)
	h.is(err, fault.Conflict)
	h.round(c, "Teksten")
	for name, actor := range map[string]access.Actor{"chief executive": h.exec("Røros"), "opposition": as(access.RoleOpposition, h.orgs["Røros"]), "another mayor": h.mayor("Oppdal"), "visitor": {}} {
		if _, err := h.hearing.Consent(t.Context(), actor, c, yes); !fault.Is(err, fault.Denied) {
			t.Errorf("%s consents: %v", name, err)
		}
	}
	h.says("Røros", c, 1, hearing.Yes, "")
	_, err = h.hearing.Consent(t.Context(), h.secretar, c, hearing.Consent{Nr: 1, Org: h.orgs["Oppdal"], Reply: hearing.Yes})
	h.must(err)
	d := h.heard(h.secretar, c)
	tally := d.Tally(d.Council.MembersOn(today))
	if tally.Yes != 2 || len(tally.Missing) != 4 || d.Consents[0].Registered || !d.Consents[1].Registered {
		t.Errorf("%d yes, missing %v, consents %v", tally.Yes, tally.Missing, d.Consents)
	}
	in, err := h.hearing.AddInput(t.Context(), h.exec("Røros"), c, hearing.Input{Org: h.orgs["Røros"], Words: "Ta med veien"})
	h.must(err)
	h.is(h.hearing.AnswerInput(t.Context(), access.Actor{}, in, 1, "Ja"), fault.NotFound)
	h.is(h.hearing.AnswerInput(t.Context(), h.mayor("Røros"), in, 1, "Ja"), fault.Denied)
	h.must(h.hearing.AnswerInput(t.Context(), h.secretar, in, 1, "Tatt inn"))
	h.is(h.hearing.AnswerInput(t.Context(), h.secretar, in, 1, "Igjen"), fault.Stale)
	h.round(c, "Teksten med veien")
	_, err = h.hearing.Consent(t.Context(), h.mayor("Røros"), c, yes)
	h.is(err, fault.Stale)
}

// Rounds are as many as the rules allow, each with a new text, and a last day that can
// be moved once.
func TestRoundsHaveBounds(t *testing.T) {
	h := open(t)
	c := h.received()
	open := func(words string, days int) error {
		return h.hearing.OpenRound(t.Context(), h.secretar, c, h.heard(h.secretar, c).Version, hearing.NewRound{Words: words, Why: "Nytt", Due: today.AddDays(days)})
	}
	h.is(h.hearing.Extend(t.Context(), h.secretar, c), fault.Conflict)
	h.refuses(open("A", 31), "due")
	h.refuses(open("", 5), "words")
	h.must(open("A", 5))
	h.refuses(open("A", 5), "words")
	h.must(h.hearing.Extend(t.Context(), h.secretar, c))
	last, _ := h.heard(h.secretar, c).Last()
	if last.Due != today.AddDays(12) || !last.Extended {
		t.Errorf("the last day is %s", last.Due)
	}
	h.is(h.hearing.Extend(t.Context(), h.secretar, c), fault.Conflict)
	h.must(open("B", 5))
	h.must(open("C", 5))
	h.is(open("D", 5), fault.Conflict)
	h.is(h.hearing.Write(t.Context(), h.secretar, c, 1, "For sent"), fault.Stale)
	h.must(h.hearing.Decline(t.Context(), h.secretar, c, h.heard(h.secretar, c).Version, "Gjelder ikke regionen"))
	if d := h.heard(access.Actor{}, c); d.State != hearing.Declined || d.Words != "" {
		t.Errorf("%s, %q", d.State, d.Words)
	}
	wrong := content()
	wrong.Deadline = wrong.Received.AddDays(-1)
	_, err := h.hearing.Receive(t.Context(), h.secretar, h.id, wrong)
	h.refuses(err, "deadline")
	_, err = h.hearing.Receive(t.Context(), h.mayor("Røros"), h.id, content())
	h.is(err, fault.Denied)
}

func TestTextsAreComparedByParagraph(t *testing.T) {
	var got []string
	for _, p := range hearing.Compare("En\nto\n\ntre", "En\nto og\ntre\nfire") {
		got = append(got, string(p.Kind)+" "+p.Words)
	}
	if s := strings.Join(got, "; "); s != "same En; removed to; added to og; same tre; added fire" {
		t.Errorf("compared: %s", s)
	}
	long := strings.Repeat("x\ny\n", 400)
	if got := hearing.Compare("a\n"+long+"b", "c\n"+strings.ReplaceAll(long, "x", "z")+"d"); len(got) != 2 {
		t.Errorf("%d pieces of a long text", len(got))
	}
	if got := hearing.Compare("", ""); len(got) != 0 {
		t.Errorf("nothing became %v", got)
	}
}
