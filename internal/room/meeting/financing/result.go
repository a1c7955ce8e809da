package financing

import (
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/room/meeting/rule"
)

// Result is what a plan comes to.
type Result struct {
	Cost, Paid money.NOK
	Difference money.NOK // paid less cost: negative where money is missing
	Grant      money.NOK
	Own        money.NOK // cash and work
	Work       money.NOK // the part of Own that is work
	Counted    money.NOK // the part of Own that the requirement counts
	Other      money.NOK // other public and private money
	OfTotal    Share     // the counted own share of the cost
	OfGrant    Share     // the same relative to the grant; 0 without a grant
	Required   money.NOK // what the own share has to be
	Short      money.NOK // what is missing, in whole kroner
	Met        bool
	Ways       []Way     // ways out where something is missing
	Findings   []Finding // what to look at
}

// Finding is something about a plan. A Note is a remark; other findings should be put
// right before the plan is sent.
type Finding struct {
	Line rule.Line
	Note bool
}

// Way is one way to meet the requirement: the plan's new figures, in whole kroner.
type Way struct {
	Kind  WayKind
	Own   money.NOK // what the counted own share becomes
	Grant money.NOK
	Total money.NOK // of the financing
	More  money.NOK // own share to find; 0 for MaxTotal
}

// WayKind names a way out.
type WayKind string

// The ways: find more own share; ask for less grant so that the total stays; keep the
// grant and let the total grow; keep the own share and make the project smaller.
const (
	RaiseOwn   WayKind = "raise_own"
	LowerGrant WayKind = "lower_grant"
	KeepGrant  WayKind = "keep_grant"
	KeepOwn    WayKind = "keep_own"
)

// Line says the way in a sentence.
func (w Way) Line() rule.Line {
	values := []any{"own", w.Own, "grant", w.Grant, "total", w.Total, "more", w.More}
	switch w.Kind {
	case RaiseOwn:
		return rule.Say("financing.way.raise_own", values...)
	case LowerGrant:
		return rule.Say("financing.way.lower_grant", values...)
	case KeepGrant:
		return rule.Say("financing.way.keep_grant", values...)
	}
	return rule.Say("financing.way.keep_own", values...)
}

// Result counts the plan. It must have passed Check.
func (p Plan) Result() Result {
	r := p.sums()
	req := p.Require
	r.Counted = r.Own
	if req.NoWork {
		r.Counted = r.Own - r.Work
	}
	r.OfTotal, r.OfGrant = PartOf(r.Counted, r.Cost), PartOf(r.Counted, r.Grant)
	base := r.Cost
	if req.Base == OfGrant {
		base = r.Grant
	}
	r.Required = req.of(base)
	if r.Required > r.Counted {
		r.Short = up(r.Required - r.Counted)
	}
	r.Met = r.Short == 0
	if !r.Met {
		r.Ways = p.ways(r)
	}
	r.Findings = p.findings(r)
	return r
}

func (p Plan) sums() Result {
	var r Result
	for _, c := range p.Costs {
		r.Cost += c.Amount
	}
	for _, s := range p.Sources {
		r.Paid += s.Amount
		switch s.Kind {
		case Grant:
			r.Grant += s.Amount
		case Cash:
			r.Own += s.Amount
		case InKind:
			r.Own += s.Amount
			r.Work += s.Amount
		default:
			r.Other += s.Amount
		}
	}
	r.Difference = r.Paid - r.Cost
	return r
}

// ways are counted on the plan's cost, whether or not the financing covers it.
func (p Plan) ways(r Result) []Way {
	req := p.Require
	uncounted := r.Own - r.Counted + r.Other
	list := []Way{{Kind: RaiseOwn, Own: r.Counted + r.Short, Grant: r.Grant, Total: r.Paid + r.Short, More: r.Short}}
	if own, ok := req.within(r.Cost - uncounted); ok {
		if req.Base == OfTotal {
			own = req.of(r.Cost)
		}
		if grant := r.Cost - uncounted - own; grant >= 0 && own >= r.Counted {
			list = append(list, Way{Kind: LowerGrant, Own: own, Grant: grant, Total: r.Cost, More: own - r.Counted})
		}
	}
	own := req.of(r.Grant)
	if req.Base == OfTotal {
		own = req.beside(r.Grant + uncounted)
	}
	list = append(list, Way{Kind: KeepGrant, Own: own, Grant: r.Grant, Total: r.Grant + uncounted + own, More: up(max(0, own-r.Counted))})
	// The largest base that the own share carries, rounded down so that it still does.
	base := down(money.NOK(int64(r.Counted) * int64(whole) / int64(req.Own)))
	grant := base
	if req.Base == OfTotal {
		grant = base - r.Counted - uncounted
	}
	if r.Counted > 0 && grant >= 0 {
		list = append(list, Way{Kind: KeepOwn, Own: r.Counted, Grant: grant, Total: grant + r.Counted + uncounted})
	}
	return list
}

// of is the own share asked of a base, in whole kroner.
func (q Requirement) of(base money.NOK) money.NOK {
	return q.round(int64(base)*int64(q.Own), int64(whole))
}

// within is the own share when it and a grant together make a sum.
func (q Requirement) within(sum money.NOK) (money.NOK, bool) {
	if sum < 0 {
		return 0, false
	}
	return q.round(int64(sum)*int64(q.Own), int64(whole+q.Own)), true
}

// beside is the own share, as a part of the total, beside what others pay.
func (q Requirement) beside(others money.NOK) money.NOK {
	return q.round(int64(others)*int64(q.Own), int64(whole-q.Own))
}

// round divides and rounds to a whole krone: to the nearest, or up.
func (q Requirement) round(number, by int64) money.NOK {
	by *= int64(money.Krone)
	n := number / by
	rest := number % by
	if q.RoundUp && rest > 0 || rest*2 >= by {
		n++
	}
	return money.NOK(n) * money.Krone
}

func up(n money.NOK) money.NOK   { return (n + money.Krone - 1) / money.Krone * money.Krone }
func down(n money.NOK) money.NOK { return n / money.Krone * money.Krone }

// PartOf is a of b, to the nearest hundredth of a per cent; of nothing it is 0.
func PartOf(a, b money.NOK) Share {
	if b == 0 {
		return 0
	}
	return Share((int64(a)*int64(whole)*2 + int64(b)) / (2 * int64(b)))
}

func (p Plan) findings(r Result) []Finding {
	var list []Finding
	add := func(when, note bool, line rule.Line) {
		if when {
			list = append(list, Finding{Line: line, Note: note})
		}
	}
	add(len(p.Costs) == 0, false, rule.Say("financing.finding.no_costs"))
	add(len(p.Sources) == 0, false, rule.Say("financing.finding.no_sources"))
	add(r.Difference < 0, false, rule.Say("financing.finding.missing", "amount", -r.Difference))
	add(r.Difference > 0, false, rule.Say("financing.finding.over", "amount", r.Difference))
	add(!r.Met, p.Require.Programme, p.shortLine(r))
	add(!r.Met && p.Require.Programme, true, rule.Say("financing.finding.programme"))
	add(p.Require.NoWork && r.Work > 0, false, rule.Say("financing.finding.work_refused", "amount", r.Work))
	add(!p.Require.NoWork && r.Work > 0, true, rule.Say("financing.finding.work", "work", r.Work, "own", r.Own))
	for _, s := range p.Sources {
		product := money.NOK(s.Hours) * s.Rate
		add(s.Hours > 0 && s.Rate > 0 && product != s.Amount, false, rule.Say("financing.finding.hours", "name", s.Name, "product", product, "amount", s.Amount))
	}
	return list
}

func (p Plan) shortLine(r Result) rule.Line {
	if p.Require.Base == OfGrant {
		return rule.Say("financing.finding.short_grant", "short", r.Short, "required", r.Required, "own", r.Counted)
	}
	return rule.Say("financing.finding.short_total", "short", r.Short, "required", r.Required, "own", r.Counted)
}
