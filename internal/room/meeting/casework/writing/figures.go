package writing

import (
	"context"
	"strings"

	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/casework/casepaper"
)

// Source is a register of the house that papers show figures from. Name begins the
// mark, Example is one to be shown to writers. Read answers the figures as anybody
// may read them, since papers become public; and whether the register knows what
// is asked for.
type Source struct {
	Name    string
	Label   i18n.Key
	Example string
	Read    func(ctx context.Context, l i18n.Lang, what string) (casepaper.Figures, bool, error)
}

// maxMarks is how many different figures a paper may show.
const maxMarks = 50

// read answers the figures of the marks, and the marks that no register answers to.
// It asks other rooms, so it runs outside any transaction.
func (s *Service) read(ctx context.Context, l i18n.Lang, marks []string) (map[string]casepaper.Figures, []string, error) {
	out := map[string]casepaper.Figures{}
	var unknown []string
	for i, mark := range marks {
		name, what, _ := strings.Cut(mark, " ")
		found := false
		for _, src := range s.Figures {
			if src.Name != name || i >= maxMarks {
				continue
			}
			f, ok, err := src.Read(ctx, l, strings.TrimSpace(what))
			if err != nil {
				return nil, nil, err
			}
			if ok {
				out[mark], found = f, true
			}
		}
		if !found {
			unknown = append(unknown, mark)
		}
	}
	return out, unknown, nil
}
