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
		all, err := persons.Leaving(ctx, actor)
		for _, x := range all {
			if x.Goes > 0 {
				gone = append(gone, t.T("person.fates.item", "what", t.T(x.What()), "count", x.Goes))
			}
			if x.Stays > 0 {
				stays = append(stays, t.T("person.fates.item", "what", t.T(x.What()), "count", x.Stays))
			}
		}
		return gone, stays, err
	}
}
