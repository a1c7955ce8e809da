package match_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
)

// TestAVocabularyIsPutInWhileItAnswers: a word that only the operator's files
// have is understood from the next question on.
func TestAVocabularyIsPutInWhileItAnswers(t *testing.T) {
	s, ctx := bare(t), context.Background()
	understood := func() []match.Concept {
		a, err := s.Find(ctx, access.Actor{}, match.Query{Text: "Vi trenger en gnurrmaker"})
		if err != nil {
			t.Fatal(err)
		}
		return a.Concepts
	}
	isTurner := func(c match.Concept) bool { return c.Code == "7223" }
	if slices.ContainsFunc(understood(), isTurner) {
		t.Fatal("the starter vocabulary knows the word")
	}
	examples := filepath.Join(t.TempDir(), "examples.tsv")
	if err := os.WriteFile(examples, []byte("title\tcodes\nGnurrmaker\t7223\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	larger, err := vocab.Load(vocab.Options{Examples: examples})
	if err != nil {
		t.Fatal(err)
	}
	s.Vocab.Put(larger)
	if got := understood(); !slices.ContainsFunc(got, isTurner) {
		t.Errorf("understood %v", got)
	}
}
