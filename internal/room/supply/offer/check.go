package offer

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// The largest texts and lists, in characters and entries.
const (
	maxTitle      = 200
	maxText       = 10_000
	maxShort      = 500
	maxAddress    = 1000
	maxList       = 60
	maxPlaces     = 100_000
	maxCredits    = 10_000
	maxWait       = 1000
	maxAnswerDays = 60
	minPriceYear  = 2000
	maxPriceYear  = 2100
	maxGatherDays = 366
)

// checker collects what is wrong with a programme or an offering. Names of
// fields are those of the JSON, with points inside: "gatherings.0.days".
type checker struct{ fault.Fields }

// texts cleans a text in three languages and checks its length.
func (c *checker) texts(name string, t *i18n.Text, clean func(string) string, limit int) {
	c.text(name+".nb", &t.NB, clean, limit)
	c.text(name+".nn", &t.NN, clean, limit)
	c.text(name+".en", &t.EN, clean, limit)
}

func (c *checker) text(name string, s *string, clean func(string) string, limit int) {
	*s = strings.TrimSpace(clean(*s))
	if len([]rune(*s)) > limit {
		c.Add(name, "form.error.too_long", "max", limit)
	}
}

// choice checks that the value is one of the allowed.
func choice[T ~string](c *checker, name string, v T, allowed []T) {
	if !slices.Contains(allowed, v) {
		c.Add(name, "form.error.choice")
	}
}

// optional is choice for a value that may be empty.
func optional[T ~string](c *checker, name string, v T, allowed []T) {
	if v != "" {
		choice(c, name, v, allowed)
	}
}

func (c *checker) share(name string, v *int) {
	if v != nil {
		c.number(name, *v, 0, 100)
	}
}

func (c *checker) number(name string, v, low, high int) {
	if v < low || v > high {
		c.Add(name, "form.error.range", "min", low, "max", high)
	}
}

func (c *checker) period(name string, from, to clock.Date) {
	if !to.IsZero() && to.Before(from) {
		c.Add(name, "form.error.period")
	}
}

// address checks a web address: http or https with a host. It is cleaned first.
func (c *checker) address(name string, s *string) {
	c.text(name, s, text.CleanLine, maxAddress)
	if *s == "" {
		return
	}
	u, err := url.Parse(*s)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil {
		c.Add(name, "supply.error.address")
	}
}

func (c *checker) codes(name string, codes []string, ok func(string) bool) {
	if len(codes) > maxList {
		c.Add(name, "supply.error.too_many", "max", maxList)
	}
	for _, code := range codes {
		if !ok(code) {
			c.Add(name, "supply.error.code", "code", text.Truncate(code, 40))
			return
		}
	}
}

// Check answers the programme with its texts cleaned, or everything that is
// wrong with it.
func (p Programme) Check() (Programme, error) {
	var c checker
	c.texts("title", &p.Title, text.CleanLine, maxTitle)
	if p.Title == (i18n.Text{}) {
		c.Add("title.nb", "form.error.required")
	}
	c.texts("description", &p.Description, text.CleanMultiline, maxText)
	c.texts("admission", &p.Admission, text.CleanMultiline, maxText)
	c.texts("supervision", &p.Supervision, text.CleanMultiline, maxText)
	choice(&c, "level", p.Level, Levels())
	optional(&c, "nkr", p.NKR, NKRLevels())
	c.text("code", &p.Code, text.CleanLine, maxShort)
	if p.CodeType == "" {
		p.CodeType = defaultCode
	}
	choice(&c, "code_type", p.CodeType, CodeTypes())
	p.checkCredits(&c)
	p.Outcomes = p.checkOutcomes(&c)
	p.Occupations, p.Fields = unique(p.Occupations), unique(p.Fields)
	p.Topics, p.Languages = unique(p.Topics), unique(p.Languages)
	c.codes("occupations", p.Occupations, isStyrk)
	c.codes("fields", p.Fields, func(s string) bool { return slices.Contains(Fields(), s) })
	c.codes("topics", p.Topics, func(s string) bool { return s != "" && len(s) <= 40 })
	c.codes("languages", p.Languages, func(s string) bool { return slices.Contains(Languages(), s) })
	c.share("digital_share", p.DigitalShare)
	c.share("workplace_share", p.WorkplaceShare)
	c.period("valid_to", p.ValidFrom, p.ValidTo)
	c.text("contact", &p.Contact, text.CleanLine, maxShort)
	c.address("website", &p.Website)
	c.text("source", &p.Source, text.CleanLine, maxShort)
	c.text("source_id", &p.SourceID, text.CleanLine, maxShort)
	return p, c.Err()
}

func (p *Programme) checkCredits(c *checker) {
	// The comparison is written so that it also refuses a NaN from a file.
	if !(p.Credits >= 0 && p.Credits <= maxCredits) {
		c.Add("credits", "form.error.range", "min", 0, "max", maxCredits)
	}
	if p.Credits == 0 {
		p.CreditUnit = ""
		return
	}
	if p.CreditUnit == "" {
		c.Add("credit_unit", "form.error.required")
		return
	}
	choice(c, "credit_unit", p.CreditUnit, CreditUnits())
}

// checkOutcomes drops empty outcomes.
func (p *Programme) checkOutcomes(c *checker) []i18n.Text {
	var out []i18n.Text
	for _, o := range p.Outcomes {
		c.texts("outcomes", &o, text.CleanLine, maxShort)
		if o != (i18n.Text{}) {
			out = append(out, o)
		}
	}
	if len(out) > maxList {
		c.Add("outcomes.nb", "supply.error.too_many", "max", maxList)
	}
	return out
}

func isStyrk(s string) bool { return len(s) == 4 && strings.Trim(s, "0123456789") == "" }

// unique drops blanks and what stands twice, and keeps the order.
func unique(list []string) []string {
	var out []string
	for _, s := range list {
		if s = strings.TrimSpace(s); s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out
}

// Check answers the offering with its texts cleaned, or everything that is
// wrong with it.
func (o Offering) Check(places *place.Register) (Offering, error) {
	var c checker
	choice(&c, "start_type", o.StartType, StartTypes())
	choice(&c, "form", o.Delivery, Deliveries())
	optional(&c, "attendance", o.Attendance, Attendances())
	c.period("end", o.Start, o.End)
	c.period("flexible_to", o.FlexibleFrom, o.FlexibleTo)
	c.text("no_rolling_reason", &o.NoRollingReason, text.CleanMultiline, maxShort)
	c.share("digital_share", o.DigitalShare)
	c.share("workplace_share", o.WorkplaceShare)
	c.number("part_time_percent", o.PartTimePercent, 0, 100)
	o.checkPlaces(&c)
	o.checkPrice(&c)
	o.checkAdmission(&c)
	o.Gatherings = o.checkGatherings(&c, places)
	o.Closed = o.checkClosed(&c)
	o.checkTarget(&c, places)
	c.text("source", &o.Source, text.CleanLine, maxShort)
	c.text("source_id", &o.SourceID, text.CleanLine, maxShort)
	return o, c.Err()
}

func (o *Offering) checkPlaces(c *checker) {
	c.number("min_places", o.MinPlaces, 0, maxPlaces)
	c.number("max_places", o.MaxPlaces, 0, maxPlaces)
	c.number("enrolled", o.Enrolled, 0, maxPlaces)
	c.number("pending", o.Pending, 0, maxPlaces)
	c.number("queued", o.Queued, 0, maxPlaces)
	if o.MaxPlaces > 0 && o.MinPlaces > o.MaxPlaces {
		c.Add("max_places", "supply.error.max_below_min")
	}
	if o.MaxPlaces > 0 && o.MaxPlaces < o.Here.Enrolled {
		c.Add("max_places", "supply.error.fewer_than_admitted", "n", o.Here.Enrolled)
	}
	c.number("answer_days", o.AnswerDays, 0, maxAnswerDays)
	c.number("wait_value", o.Wait.Value, 0, maxWait)
	if o.Wait.Value == 0 {
		o.Wait.Unit = ""
		return
	}
	choice(c, "wait_unit", o.Wait.Unit, WaitUnits())
}

func (o *Offering) checkPrice(c *checker) {
	if o.Price.Participant == nil && o.Price.Employer == nil {
		o.Price.Year = 0
		return
	}
	if o.Price.Participant != nil && *o.Price.Participant < 0 {
		c.Add("price_participant", "supply.error.price")
	}
	if o.Price.Employer != nil && *o.Price.Employer < 0 {
		c.Add("price_employer", "supply.error.price")
	}
	if o.Price.Year == 0 {
		c.Add("price_year", "supply.error.price_year")
		return
	}
	c.number("price_year", o.Price.Year, minPriceYear, maxPriceYear)
}

func (o *Offering) checkAdmission(c *checker) {
	choice(c, "admission_channel", o.Channel, Channels())
	c.address("apply_url", &o.ApplyURL)
	if o.Channel == Link && o.ApplyURL == "" {
		c.Add("apply_url", "supply.error.apply_url")
	}
	if len(o.Enrolment) > maxList {
		c.Add("enrolment", "supply.error.too_many", "max", maxList)
	}
	for i := range o.Enrolment {
		e, name := &o.Enrolment[i], "enrolment."+strconv.Itoa(i)
		c.period(name+".to", e.From, e.To)
		c.text(name+".target_group", &e.TargetGroup, text.CleanLine, maxShort)
		c.address(name+".url", &e.URL)
		if e.Kind == "" {
			e.Kind = Approval
		}
		choice(c, name+".kind", e.Kind, EnrolmentKinds())
		if e.Kind == ByURL && e.URL == "" {
			c.Add(name+".url", "supply.error.apply_url")
		}
		c.number(name+".max_queued", e.MaxQueued, 0, maxPlaces)
	}
}

func (o *Offering) checkGatherings(c *checker, places *place.Register) []Gathering {
	if len(o.Gatherings) > maxList {
		c.Add("gatherings", "supply.error.too_many", "max", maxList)
	}
	out := slices.Clone(o.Gatherings)
	for i := range out {
		g, name := &out[i], "gatherings."+strconv.Itoa(i)
		c.text(name+".place", &g.Place, text.CleanLine, maxTitle)
		if g.Municipality != "" && !IsKnown(places, g.Municipality) {
			c.Add(name+".municipality", "form.error.municipality")
		}
		if g.Days == 0 {
			g.Days = 1
		}
		c.number(name+".days", g.Days, 1, maxGatherDays)
		if o.StartType == Fixed && !g.Day.IsZero() && (g.Day.Before(o.Start) || !o.End.IsZero() && g.Day.AddDays(max(g.Days, 1)-1).After(o.End)) {
			c.Add(name+".day", "supply.error.gathering_day")
		}
	}
	return out
}

func (o *Offering) checkClosed(c *checker) []ClosedPeriod {
	if len(o.Closed) > maxList {
		c.Add("closed", "supply.error.too_many", "max", maxList)
	}
	out := slices.Clone(o.Closed)
	for i, p := range out {
		name := "closed." + strconv.Itoa(i)
		if p.From.IsZero() {
			c.Add(name+".from", "form.error.required")
		}
		if p.To.IsZero() {
			c.Add(name+".to", "form.error.required")
		}
		c.period(name+".to", p.From, p.To)
	}
	return out
}

func (o *Offering) checkTarget(c *checker, places *place.Register) {
	if o.Target.Region != "" {
		if _, err := places.Region(o.Target.Region); err != nil {
			c.Add("target_region", "form.error.choice")
		}
	}
	var numbers []place.Number
	for _, n := range o.Target.Municipalities {
		if !IsKnown(places, n) {
			c.Add("target_municipalities", "form.error.municipality")
			break
		}
		if !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	o.Target.Municipalities = numbers
}

func IsKnown(places *place.Register, n place.Number) bool {
	_, err := places.Municipality(n)
	return err == nil
}

// CheckReason answers the reason for calling an offering off with its text
// cleaned, or what is wrong with it.
func CheckReason(reason string) (string, error) {
	var c checker
	c.text("reason", &reason, text.CleanMultiline, maxShort)
	if reason == "" {
		c.Add("reason", "form.error.required")
	}
	return reason, c.Err()
}
