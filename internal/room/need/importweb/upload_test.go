package importweb_test

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"kompetansetorg/internal/common/access"
	kept "kompetansetorg/internal/common/upload"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/room/need/intake"
	"kompetansetorg/internal/room/need/needtest"
)

func sheetOfNeeds(t *testing.T) *sheet.Book {
	t.Helper()
	const file = "Behov 2026\nBedrift;Kommune;Antall\nEksempel AS;5025;3\n"
	b, err := sheet.Read("behov.csv", strings.NewReader(file), int64(len(file)), sheet.DefaultLimits())
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestASheetIsKeptForItsOwnerForADay(t *testing.T) {
	h := needtest.New(t)
	s, adviser := kept.New(h.DB, h.Clock(), intake.Sheets()), h.Adviser()
	b := sheetOfNeeds(t)
	u, err := s.Keep(t.Context(), adviser, b, kept.Choices{Header: 2, Fields: []string{"organisation", "municipality", ""}})
	if err != nil {
		t.Fatal(err)
	}
	got, err := s.Get(t.Context(), adviser, u)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(b.Sheets, got.Sheets); diff != "" {
		t.Errorf("the sheet came back changed (-want +got):\n%s", diff)
	}
	if heads := got.Chosen().Headings(); strings.Join(heads, "|") != "Bedrift|Kommune|Antall" {
		t.Errorf("headings %v", heads)
	}
	for name, reader := range h.Readers() {
		if _, err := s.Get(t.Context(), reader, u); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s gets the sheet: %v", name, err)
		}
		if err := s.Choose(t.Context(), reader, u, 1, kept.Choices{}); !fault.Is(err, fault.NotFound) {
			t.Errorf("%s changes the sheet: %v", name, err)
		}
		if err := s.Drop(t.Context(), reader, u); err != nil {
			t.Errorf("%s throws nothing away: %v", name, err)
		}
	}
	h.Forward(kept.Life - time.Minute)
	if _, err := s.Get(t.Context(), adviser, u); err != nil {
		t.Errorf("within the day: %v", err)
	}
	h.Forward(time.Minute)
	if _, err := s.Get(t.Context(), adviser, u); !fault.Is(err, fault.NotFound) {
		t.Errorf("after a day: %v", err)
	}
	other := kept.New(h.DB, h.Clock(), kept.Use{Kind: "other", May: func(access.Actor) error { return nil }})
	if _, err := other.Get(t.Context(), adviser, u); !fault.Is(err, fault.NotFound) {
		t.Errorf("a sheet of needs in another use: %v", err)
	}
	if n, err := s.Sweep(t.Context()); n != 1 || err != nil {
		t.Errorf("swept %d, %v", n, err)
	}
}

func TestChoicesAreKeptAndAStaleChoiceIsRefused(t *testing.T) {
	h := needtest.New(t)
	s, adviser := kept.New(h.DB, h.Clock(), intake.Sheets()), h.Adviser()
	u, err := s.Keep(t.Context(), adviser, sheetOfNeeds(t), kept.Choices{})
	if err != nil {
		t.Fatal(err)
	}
	want := kept.Choices{Header: 3, Fields: []string{"text"}, Create: true, Ground: "avtalt", Drafts: true, Done: true}
	if err := s.Choose(t.Context(), adviser, u, 1, want); err != nil {
		t.Fatal(err)
	}
	needtest.WantKind(t, s.Choose(t.Context(), adviser, u, 1, kept.Choices{}), fault.Stale)
	got, err := s.Get(t.Context(), adviser, u)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, got.Choices); diff != "" {
		t.Errorf("choices (-want +got):\n%s", diff)
	}
}

func TestOnlySomeSheetsAreKept(t *testing.T) {
	h := needtest.New(t)
	s, adviser := kept.New(h.DB, h.Clock(), intake.Sheets()), h.Adviser()
	var first kept.ID
	for i := range kept.MaxKept + 1 {
		u, err := s.Keep(t.Context(), adviser, sheetOfNeeds(t), kept.Choices{})
		if err != nil {
			t.Fatal(err)
		}
		if i == 0 {
			first = u
		}
		h.Forward(time.Second)
	}
	if _, err := s.Get(t.Context(), adviser, first); !fault.Is(err, fault.NotFound) {
		t.Errorf("the oldest of too many is still there: %v", err)
	}
	for _, reader := range []string{"visitor", "secretary", "person", "sysadmin"} {
		if _, err := s.Keep(t.Context(), h.Readers()[reader], sheetOfNeeds(t), kept.Choices{}); !fault.Is(err, fault.Denied) {
			t.Errorf("%s keeps a sheet: %v", reader, err)
		}
	}
}
