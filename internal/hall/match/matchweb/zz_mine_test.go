package matchweb_test

import (
	"context"
	"fmt"
	"testing"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/vocab"
	"kompetansetorg/internal/hall/match"
	"kompetansetorg/internal/hall/match/rank"
	"kompetansetorg/internal/site/sitetest"
)

func TestZZ(t *testing.T) {
	h := sitetest.New(t)
	snap, _ := h.Supply.Snapshot(context.Background())
	var docs []rank.Document
	for _, p := range snap.Programmes {
		docs = append(docs, match.DocumentOf(p))
	}
	x := rank.Build(docs, h.Vocab)
	show := func(q rank.Query) {
		for _, hit := range x.Search(q, 6) {
			fmt.Printf("   %.2f %s\n", hit.Score, docs[hit.Doc].Title)
		}
	}
	l := h.Vocab.Link(sawText, vocab.LinkOptions{})
	fmt.Println("plain")
	show(rank.Query{Text: sawText, Linked: l})
	c, _ := h.Vocab.Concept("styrk08", "7212")
	l2 := l
	l2.Matches = append([]vocab.Match{{Concept: c, Score: 1}}, l.Matches...)
	fmt.Println("added")
	show(rank.Query{Text: sawText, Linked: l2})
	fmt.Println("added with text")
	show(rank.Query{Text: sawText + ". Sveisere", Linked: l2})
	fmt.Println("only added")
	show(rank.Query{Text: "Sveisere", Linked: vocab.Result{Matches: []vocab.Match{{Concept: c, Score: 1}}}})
	fmt.Println("only added no text")
	show(rank.Query{Text: "", Linked: vocab.Result{Matches: []vocab.Match{{Concept: c, Score: 1}}}})
	fmt.Println("removed")
	l3 := l
	l3.Matches = nil
	show(rank.Query{Text: sawText, Linked: l3})
	a, err := h.Match.Find(context.Background(), access.Actor{}, match.Query{Text: sawText, Added: []match.Ref{{Scheme: "styrk08", Code: "7212"}}})
	fmt.Println(err, len(a.Offers), a.Concepts)
}
