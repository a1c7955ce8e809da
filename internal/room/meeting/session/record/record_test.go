package record_test

import (
	"testing"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/meeting/rule"
	"kompetansetorg/internal/room/meeting/session/record"
)

// whole is a møtebok with everything that the law asks for.
func whole() record.Book {
	vote := func() *record.Vote {
		return &record.Vote{Entitled: 1, For: 1, Ballots: []record.Ballot{{Name: "Røros", Position: rule.For}}}
	}
	return record.Book{Elected: true, Day: clock.MustDate("2020-09-02"), From: "14:00", To: "15:30", Place: "Teams",
		Seats: []record.Seat{{Name: "Røros", Votes: true, Noted: true, Present: true}, {Name: "Oppdal", Votes: true, Noted: true}, {Name: "Fylket"}},
		Items: []record.Item{{Number: "PS 22/20", Label: "meeting.item.report"},
			{Number: "PS 23/20", Title: "Avtale", Decides: true, Decision: "Vedtatt.", Voted: true, Vote: vote()},
			{Number: "PS 24/20", Title: "Personalsak", Decides: true, Decision: "Vedtatt.", Voted: true, Vote: vote(), Closed: true, Ground: "staff"}}}
}

// Each element of § 11-4 is taken away in turn: the check names that one, and where.
func TestEachElementThatIsMissingIsNamed(t *testing.T) {
	if found := record.Check(whole()); len(found) != 0 {
		t.Fatalf("found in whole minutes: %+v", found)
	}
	for _, c := range []struct {
		name  string
		take  func(b *record.Book)
		what  record.Element
		where string
	}{
		{"the day", func(b *record.Book) { b.Day = clock.Date{} }, record.Time, ""},
		{"when it began", func(b *record.Book) { b.From = "" }, record.Time, ""},
		{"when it ended", func(b *record.Book) { b.To = "" }, record.Time, ""},
		{"the place", func(b *record.Book) { b.Place = " " }, record.Place, ""},
		{"who met", func(b *record.Book) { b.Seats[0].Present = false }, record.Attendance, ""},
		{"whether one met", func(b *record.Book) { b.Seats[1].Noted = false }, record.Attendance, "Oppdal"},
		{"the cases", func(b *record.Book) { b.Items = nil }, record.Cases, ""},
		{"a number", func(b *record.Book) { b.Items[0].Number = "" }, record.Cases, ""},
		{"a title", func(b *record.Book) { b.Items[1].Title = "" }, record.Cases, "PS 23/20"},
		{"a decision", func(b *record.Book) { b.Items[1].Decision = "" }, record.Decision, "PS 23/20"},
		{"the votes", func(b *record.Book) { b.Items[1].Vote = nil }, record.Votes, "PS 23/20"},
		{"who voted", func(b *record.Book) { b.Items[1].Vote.Ballots = nil }, record.Votes, "PS 23/20"},
		{"the ground", func(b *record.Book) { b.Items[2].Ground = "" }, record.Ground, "PS 24/20"},
	} {
		t.Run(c.name, func(t *testing.T) {
			b := whole()
			c.take(&b)
			found := record.Check(b)
			if len(found) != 1 || found[0].Element != c.what || found[0].Where != c.where {
				t.Errorf("found %+v, want %s at %q", found, c.what, c.where)
			}
			b.Elected = false
			if found := record.Check(b); len(found) != 0 {
				t.Errorf("a referat was refused: %+v", found)
			}
		})
	}
}

// Those outside read of a closed item its number, the neutral title, the ground and how
// the body voted on the doors.
func TestForAllHidesWhatIsClosed(t *testing.T) {
	b := whole()
	b.Items[2] = record.Item{Number: "PS 24/20", Title: "Hemmelig", PublicTitle: "Personalsak", Treated: "T", Decision: "D", State: "adopted", Closed: true, Ground: "staff",
		DoorsFor: 5, DoorsNo: 1, Vote: &record.Vote{}, Written: &record.Written{Why: "H"}, Recusals: []record.Recusal{{}}, Tasks: []record.Task{{}}}
	got := b.ForAll(nil).Items[2]
	if got.Title != "Personalsak" || got.Treated+got.Decision+got.State != "" || got.Vote != nil || got.Written != nil || got.Recusals != nil || got.Tasks != nil || got.Ground != "staff" || got.DoorsFor != 5 || !got.Hidden {
		t.Errorf("shown: %+v", got)
	}
	if b.Items[2].Title != "Hemmelig" || b.ForAll(nil).Items[1].Decision != "Vedtatt." {
		t.Error("more changed than what is shown of the closed item")
	}
	later := b.ForAll(map[string]record.Neutral{b.Items[1].Number: {Title: "Sak om en virksomhet", Ground: "privacy"}}).Items[1]
	if later.Title != "Sak om en virksomhet" || later.Ground != "privacy" || later.Decision+later.Treated+later.State != "" || later.Vote != nil || later.Closed || !later.Hidden {
		t.Errorf("closed after the minutes were published: %+v", later)
	}
}
