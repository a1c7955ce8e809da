package match

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/supply/offer"
	"kompetansetorg/internal/room/support"
)

// Understand gives the concepts that are stored with a need whose text this
// is: those that the linker is fairly sure of, none for a text that is no
// competence need.
func (s *Service) Understand(text string) []need.Concept { return NeedConcepts(s.Meant(text), nil) }

// Meant are the concepts that Understand stores, with the words that spoke for them.
func (s *Service) Meant(text string) []Concept {
	concepts, linked := understand(s.Vocab.Now(), Query{Text: text})
	if !linked.Confident {
		return nil
	}
	return slices.DeleteFunc(concepts, func(c Concept) bool { return c.Score < leastShared })
}

// Rejected is an answer that somebody has judged not to fit. Programme or Card
// is set.
type Rejected struct {
	Kind      Kind
	Programme *offer.Programme
	Card      *support.Card
	Verdict   Verdict
}

// Target is the id of what was judged.
func (r Rejected) Target() string {
	if r.Programme != nil {
		return string(r.Programme.ID)
	}
	return string(r.Card.ID)
}

// Rejected lists what is kept out of the answers to a need that the actor may
// see, so that a person can change their mind. What is no longer offered is
// left out.
func (s *Service) Rejected(ctx context.Context, actor access.Actor, n need.ID) ([]Rejected, error) {
	if _, err := s.Needs.Get(ctx, actor, n); err != nil {
		return nil, err
	}
	given, err := s.verdicts(ctx, n)
	if err != nil {
		return nil, err
	}
	var out []Rejected
	for at, v := range given {
		if v.Value != Not {
			continue
		}
		r := Rejected{Kind: at.kind, Verdict: *v}
		var err error
		if at.kind == KindProgramme {
			r.Programme, err = s.programme(ctx, offer.ProgrammeID(at.id))
		} else {
			var c support.Card
			c, err = s.Support.Get(ctx, support.ID(at.id))
			r.Card = &c
		}
		switch {
		case fault.Is(err, fault.NotFound):
		case err != nil:
			return nil, fmt.Errorf("match: rejected answers to %s: %w", n, err)
		default:
			out = append(out, r)
		}
	}
	slices.SortFunc(out, func(a, b Rejected) int {
		return cmp.Or(b.Verdict.At.Compare(a.Verdict.At), cmp.Compare(a.Target(), b.Target()))
	})
	return out, nil
}

func (s *Service) programme(ctx context.Context, p offer.ProgrammeID) (*offer.Programme, error) {
	d, err := s.Supply.Programme(ctx, access.Actor{}, p)
	return d.Programme, err
}
