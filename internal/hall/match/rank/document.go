package rank

import "kompetansetorg/internal/common/vocab"

// A Level is a level of education as contract.md writes it; "" = not said.
type Level string

// The levels, in the order of the ladder that Climb measures.
const (
	Kurs     Level = "kurs"
	Vgs      Level = "vgs"
	Fagbrev  Level = "fagbrev"
	Fagskole Level = "fagskole"
	Hoyere   Level = "hoyere"
)

// A Document is something that may answer a need: a programme, a measure or a scheme.
type Document struct {
	ID          string
	Title       string
	Body        string   // description
	Outcomes    string   // what one can do afterwards
	Admission   string   // who gets in
	Phrases     []string // how people say that they want it
	Occupations []string // unit groups of STYRK-08 the owner has stated
	Topics      []string // topics the owner has stated
	Level       Level
	Hours       float64 // size in hours of work; 0 = not known
}

// A Purpose says what the competence is wanted for.
type Purpose string

// The purposes, as the files of needs write them.
const (
	Recruit Purpose = "rekruttering"
	Upskill Purpose = "evu"
	Both    Purpose = "begge"
)

// A Query is a need: its text and what it was understood as.
type Query struct {
	Text    string
	Linked  vocab.Result // what the text was linked to, with the reader's own changes
	Level   Level
	Purpose Purpose
}
