package personweb

import (
	"context"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/kit/i18n"
)

// Fates tells what goes and what stays when the actor deletes the account, with
// how much there is of it; what there is nothing of is left out.
func Fates(persons *person.Service) func(context.Context, i18n.Printer, access.Actor) (gone, stays []string, err error) {
	return func(ctx context.Context, t i18n.Printer, actor access.Actor) (gone, stays []string, err error) {
		held, err := persons.Held(ctx, actor)
		for _, h := range held {
			if h.Count == 0 {
				continue
			}
			line := t.T("person.fates.item", "what", t.T(h.What()), "count", h.Count)
			if h.Fate == person.Gone {
				gone = append(gone, line)
			} else {
				stays = append(stays, line)
			}
		}
		return gone, stays, err
	}
}
