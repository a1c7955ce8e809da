package round

import (
	"context"
	"errors"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// maxWritten is how much of a wrong line is shown again.
const maxWritten = 40

// Line is a line of a list of organisation numbers. Key says what is wrong with
// it, empty when nothing is.
type Line struct {
	Nr      int
	Written string
	OrgNo   string
	Key     i18n.Key
	Values  []any
}

// ParseNumbers reads organisation numbers, one a line; what stands after a
// semicolon, comma or tab, or the nine digits, is passed over, so that a column of a spreadsheet can
// be pasted with its neighbours. Empty lines are passed over too.
func ParseNumbers(pasted string) []Line {
	var out []Line
	first := map[string]int{}
	nr := 0
	for written := range strings.Lines(pasted) {
		nr++
		cell, _, _ := strings.Cut(strings.Map(separators, written), "\t")
		if cell = text.CleanLine(cell); cell == "" {
			continue
		}
		l := Line{Nr: nr, Written: text.Truncate(cell, maxWritten)}
		no, err := text.ParseOrgNumber(cell)
		if err != nil {
			if first, ok := leading(cell); ok {
				no, err = text.ParseOrgNumber(first)
			}
		}
		var wrong *text.Error
		switch {
		case errors.As(err, &wrong):
			l.Key = i18n.Key("round.error.number")
		case first[no] > 0:
			l.Key, l.Values = "round.error.twice", []any{"line", first[no]}
		default:
			l.OrgNo, first[no] = no, nr
		}
		out = append(out, l)
	}
	return out
}

// leading is the nine digits that a line begins with, when a name follows them.
func leading(cell string) (string, bool) {
	digits := 0
	for i, c := range cell {
		switch {
		case digits == 9:
			return cell[:i], c == ' '
		case '0' <= c && c <= '9':
			digits++
		case c != ' ':
			return "", false
		}
	}
	return "", false
}

func separators(r rune) rune {
	if r == ';' || r == ',' {
		return '\t'
	}
	return r
}

// Named finds the organisations of a pasted list, here or in Enhetsregisteret,
// from where they are registered. Lines are those that nobody can be invited by:
// then nothing is registered and nobody answered.
func (s *Service) Named(ctx context.Context, actor access.Actor, hub org.ID, pasted string) (list []org.ID, lines []Line, err error) {
	if err := CanRun(actor, hub); err != nil {
		return nil, nil, err
	}
	var wrong []Line
	var fetched []register.Hit
	all := ParseNumbers(pasted)
	if len(all) > MaxInvites {
		return nil, nil, fault.InvalidField("numbers", "round.error.many", "max", MaxInvites)
	}
	for _, l := range all {
		if l.Key != "" {
			wrong = append(wrong, l)
			continue
		}
		o, err := s.Orgs.Find(ctx, l.OrgNo)
		if err == nil {
			list = append(list, o)
			continue
		}
		if !fault.Is(err, fault.NotFound) {
			return nil, nil, err
		}
		hit, err := s.Register.Fetch(ctx, actor, l.OrgNo)
		switch {
		case err == nil && hit.Unit.State.IsClosed():
			l.Key = "round.error.ended"
		case err == nil:
			fetched = append(fetched, hit)
			continue
		case fault.Is(err, fault.Unavailable):
			l.Key = "round.error.unreachable"
		case fault.Is(err, fault.NotFound):
			l.Key = "round.error.unknown"
		default:
			return nil, nil, err
		}
		wrong = append(wrong, l)
	}
	if len(wrong) > 0 {
		return nil, wrong, nil
	}
	err = s.DB.Write(ctx, func(tx *db.Tx) error {
		known := len(list)
		list = list[:known:known]
		for _, h := range fetched {
			o, err := s.Register.AddIn(ctx, tx, actor, h, "")
			if err != nil {
				return err
			}
			list = append(list, o)
		}
		return nil
	})
	return list, nil, err
}
