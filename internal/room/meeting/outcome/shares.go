package outcome

import (
	"cmp"
	"math/big"
	"slices"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/money"
)

// Taker is a member that shares costs from a day on. Weight 0 counts as 1, so that equal
// parts need no weights.
type Taker struct {
	Member string
	Name   string
	From   clock.Date // no day: from the start
	Weight int64
}

// Share is a member's part of a cost.
type Share struct {
	Party
	Amount money.NOK
}

// Table is how a cost is split from a day on.
type Table struct {
	From   clock.Date // no day: from the decision
	Shares []Share
}

// Cost is an amount that fell on a day.
type Cost struct {
	On     clock.Date
	Amount money.NOK
}

// Split parts an amount over the takers by weight. Each part is less than one øre from
// exact, and they sum to the whole: the øre left over go to the largest remainders, and
// among equal ones by the member's id, so that the takers' order does not matter. The
// shares come in the takers' order; a negative amount, a return of money, is split
// alike. Nobody to share gives no shares.
func Split(amount money.NOK, takers []Taker) []Share {
	total := big.NewInt(0)
	for _, t := range takers {
		total.Add(total, big.NewInt(t.weight()))
	}
	if total.Sign() == 0 {
		return nil
	}
	shares := make([]Share, len(takers))
	rests := make([]*big.Int, len(takers))
	left := int64(amount)
	for i, t := range takers {
		exact := new(big.Int).Mul(big.NewInt(int64(amount)), big.NewInt(t.weight()))
		part, rest := exact.DivMod(exact, total, new(big.Int)) // Euclidean: the rest is never negative
		shares[i] = Share{Party{t.Member, t.Name}, money.NOK(part.Int64())}
		rests[i] = rest
		left -= part.Int64()
	}
	order := make([]int, len(takers))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(rests[b].Cmp(rests[a]), cmp.Compare(takers[a].Member, takers[b].Member))
	})
	for _, i := range order[:left] {
		shares[i].Amount++
	}
	return shares
}

func (t Taker) weight() int64 { return max(1, t.Weight) }

// On lists the takers of a day.
func On(day clock.Date, takers []Taker) []Taker {
	var list []Taker
	for _, t := range takers {
		if !t.From.After(day) {
			list = append(list, t)
		}
	}
	return list
}

// Tables splits an amount over those that take part from the start, and anew from each
// day that somebody joins.
func Tables(amount money.NOK, takers []Taker) []Table {
	var days []clock.Date
	for _, t := range takers {
		if !slices.Contains(days, t.From) {
			days = append(days, t.From)
		}
	}
	slices.SortFunc(days, clock.Date.Compare)
	var tables []Table
	for _, day := range days {
		tables = append(tables, Table{From: day, Shares: Split(amount, On(day, takers))})
	}
	return tables
}

// Accounts says what each member pays of costs that fell on several days: each cost is
// split over those that took part that day. So a member that joins later changes no
// account of what fell before. The accounts sum to the costs, apart from costs on days
// when nobody took part, which are given as unshared.
func Accounts(costs []Cost, takers []Taker) (accounts []Share, unshared money.NOK) {
	at := map[string]int{}
	for _, t := range takers {
		if _, seen := at[t.Member]; !seen {
			at[t.Member] = len(accounts)
			accounts = append(accounts, Share{Party: Party{t.Member, t.Name}})
		}
	}
	for _, c := range costs {
		shares := Split(c.Amount, On(c.On, takers))
		if shares == nil {
			unshared += c.Amount
		}
		for _, s := range shares {
			accounts[at[s.Member]].Amount += s.Amount
		}
	}
	return accounts, unshared
}
