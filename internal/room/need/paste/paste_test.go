package paste_test

import (
	"strings"
	"testing"
	"time"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/needtest"
	"kompetansetorg/internal/room/need/notes"
	"kompetansetorg/internal/room/need/paste"
)

const mail = "Hei\n\nÅlen Sag trenger to sagmestere til høsten.\n\nFjellhotellet på Oppdal mangler en kokk. Ring 680 51 234.\n\nUkjent Bygg AS i Namsos trenger fire tømrere.\n\nMvh\nRådgiveren"

func keep(t *testing.T, s *paste.Service, a access.Actor, text string) paste.Paste {
	t.Helper()
	id, err := s.Keep(t.Context(), a, text)
	if err != nil {
		t.Fatal(err)
	}
	p, err := s.Get(t.Context(), a, id)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func TestProposalsKnowWhoAndWhere(t *testing.T) {
	h := needtest.New(t)
	s := paste.New(h.Needs)
	p := keep(t, s, h.Adviser(), mail)
	if len(p.Items) != 3 {
		t.Fatalf("%d proposals: %+v", len(p.Items), p.Items)
	}
	for i, want := range []paste.Item{
		{Organisation: h.Sawmill, Municipality: needtest.Roros, Headcount: 2},
		{Organisation: h.Hotel, Municipality: needtest.Oppdal, Headcount: 1},
		{Unknown: "Ukjent Bygg AS", Municipality: needtest.Namsos, Headcount: 4},
	} {
		got := p.Items[i]
		if got.Organisation != want.Organisation || got.Municipality != want.Municipality || got.Headcount != want.Headcount || got.Unknown != want.Unknown {
			t.Errorf("proposal %d is %+v", i, got)
		}
		if got.Cue.Words == "" || got.WhyOrg.Words == "" || got.WhyPlace.From == "" || got.WhyCount.Words == "" {
			t.Errorf("proposal %d does not say why: %+v", i, got)
		}
	}
	if p.Items[0].WantedFrom.String() != "2027-08-01" || p.Items[0].WhyPlace.From != paste.OfOrg {
		t.Errorf("the first is %+v", p.Items[0])
	}
	if strings.Contains(p.Body, "51 234") {
		t.Errorf("a phone number is kept: %q", p.Body)
	}
}

func TestAPastedTextIsItsOwnersOnly(t *testing.T) {
	h := needtest.New(t)
	s, adviser := paste.New(h.Needs), h.Adviser()
	p := keep(t, s, adviser, mail)
	for name, reader := range h.Readers() {
		if _, err := s.Get(t.Context(), reader, p.ID); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gets the text: %v", name, err)
		}
		if err := s.Leave(t.Context(), reader, p.ID, 0, false); err == nil {
			t.Errorf("%s leaves a proposal", name)
		}
		if _, err := s.Take(t.Context(), reader, p.ID, 0, need.Content{Text: "x"}); err == nil {
			t.Errorf("%s takes a proposal", name)
		}
		if err := s.Drop(t.Context(), reader, p.ID); err != nil {
			t.Errorf("%s throws nothing away: %v", name, err)
		}
	}
	if got, err := s.Get(t.Context(), adviser, p.ID); err != nil || got.Count(paste.Open) != 3 {
		t.Errorf("the owner's text: %d open, %v", got.Count(paste.Open), err)
	}
	for _, reader := range []string{"visitor", "secretary", "person", "sysadmin", "expired"} {
		if _, err := s.Keep(t.Context(), h.Readers()[reader], mail); !fault.Is(err, fault.Denied) {
			t.Errorf("%s pastes: %v", reader, err)
		}
	}
}

func TestAProposalIsTakenOnce(t *testing.T) {
	h := needtest.New(t)
	s, adviser := paste.New(h.Needs), h.Adviser()
	p := keep(t, s, adviser, mail)
	first, err := s.Take(t.Context(), adviser, p.ID, 0, p.Items[0].Content("nb"))
	if err != nil {
		t.Fatal(err)
	}
	second, err := s.Take(t.Context(), adviser, p.ID, 0, need.Content{Text: "noe annet"})
	if err != nil || second != first {
		t.Errorf("the second time gives %s, %v, want %s", second, err, first)
	}
	d, err := h.Needs.Get(t.Context(), adviser, first)
	if err != nil || !d.IsDraft() || d.Organisation != h.Sawmill || d.Headcount != 2 || d.Text != p.Items[0].Text {
		t.Errorf("the draft is %+v, %v", d.Need, err)
	}
	if err := s.Leave(t.Context(), adviser, p.ID, 0, false); err != nil {
		t.Fatal(err)
	}
	if err := s.Leave(t.Context(), adviser, p.ID, 1, false); err != nil {
		t.Fatal(err)
	}
	got, err := s.Get(t.Context(), adviser, p.ID)
	if err != nil || got.Items[0].State != paste.Taken || got.Items[1].State != paste.Left || got.Items[2].State != paste.Open {
		t.Errorf("states %q %q %q, %v", got.Items[0].State, got.Items[1].State, got.Items[2].State, err)
	}
	if err := s.Leave(t.Context(), adviser, p.ID, 1, true); err != nil {
		t.Fatal(err)
	}
	if got, _ = s.Get(t.Context(), adviser, p.ID); got.Count(paste.Open) != 2 {
		t.Errorf("%d are open after one was taken up again", got.Count(paste.Open))
	}
	needtest.WantKind(t, s.Leave(t.Context(), adviser, p.ID, 3, false), fault.NotFound)
	needtest.WantKind(t, s.Leave(t.Context(), adviser, p.ID, -1, false), fault.NotFound)
}

func TestTextsComeToAnEnd(t *testing.T) {
	h := needtest.New(t)
	s, adviser := paste.New(h.Needs), h.Adviser()
	dropped, kept := keep(t, s, adviser, mail), keep(t, s, adviser, mail)
	if err := s.Drop(t.Context(), adviser, dropped.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Get(t.Context(), adviser, dropped.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("deleted: %v", err)
	}
	h.Forward(paste.Life - time.Minute)
	if _, err := s.Get(t.Context(), adviser, kept.ID); err != nil {
		t.Errorf("within its time: %v", err)
	}
	h.Forward(time.Minute)
	if _, err := s.Get(t.Context(), adviser, kept.ID); !fault.Is(err, fault.NotFound) {
		t.Errorf("after its time: %v", err)
	}
	if list, err := s.List(t.Context(), adviser); len(list) != 0 || err != nil {
		t.Errorf("%d are listed, %v", len(list), err)
	}
	var n int64
	err := h.DB.Write(t.Context(), func(tx *db.Tx) (err error) { n, err = s.Sweep(t.Context(), tx); return err })
	if n != 1 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
}

func TestItGoesWithTheAccount(t *testing.T) {
	h := needtest.New(t)
	s, adviser := paste.New(h.Needs), h.Adviser()
	keep(t, s, adviser, mail)
	if list, err := s.List(t.Context(), adviser); len(list) != 1 || err != nil {
		t.Fatalf("%d are kept, %v", len(list), err)
	}
	if err := h.DB.Write(t.Context(), func(tx *db.Tx) error { return s.Forget(t.Context(), tx, adviser.Account) }); err != nil {
		t.Fatal(err)
	}
	if list, err := s.List(t.Context(), adviser); len(list) != 0 || err != nil {
		t.Errorf("after the account is deleted: %d, %v", len(list), err)
	}
}

func TestOnlyTextsOfAUsefulLength(t *testing.T) {
	h := needtest.New(t)
	s, adviser := paste.New(h.Needs), h.Adviser()
	_, err := s.Keep(t.Context(), adviser, " \n\u200b\t")
	needtest.WantField(t, err, "body", "form.error.required")
	_, err = s.Keep(t.Context(), adviser, strings.Repeat("å", notes.MaxText+1))
	needtest.WantField(t, err, "body", "form.error.too_long")
	for range paste.MaxKept + 1 {
		keep(t, s, adviser, "Vi trenger to kokker.")
		h.Forward(time.Second)
	}
	if list, err := s.List(t.Context(), adviser); len(list) != paste.MaxKept || err != nil {
		t.Errorf("%d are kept, %v", len(list), err)
	}
}

// TestAVocabularyFindsMore: with the vocabulary of the program an occupation that does
// not look like one is found too.
func TestAVocabularyFindsMore(t *testing.T) {
	h := needtest.New(t)
	x, err := vocab.Load(vocab.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const pasted = "Jordmor slutter i mars."
	if n := len(keep(t, paste.New(h.Needs), h.Adviser(), pasted).Items); n != 0 {
		t.Errorf("%d proposals without a vocabulary", n)
	}
	with := paste.New(h.Needs).Knowing(paste.Known(func() *vocab.Index { return x }))
	if n := len(keep(t, with, h.Adviser(), pasted).Items); n != 1 {
		t.Errorf("%d proposals with it", n)
	}
}
