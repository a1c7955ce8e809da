package offer

import (
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

// Row is a line of a table. Columns says which cell holds what.
type Row struct {
	Columns map[string]int
	Cells   []string
	// Municipality finds a municipality by its name; nil: only numbers count.
	Municipality func(name string) (place.Number, bool)
}

// Has reports whether the table has the column at all, filled or not.
func (r Row) Has(column string) bool { _, ok := r.Columns[column]; return ok }

// Cell is the cell in the column, cleaned; empty when there is none.
func (r Row) Cell(column string) string {
	i, ok := r.Columns[column]
	if !ok || i < 0 || i >= len(r.Cells) {
		return ""
	}
	return text.CleanLine(r.Cells[i])
}

// ProgrammeColumns and OfferingColumns are the columns that FillProgramme and
// FillOffering read.
func ProgrammeColumns() []string {
	return []string{"title", "title_nn", "title_en", "level", "nkr_level", "credits", "credit_unit", "description", "description_nn", "description_en",
		"learning_outcomes", "occupations_styrk08", "fields", "topics", "admission_requirements", "admission_requirements_nn", "admission_requirements_en",
		"language", "supervision", "supervision_nn", "supervision_en", "code", "code_type", "valid_from", "valid_to", "contact", "website"}
}

// OfferingColumns: see ProgrammeColumns.
func OfferingColumns() []string {
	return []string{"start_type", "start_date", "end_date", "application_deadline", "flexible_from", "flexible_to", "no_rolling_reason",
		"delivery", "digital_share", "workplace_share", "part_time_percent", "attendance", "gatherings_municipality", "gatherings_count",
		"min_places", "places", "enrolled", "pending", "queued", "answer_days", "wait_days", "price_nok", "price_employer_nok", "price_year",
		"admission_channel", "apply_url", "target_region", "target_municipalities"}
}

// reader reads typed values out of a row and collects what cannot be read.
type reader struct {
	Row
	faults fault.Fields
}

// fill sets the value when the table has the column.
func fill[T any](r *reader, column string, into *T, read func(string) T) {
	if r.Has(column) {
		*into = read(column)
	}
}

// FillProgramme puts what the row says into the programme and leaves alone what
// the table has no column for. What cannot be read becomes an Invalid fault
// with a field for each cell, named by its column.
func (row Row) FillProgramme(p *Programme) error {
	r := &reader{Row: row}
	r.texts("title", &p.Title)
	r.texts("description", &p.Description)
	r.texts("admission_requirements", &p.Admission)
	r.texts("supervision", &p.Supervision)
	fill(r, "level", &p.Level, word(r, Levels()))
	fill(r, "nkr_level", &p.NKR, func(c string) string { return strings.ToUpper(r.Cell(c)) })
	fill(r, "code", &p.Code, r.Cell)
	fill(r, "code_type", &p.CodeType, word(r, CodeTypes()))
	fill(r, "credits", &p.Credits, r.decimal)
	fill(r, "credit_unit", &p.CreditUnit, word(r, CreditUnits()))
	fill(r, "learning_outcomes", &p.Outcomes, func(c string) []i18n.Text { return r.outcomes(c, p.Outcomes) })
	fill(r, "occupations_styrk08", &p.Occupations, r.list)
	fill(r, "fields", &p.Fields, r.list)
	fill(r, "topics", &p.Topics, r.list)
	fill(r, "language", &p.Languages, r.list)
	fill(r, "valid_from", &p.ValidFrom, r.day)
	fill(r, "valid_to", &p.ValidTo, r.day)
	fill(r, "contact", &p.Contact, r.Cell)
	fill(r, "website", &p.Website, r.Cell)
	return r.faults.Err()
}

// FillOffering does for an offering what FillProgramme does for a programme.
func (row Row) FillOffering(o *Offering) error {
	r := &reader{Row: row}
	fill(r, "start_type", &o.StartType, word(r, StartTypes()))
	fill(r, "start_date", &o.Start, r.day)
	fill(r, "end_date", &o.End, r.day)
	fill(r, "application_deadline", &o.Deadline, r.day)
	fill(r, "flexible_from", &o.FlexibleFrom, r.day)
	fill(r, "flexible_to", &o.FlexibleTo, r.day)
	fill(r, "no_rolling_reason", &o.NoRollingReason, r.Cell)
	fill(r, "delivery", &o.Delivery, word(r, Deliveries()))
	fill(r, "digital_share", &o.DigitalShare, r.share)
	fill(r, "workplace_share", &o.WorkplaceShare, r.share)
	fill(r, "part_time_percent", &o.PartTimePercent, r.count)
	fill(r, "attendance", &o.Attendance, word(r, Attendances()))
	fill(r, "min_places", &o.MinPlaces, r.count)
	fill(r, "places", &o.MaxPlaces, r.count)
	fill(r, "enrolled", &o.Enrolled, r.count)
	fill(r, "pending", &o.Pending, r.count)
	fill(r, "queued", &o.Queued, r.count)
	fill(r, "answer_days", &o.AnswerDays, r.count)
	fill(r, "wait_days", &o.Wait, func(c string) Wait { return Wait{Value: r.count(c), Unit: Days} })
	fill(r, "price_nok", &o.Price.Participant, r.money)
	fill(r, "price_employer_nok", &o.Price.Employer, r.money)
	fill(r, "price_year", &o.Price.Year, r.count)
	fill(r, "admission_channel", &o.Channel, word(r, Channels()))
	fill(r, "apply_url", &o.ApplyURL, r.Cell)
	fill(r, "target_region", &o.Target.Region, func(c string) place.RegionID { return place.RegionID(r.Cell(c)) })
	fill(r, "target_municipalities", &o.Target.Municipalities, r.numbers)
	if r.Has("gatherings_municipality") || r.Has("gatherings_count") {
		o.Gatherings = r.gatherings(o.Gatherings)
	}
	return r.faults.Err()
}

// texts reads a text that may stand in one column, or in one for each language.
func (r *reader) texts(column string, t *i18n.Text) {
	fill(r, column, &t.NB, r.Cell)
	fill(r, column+"_nn", &t.NN, r.Cell)
	fill(r, column+"_en", &t.EN, r.Cell)
}

// word reads one of the allowed codes, however it is capitalised.
func word[T ~string](r *reader, allowed []T) func(string) T {
	return func(column string) T {
		s := r.Cell(column)
		if s == "" {
			return ""
		}
		said := text.Fold(s)
		for _, a := range allowed {
			if strings.EqualFold(string(a), s) || meanings()[said] == string(a) {
				return a
			}
		}
		r.faults.Add(column, "supply.error.word", "word", text.Truncate(s, 40), "allowed", strings.Join(strs(allowed), ", "))
		return ""
	}
}

// meanings are the words people write for our codes, folded. Each means one
// thing in whatever column it stands.
func meanings() map[string]string {
	return map[string]string{
		"løpende": "LOPENDE", "løpende opptak": "LOPENDE", "løpande": "LOPENDE", "rolling": "LOPENDE", "når som helst": "LOPENDE",
		"felles oppstart": "FELLES", "fast oppstart": "FELLES", "fast": "FELLES", "fixed": "FELLES", "enkelt plass": "ENKELTPLASS",
		"videregående": "vgs", "videregående opplæring": "vgs", "vidaregåande": "vgs", "fag- og svennebrev": "fagbrev", "svennebrev": "fagbrev",
		"fagskule": "fagskole", "høyere yrkesfaglig utdanning": "fagskole", "høyere utdanning": "hoyere", "høyere": "hoyere", "høgare utdanning": "hoyere",
		"universitet": "hoyere", "bachelor": "hoyere", "master": "hoyere", "etterutdanning": "kurs", "course": "kurs",
		"nettbasert": "nett", "på nett": "nett", "online": "nett", "digitalt": "nett", "samlingsbasert": "samlinger", "nett med samlinger": "samlinger",
		"i bedrift": "bedrift", "på arbeidsplassen": "bedrift", "i bedriften": "bedrift", "kombinert": "blandet", "blanda": "blandet", "stedbasert": "campus", "på campus": "campus",
		"dagtid": "dag", "på dagtid": "dag", "kveldstid": "kveld", "på kveldstid": "kveld", "helger": "helg", "i helgene": "helg", "blokker": "blokk",
		"studiepoeng": "sp", "stp": "sp", "ects": "sp", "fagskolepoeng": "fsp", "time": "timer", "klokketimer": "timer", "hours": "timer",
		"her": "here", "lenke": "link", "lenkje": "link", "egen side": "link", "nasjonalt": "national", "samordna opptak": "national", "vigo": "national",
	}
}

func strs[T ~string](list []T) []string {
	out := make([]string, len(list))
	for i, v := range list {
		out[i] = string(v)
	}
	return out
}

func (r *reader) list(column string) []string {
	return unique(strings.FieldsFunc(r.Cell(column), func(c rune) bool { return c == ',' || c == ';' || c == ' ' }))
}

// outcomes reads outcomes parted by semicolons. An old one with the same text
// keeps its other languages.
func (r *reader) outcomes(column string, old []i18n.Text) []i18n.Text {
	known := map[string]i18n.Text{}
	for _, t := range old {
		known[t.NB] = t
	}
	var out []i18n.Text
	for s := range strings.SplitSeq(r.Cell(column), ";") {
		if s = strings.TrimSpace(s); s == "" {
			continue
		}
		t, ok := known[s]
		if !ok {
			t = i18n.Text{NB: s}
		}
		out = append(out, t)
	}
	return out
}

func (r *reader) numbers(column string) []place.Number {
	var out []place.Number
	for _, s := range strings.FieldsFunc(r.Cell(column), func(c rune) bool { return c == ',' || c == ';' || c == '/' }) {
		n, err := place.ParseNumber(s)
		if err != nil && r.Municipality != nil {
			var ok bool
			if n, ok = r.Municipality(strings.TrimSpace(s)); ok {
				err = nil
			}
		}
		if err != nil {
			r.faults.Add(column, "form.error.municipality")
			return nil
		}
		out = append(out, n)
	}
	return out
}

// count reads a number of things. An empty cell is none.
func (r *reader) count(column string) int {
	s := strings.Join(strings.Fields(r.Cell(column)), "")
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		r.faults.Add(column, "form.error.number")
	}
	return n
}

// share reads a share, where an empty cell is not zero.
func (r *reader) share(column string) *int {
	s := strings.TrimSpace(strings.TrimSuffix(r.Cell(column), "%"))
	if s == "" {
		return nil
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		r.faults.Add(column, "form.error.number")
		return nil
	}
	return &n
}

func (r *reader) decimal(column string) float64 {
	s := r.Cell(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseFloat(strings.Replace(s, ",", ".", 1), 64)
	if err != nil {
		r.faults.Add(column, "supply.error.decimal")
		return 0
	}
	return n
}

func (r *reader) day(column string) clock.Date {
	s := r.Cell(column)
	if s == "" {
		return clock.Date{}
	}
	d, err := clock.ParseDate(s)
	if err != nil {
		r.faults.Add(column, "form.error.date")
	}
	return d
}

func (r *reader) money(column string) *money.NOK {
	s := r.Cell(column)
	if s == "" {
		return nil
	}
	n, err := money.Parse(s)
	if err != nil {
		r.faults.Add(column, "form.error.money")
		return nil
	}
	return &n
}

// gatherings makes one gathering for each that is counted, placed in turn in
// the municipalities that are named; without a count, one in each of them. What
// says the same as the gatherings there are leaves their days and places alone.
func (r *reader) gatherings(old []Gathering) []Gathering {
	places, n := r.numbers("gatherings_municipality"), r.count("gatherings_count")
	if n > maxList {
		r.faults.Add("gatherings_count", "form.error.range", "min", 0, "max", maxList)
		return nil
	}
	if n <= 0 {
		n = len(places)
	}
	var out []Gathering
	same := n == len(old)
	for i := range n {
		g := Gathering{Days: 1}
		if len(places) > 0 {
			g.Municipality = places[i%len(places)]
		}
		same = same && old[i].Municipality == g.Municipality
		out = append(out, g)
	}
	if same {
		return old
	}
	return out
}
