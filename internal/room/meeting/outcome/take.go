package outcome

import (
	"slices"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/meeting/rule"
)

// CanTake is nil when a seat of the kind may take the position with the reason in a case
// of the scope. A seat without a vote is Denied, citing the paragraph that says so: its
// holder may have a remark written down, which is no position. A reservation where the
// rules allow none, a remark without words, and a reason that is missing, are Invalid
// fields.
func CanTake(set rule.Set, kind rule.SeatKind, scope Scope, p rule.Position, reason string) error {
	seat, ok := set.Seat(kind)
	switch {
	case !ok:
		return fault.New(fault.Denied, "outcome.refused.no_seat")
	case !seat.Vote && seat.Speak:
		return fault.New(fault.Denied, i18n.Key("outcome.refused.no_vote."+string(seat.Source.From)), "seat", seat.Name(), "where", seat.Source.Where)
	case !seat.Vote:
		return fault.New(fault.Denied, i18n.Key("outcome.refused.no_speech."+string(seat.Source.From)), "seat", seat.Name(), "where", seat.Source.Where)
	case !slices.Contains(rule.Given(), p):
		return fault.InvalidField("position", "outcome.refused.unknown")
	case p == rule.Reserved && !set.MayReserve(scope != Some):
		return fault.InvalidField("position", i18n.Key("outcome.refused.reservation."+string(set.Reservation.Source.From)), "where", set.Reservation.Source.Where)
	case p == rule.ForRemark && reason == "":
		return fault.InvalidField("reason", "outcome.refused.remark")
	case set.Reasons.Need(p) && reason == "":
		return fault.InvalidField("reason", "outcome.refused.reason")
	}
	return nil
}
