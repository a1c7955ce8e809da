package rank

import "kompetansetorg/internal/common/vocab"

// A Level is a level of education as the API writes it; "" = not said.
type Level string

// The levels.
const (
	Kurs     Level = "kurs"
	Vgs      Level = "vgs"
	Fagbrev  Level = "fagbrev"
	Fagskole Level = "fagskole"
	Hoyere   Level = "hoyere"
)

// A Purpose says whether new people are wanted or one's own are to learn.
type Purpose string

// The purposes, as files of needs write them.
const (
	Recruit Purpose = "rekruttering"
	Upskill Purpose = "evu"
	Both    Purpose = "begge"
)

// A Document is something that may answer a need. Any field may be empty.
type Document struct {
	ID          string
	Title       string
	Body        string   // what it is
	Outcomes    string   // what one can do afterwards
	Admission   string   // who gets in
	Phrases     []string // how people say that they need it
	Occupations []string // unit groups of STYRK-08, as stated by its owner
	Topics      []string // topics, as stated by its owner
	Level       Level
	// Hours is the work it takes, in hours; 0 = not known.
	Hours float64
}

// text is what the document's meaning is taken from, beside its title.
func (d Document) text() string { return d.Title + ". " + d.Body + " " + d.Outcomes }

// A Query is a need: its text and what it was linked to, with the reader's own
// changes.
type Query struct {
	Text    string
	Linked  vocab.Result
	Level   Level
	Purpose Purpose
}
