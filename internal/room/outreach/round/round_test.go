package round

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
)

func TestCheckNamesWhatIsWrong(t *testing.T) {
	today := clock.MustDate("2026-11-21")
	right := Content{Hub: "h", Title: "Runde", Form: "f", Deadline: today, Waves: []clock.Date{today}, Reminders: []int{7, 2}}
	for _, c := range []struct {
		name, field string
		change      func(*Content)
	}{
		{"nothing", "", func(*Content) {}},
		{"no title", "title", func(c *Content) { c.Title = " " }},
		{"a deadline of yesterday", "deadline", func(c *Content) { c.Deadline = today.AddDays(-1) }},
		{"a deadline two years away", "deadline", func(c *Content) { c.Deadline = today.AddDays(800) }},
		{"a wave after the deadline", "waves", func(c *Content) { c.Waves = []clock.Date{today, today.AddDays(1)} }},
		{"two waves on a day", "waves", func(c *Content) { c.Deadline, c.Waves = today.AddDays(9), []clock.Date{today, today} }},
		{"a first wave long ago", "waves", func(c *Content) { c.Waves = []clock.Date{today.AddDays(-60)} }},
		{"no wave", "waves", func(c *Content) { c.Waves = nil }},
		{"a reminder after the deadline", "reminders", func(c *Content) { c.Reminders = []int{-1} }},
		{"no form", "form", func(c *Content) { c.Form = "" }},
	} {
		in := right
		c.change(&in)
		var fs fault.Fields
		in.Check(&fs, today)
		if e, ok := fault.As(fs.Err()); c.field == "" && ok || c.field != "" && (!ok || e.Fields[0].Name != c.field) {
			t.Errorf("%s: %v", c.name, fs.Err())
		}
	}
}

func TestDeadlineIncludesTheDay(t *testing.T) {
	day := clock.MustDate("2026-12-01")
	r := Round{State: Open, Content: Content{Deadline: day}}
	if !r.TakesAnswers(day) || r.TakesAnswers(day.AddDays(1)) {
		t.Error("the deadline does not end with its day")
	}
}

func TestParseNumbers(t *testing.T) {
	got := ParseNumbers("974 760 673\r\n\n12345; Bedrift AS\nNO 974760673 MVA\n974760673\tEt navn\n990000212 Eksempel Limtre AS\n")
	want := []Line{{Nr: 1, OrgNo: "974760673"}, {Nr: 3, Key: "round.error.number"}, {Nr: 4, Key: "round.error.twice"}, {Nr: 5, Key: "round.error.twice"}, {Nr: 6, OrgNo: "990000212"}}
	if len(got) != len(want) {
		t.Fatalf("%d lines: %+v", len(got), got)
	}
	for i, w := range want {
		if got[i].Nr != w.Nr || got[i].OrgNo != w.OrgNo || got[i].Key != w.Key {
			t.Errorf("line %d: %+v, want %+v", i, got[i], w)
		}
	}
}

func FuzzParseNumbers(f *testing.F) {
	f.Add("974 760 673\n1;2\t3")
	f.Fuzz(func(t *testing.T, pasted string) {
		seen := map[string]bool{}
		for _, l := range ParseNumbers(pasted) {
			if (l.OrgNo == "") == (l.Key == "") || l.OrgNo != "" && (len(l.OrgNo) != 9 || seen[l.OrgNo]) || l.Nr < 1 {
				t.Fatalf("%q: %+v", pasted, l)
			}
			if l.OrgNo != "" {
				seen[l.OrgNo] = true
			}
		}
	})
}
