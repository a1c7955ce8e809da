package notes

import "kompetansetorg/internal/room/need/notes/sentence"

// Candidate is a part of the text that speaks of a need. Line is where it begins in
// what Plain gives, from 1; Under is the heading or the words that it stands under;
// Cue are the words that make it a need.
type Candidate struct {
	Line      int
	Text      string
	Under     string
	Cue       sentence.Reason
	Headcount sentence.Count
	When      sentence.When
	Orgs      []sentence.Phrase
	Places    []sentence.Phrase
}

// Most candidates and the most characters of one.
const (
	MaxCandidates = 60
	MaxCandidate  = 2_000
)
