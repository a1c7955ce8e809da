package costweb

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/supply/cost"
	"kompetansetorg/internal/room/supply/say"
)

// words puts the answer into words, for the page and the paper alike.
type words struct{ say.Speaker }

// amount writes what a rate is, with its unit.
func (s words) amount(c cost.Code, v int64) string {
	digits := number(v)
	if strings.HasPrefix(c.Unit(), "nok") {
		digits = money.NOK(v).Digits()
	}
	return s.T(i18n.Key("cost.unit."+c.Unit()), "amount", digits)
}

// number writes hundredths of what is no money, without a last nought: 7,5.
func number(v int64) string {
	digits := money.NOK(v).Digits()
	if strings.Contains(digits, ",") {
		digits = strings.TrimSuffix(digits, "0")
	}
	return digits
}

// rateFrom says where a rate is from.
func (s words) rateFrom(r cost.Rate) string {
	if r.Own {
		return s.T("cost.source.own")
	}
	return s.T("cost.source", "source", s.source(r.Source), "day", r.CheckedOn)
}

func (s words) source(source string) string {
	if source == cost.Assumption {
		return s.T("cost.source.assumption")
	}
	return source
}

// holds says which days a rate holds.
func (s words) holds(r cost.Rate) string {
	switch {
	case r.Own:
		return ""
	case r.To.IsZero():
		return s.T("cost.from_day", "day", r.From)
	}
	return s.T("supply.period", "from", r.From, "to", r.To)
}

// comparison is the ways beside each other, a row a line.
func (s words) comparison(a answer) ui.Table {
	t := ui.Table{ID: "comparison", Caption: s.T("cost.table"), Columns: []ui.Column{{Label: s.T("cost.col.line")}}}
	for _, w := range a.ways {
		t.Columns = append(t.Columns, ui.Column{Label: s.T(w.Kind.Label()), Number: true})
	}
	for _, k := range cost.Kinds() {
		row, some := []ui.Cell{{Text: s.T(k.Label())}}, false
		for _, w := range a.ways {
			cell := ui.Cell{Text: s.T("cost.cell.none")}
			for _, l := range w.Lines {
				if l.Kind == k {
					some = true
					cell = s.cell(l)
				}
			}
			row = append(row, cell)
		}
		if some {
			t.Rows = append(t.Rows, ui.Row{Cells: row})
		}
	}
	sum := []ui.Cell{{Text: s.T("cost.sum")}}
	for _, w := range a.ways {
		cell := ui.Cell{Text: s.T("cost.not_offered")}
		if w.Offered() {
			cell.Text = s.Money(w.Sum)
		}
		if !w.Complete {
			cell.Sub = s.T("cost.sum.incomplete")
		}
		sum = append(sum, cell)
	}
	t.Rows = append(t.Rows, ui.Row{Cells: sum})
	return t
}

func (s words) cell(l cost.Line) ui.Cell {
	if l.Lack != "" {
		return ui.Cell{Text: s.T("cost.cell.lacks")}
	}
	return ui.Cell{Text: s.Money(l.Sum)}
}

// lacking says, a sentence a way, what is not in the sums; none when all is.
func (s words) lacking(a answer) []string {
	var out []string
	for _, w := range a.ways {
		var names []string
		for _, l := range w.Lines {
			if l.Lack != "" {
				names = append(names, s.T(l.Kind.Label()))
			}
		}
		if len(names) > 0 {
			out = append(out, s.T("cost.lacking", "way", w.Kind.Label(), "lines", s.Join(names)))
		}
	}
	return out
}

// about says which offering a way is, or what is assumed of it.
func (s words) about(w way) []string {
	switch {
	case w.Item != nil:
		o := w.Item.Offering
		out := []string{s.T("cost.way.is", "title", s.Text(w.Item.Programme.Title), "form", o.Delivery.Label(), "start", s.Start(*o, w.Item.Earliest))}
		if o.Price.Year != 0 {
			out = append(out, s.T("cost.way.price_year", "year", strconv.Itoa(o.Price.Year)))
		}
		return out
	case w.Assumed:
		return []string{s.T("cost.way.assumed")}
	}
	return []string{s.T("cost.way.none." + i18n.Key(w.Kind))}
}

// facts are the lines of a way, each with how it is worked out.
func (s words) facts(a answer, w way) []ui.Fact {
	var out []ui.Fact
	for _, t := range w.Trips {
		out = append(out, ui.Fact{Label: s.where(t), Lines: s.trip(a, t)})
	}
	for _, l := range w.Lines {
		out = append(out, ui.Fact{Label: s.T(l.Kind.Label()), Lines: s.line(a, w, l)})
	}
	return out
}

func (s words) where(t cost.Trip) string {
	if t.Municipality == "" && t.Place == "" {
		return s.T("supply.gathering.nowhere")
	}
	if t.Municipality == "" {
		return t.Place
	}
	return s.Municipality(t.Municipality)
}

// trip says how far it is, and whether one sleeps there.
func (s words) trip(a answer, t cost.Trip) []string {
	var out []string
	factor, known := a.rates.With(a.Own)[cost.RoadFactor]
	switch {
	case !t.Known:
		out = append(out, s.T("cost.trip.unknown"))
	case t.Air == 0:
		out = append(out, s.T("cost.trip.same"))
	case !known:
		out = append(out, s.T("cost.trip.air", "air", s.kilometres(t.Air)))
	default:
		out = append(out, s.T("cost.trip.road", "air", s.kilometres(t.Air), "factor", number(factor.Amount), "road", t.Road))
	}
	when := s.T("cost.trip.days", "n", t.Days)
	if t.Times > 1 {
		when = s.T("cost.trip.weeks", "n", t.Times, "days", t.Days)
	} else if !t.Day.IsZero() {
		when = s.T("cost.trip.from", "n", t.Days, "day", t.Day)
	}
	out = append(out, when)
	switch {
	case !t.Known || t.Air == 0:
	case t.Stays:
		out = append(out, s.T("cost.trip.stays"))
	case t.Returns > 1:
		out = append(out, s.T("cost.trip.daily"))
	}
	return out
}

func (s words) kilometres(km place.Kilometres) string { return s.Decimal(float64(km), 1) }

// line says what a line comes to and how, or why it is not in the sum.
func (s words) line(a answer, w way, l cost.Line) []string {
	switch {
	case l.Lack == cost.NoRate:
		names := make([]string, len(l.Missing))
		for i, c := range l.Missing {
			names[i] = s.T(c.Label())
		}
		return []string{s.T("cost.lack.no_rate", "rates", s.Join(names), "day", a.On)}
	case l.Lack != "":
		return []string{s.T(l.Lack.Label())}
	}
	return []string{s.Money(l.Sum), s.how(a, w, l)}
}

func (s words) how(a answer, w way, l cost.Line) string {
	switch l.Kind {
	case cost.Driving:
		return s.T("cost.how.driving", "km", l.Quantity, "each", l.Each, "n", w.Cars)
	case cost.Passengers:
		return s.T("cost.how.passengers", "km", l.Quantity, "each", l.Each)
	case cost.Fares:
		return s.T("cost.how.fares", "n", l.Quantity, "each", l.Each)
	case cost.Nights:
		return s.T("cost.how.nights", "n", l.Quantity, "each", l.Each)
	case cost.Meals:
		return s.T("cost.how.meals", "n", l.Quantity, "each", l.Each)
	case cost.Hours:
		if w.Lost == 0 {
			return s.T("cost.how.no_hours")
		}
		return s.T("cost.how.hours", "days", s.T("cost.how.workdays", "n", w.Lost), "people", s.T("cost.how.people", "n", a.Seats), "hours", number(l.From[0].Amount), "each", l.Each)
	}
	return s.T("cost.how.fee", "n", l.Quantity, "each", l.Each)
}

// used are the rates that the answer rests on, and those that it lacks.
func (s words) used(a answer) ui.Table {
	t := ui.Table{ID: "used", Caption: s.T("cost.used"), Columns: s.rateColumns()}
	used, missing := map[cost.Code]cost.Rate{}, map[cost.Code]bool{}
	for _, w := range a.ways {
		for _, l := range w.Lines {
			for _, r := range l.From {
				used[r.Code] = r
			}
			for _, c := range l.Missing {
				missing[c] = true
			}
		}
	}
	for _, c := range cost.Codes() {
		if r, ok := used[c]; ok {
			t.Rows = append(t.Rows, ui.Row{Cells: s.rateCells(r)})
		} else if missing[c] {
			t.Rows = append(t.Rows, ui.Row{Cells: []ui.Cell{{Text: s.T(c.Label())}, {Text: s.T("cost.rate.missing")}, {Text: s.T("cost.cell.none")}, {Text: s.T("cost.rate.missing.why")}}})
		}
	}
	return t
}

func (s words) rateColumns() []ui.Column {
	return []ui.Column{{Label: s.T("cost.col.rate")}, {Label: s.T("cost.col.amount"), Number: true}, {Label: s.T("cost.col.holds")}, {Label: s.T("cost.col.source")}}
}

func (s words) rateCells(r cost.Rate) []ui.Cell {
	holds := s.holds(r)
	if holds == "" {
		holds = s.T("cost.cell.none")
	}
	return []ui.Cell{{Text: s.T(r.Code.Label())}, {Text: s.amount(r.Code, r.Amount)}, {Text: holds}, {Text: s.rateFrom(r)}}
}
