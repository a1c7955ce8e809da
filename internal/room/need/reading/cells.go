package reading

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/sheet"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/intake"
)

// Reader reads rows.
type Reader struct {
	Places *place.Register
	Today  clock.Date
	// KnownNumber tells whether the register has an organisation with the
	// number; then the number says whose the need is, and not the name.
	KnownNumber func(orgno string) bool
	// Understand gives the concepts that a text is about; may be nil.
	Understand func(text string) []need.Concept
}

// Row reads the cells of a row, fields[i] being what column i is taken for.
// Fields beyond the row are empty cells.
func (rd Reader) Row(row sheet.Row, fields []Field) intake.Row {
	c := cells{values: map[Field]string{}, places: rd.Places, today: rd.Today}
	for i, f := range fields {
		v := strings.TrimSpace(row.Cell(i))
		switch {
		case f == "" || v == "":
		case c.values[f] == "":
			c.values[f] = v
		case f == Text:
			c.values[f] += "\n" + v
		default:
			c.values[f] += "; " + v
		}
	}
	out := intake.Row{Nr: row.Number, Organisation: rd.whose(&c), Content: c.content()}
	if rd.Understand != nil && out.Content.Text != "" {
		out.Content.Concepts = rd.Understand(out.Content.Text)
	}
	if e, ok := fault.As(c.faults.Err()); ok {
		out.Faults = e.Fields
	}
	return out
}

// whose is how the row names its organisation: by a number that the register
// knows, else by name, else by the number, which may be a new one.
func (rd Reader) whose(c *cells) string {
	name, written := text.CleanLine(c.values[Organisation]), c.values[OrgNumber]
	if written == "" {
		return name
	}
	number, err := text.ParseOrgNumber(written)
	if err != nil {
		c.wrong(Organisation, "import.error.orgno", written)
		return name
	}
	if name == "" || rd.KnownNumber != nil && rd.KnownNumber(number) {
		return number
	}
	return name
}

// cells are the cells of one row by field.
type cells struct {
	values map[Field]string
	faults fault.Fields
	places *place.Register
	today  clock.Date
}

func (c *cells) wrong(f Field, key i18n.Key, value string) {
	c.faults.Add(string(f), key, "value", text.Truncate(text.CleanLine(value), 60))
}

func (c *cells) content() need.Content {
	in := need.Content{
		Text: c.values[Text], Title: c.values[Title], MandateGround: c.values[MandateGround], ConfidentialityGround: c.values[Ground],
		Headcount: c.number(Headcount), Firms: c.number(Firms), Municipality: c.municipality(), Purpose: c.purpose(),
		Level:   one(c, Level, "import.error.level", levels),
		Horizon: one(c, Horizon, "import.error.horizon", horizons), Cause: one(c, Cause, "import.error.cause", causes),
		Sector:          one(c, Sector, "import.error.sector", sectors),
		Confidentiality: one(c, Confidentiality, "import.error.confidentiality", confidentialities),
		Forms:           several(c, Forms, "import.error.forms", forms),
		Consequences:    several(c, Consequences, "import.error.consequences", consequences),
		Barriers:        several(c, Barriers, "import.error.barriers", barriers),
		Willing: need.Willing{EmployFirst: c.yes(EmployFirst), PledgeSeats: c.number(PledgeSeats), Apprentice: c.yes(Apprentice),
			CoFinance: c.yes(CoFinance), Instructor: c.yes(Instructor)},
		Source: need.FromImport,
	}
	in.WantedFrom = c.date(WantedFrom, &in.Horizon)
	return in
}

// one reads a cell that has one meaning.
func one[T ~string](c *cells, f Field, key i18n.Key, table []meaning[T]) T {
	written := c.values[f]
	if written == "" {
		return ""
	}
	found := meanings(written, table)
	switch len(found) {
	case 1:
		return found[0]
	case 0:
		c.wrong(f, key, written)
	default:
		c.wrong(f, "import.error.several", written)
	}
	return ""
}

// several reads a cell that may hold many things, parted by comma, semicolon,
// slash or line. Each part must mean something.
func several[T ~string](c *cells, f Field, key i18n.Key, table []meaning[T]) []T {
	written := c.values[f]
	if whole := meanings(written, table); len(whole) == 1 && !strings.ContainsAny(written, ",;\n|") {
		return whole
	}
	var out []T
	for _, part := range strings.FieldsFunc(written, func(r rune) bool { return strings.ContainsRune(",;\n/|", r) }) {
		if spaced(part) == "" {
			continue
		}
		found := meanings(part, table)
		if len(found) == 0 {
			c.wrong(f, key, part)
			return nil
		}
		out = append(out, found...)
	}
	return need.Unique(out)
}

// purpose knows that both words together are the third meaning.
func (c *cells) purpose() need.Purpose {
	found := meanings(c.values[Purpose], purposes)
	if slices.Contains(found, need.Both) || len(found) == 2 {
		return need.Both
	}
	return one(c, Purpose, "import.error.purpose", purposes)
}

func (c *cells) municipality() string {
	written := c.values[Municipality]
	if written == "" {
		return ""
	}
	// A number that a spreadsheet has made a decimal number of.
	if f, err := sheet.ParseNumber(written); err == nil && f == math.Trunc(f) && f > 0 && f < 10_000 {
		written = strconv.Itoa(int(f))
		if len(written) == 3 {
			written = "0" + written
		}
	}
	written = strings.TrimSuffix(written, " kommune")
	n, err := c.places.ParseTyped(written, c.today)
	e, ok := fault.As(err)
	switch {
	case err == nil:
		return string(n)
	case ok && len(e.Fields) > 0 && e.Fields[0].Key != "form.error.municipality":
		c.faults.Add(string(Municipality), e.Fields[0].Key, e.Fields[0].Values...)
	default:
		c.wrong(Municipality, "import.error.municipality", written)
	}
	return ""
}

var (
	counted = regexp.MustCompile(`^(?:ca\.?|cirka|omtrent|rundt|minst|opptil|om lag|about)?\s*([\d.,\s]+?)\s*(?:stk\.?|personer|personar|person|pers\.?|ansatte|tilsette|medarbeidere|medarbeidarar|deltakere|deltakarar|årsverk|plasser|plassar|lærlinger|lærlingar|people)?$`)
	grouped = regexp.MustCompile(`^\d{1,3}([.\s]\d{3})+$`)
)

// numberWords are the numbers people write in letters.
var numberWords = map[string]int{"ingen": 0, "en": 1, "ein": 1, "ei": 1, "ett": 1, "eitt": 1, "et": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6,
	"sju": 7, "syv": 7, "åtte": 8, "ni": 9, "ti": 10, "elleve": 11, "tolv": 12, "femten": 15, "tjue": 20}

// number reads a whole number as people write it: "3", "ca. 3 stk", "tre".
func (c *cells) number(f Field) int {
	written := c.values[f]
	if written == "" {
		return 0
	}
	folded := text.Fold(written)
	if n, ok := numberWords[spaced(strings.TrimSuffix(strings.TrimSuffix(folded, " personer"), " stk"))]; ok {
		return n
	}
	m := counted.FindStringSubmatch(folded)
	if m == nil {
		c.wrong(f, "import.error.number", written)
		return 0
	}
	digits := strings.TrimSpace(m[1])
	if grouped.MatchString(digits) {
		digits = strings.NewReplacer(".", "", " ", "", "\u00a0", "").Replace(digits)
	}
	n, err := sheet.ParseNumber(digits)
	if err != nil || n != math.Trunc(n) || math.Abs(n) > 1e9 {
		c.wrong(f, "import.error.number", written)
		return 0
	}
	return int(n)
}

// yes reads a tick or a yes; what is neither is a fault.
func (c *cells) yes(f Field) bool {
	written := c.values[f]
	if written == "" {
		return false
	}
	if v, ok := sheet.ParseBool(written); ok {
		return v
	}
	switch spaced(written) {
	case "kanskje", "mulig", "muligens", "vet ikke", "veit ikkje", "usikker":
		return false // a pledge is made or it is not
	}
	first, _, _ := strings.Cut(spaced(written), " ")
	if v, ok := sheet.ParseBool(first); ok {
		return v
	}
	c.wrong(f, "import.error.yes", written)
	return false
}

var (
	yearOnly = regexp.MustCompile(`^(?:i |fra |frå |from )?(20\d\d)$`)
	named    = regexp.MustCompile(`^(?:i |fra |frå |from )?(\pL+) (20\d\d)$`)
)

// seasons are the month in which what people call so begins.
var seasons = map[string]int{"januar": 1, "februar": 2, "mars": 3, "april": 4, "mai": 5, "juni": 6, "juli": 7, "august": 8, "september": 9, "oktober": 10,
	"november": 11, "desember": 12, "vår": 1, "våren": 1, "vinter": 1, "vinteren": 1, "sommer": 6, "sommeren": 6, "sommar": 6, "sommaren": 6,
	"høst": 8, "høsten": 8, "haust": 8, "hausten": 8, "january": 1, "february": 2, "march": 3, "may": 5, "june": 6, "july": 7, "october": 10,
	"december": 12, "spring": 1, "summer": 6, "autumn": 8, "fall": 8}

// date reads a day, a month or a season with its year, or a year. Words for
// "now" are no day but say how soon, which is kept where nothing else is said.
func (c *cells) date(f Field, horizon *need.Horizon) clock.Date {
	written := c.values[f]
	if written == "" {
		return clock.Date{}
	}
	if d, err := clock.ParseDate(written); err == nil {
		return d
	}
	plain := spaced(written)
	first := func(year string, month int) clock.Date {
		y, _ := strconv.Atoi(year)
		d, err := clock.ParseDate(strconv.Itoa(y) + "-" + pad(month) + "-01")
		if err != nil {
			c.wrong(f, "import.error.date", written)
		}
		return d
	}
	if m := yearOnly.FindStringSubmatch(plain); m != nil {
		return first(m[1], 1)
	}
	if m := named.FindStringSubmatch(plain); m != nil && seasons[m[1]] > 0 {
		return first(m[2], seasons[m[1]])
	}
	if found := meanings(written, horizons); len(found) == 1 {
		if *horizon == "" {
			*horizon = found[0]
		}
		return clock.Date{}
	}
	c.wrong(f, "import.error.date", written)
	return clock.Date{}
}

func pad(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}
