package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/hall/adopt"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/support"
)

// newAdopt makes the hall where measures are taken into use.
func newAdopt(s *Services) *adopt.Service {
	return adopt.New(adopt.Deps{Projects: s.Projects, Entries: s.Entries, Cards: s.Support, Steps: func(ctx context.Context, card support.ID, lang i18n.Lang) ([]string, error) {
		m, err := s.Measures.Get(ctx, access.SystemActor("adopt"), card)
		var out []string
		for _, step := range m.Steps {
			words, _ := step.Words.In(lang)
			out = append(out, words)
		}
		return out, err
	}})
}

// onCard adds to the page of a card what both say of it.
func onCard(first, then func(*http.Request, access.Actor, support.Card, *leaf.Page) error) func(*http.Request, access.Actor, support.Card, *leaf.Page) error {
	return func(r *http.Request, actor access.Actor, c support.Card, page *leaf.Page) error {
		if err := first(r, actor, c, page); err != nil {
			return err
		}
		return then(r, actor, c, page)
	}
}
