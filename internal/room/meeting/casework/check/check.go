package check

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/paper"
	"kompetansetorg/internal/kit/prose"
	"kompetansetorg/internal/kit/text"
)

// Paper is what is checked.
type Paper struct {
	Title string
	// Decides tells that a body shall decide, so that there must be something to
	// decide on.
	Decides bool
	// Header are the lines at the top of the paper as they are written, none when
	// the paper takes them from the case; Treatments are where the case goes.
	Header, Treatments []Row
	Sections           []Section
	// Dead are addresses in the text that lead nowhere, and Unknown the marks of
	// live figures that no register answers to.
	Dead, Unknown []string
}

// Row is a line of the header: body, number there, and day of its meeting. Number
// and Day may be empty.
type Row struct {
	Body, Number string
	Day          clock.Date
}

// Section is a part of the paper. Role tells what it is for, when the check has to
// know.
type Section struct {
	Key, Heading, Text string
	Role               Role
}

// Role is what a section is for.
type Role string

// The roles. Most sections have none.
const (
	Recommendation Role = "recommendation"
	Annexes        Role = "annexes"
)

// Rule is what a finding breaks.
type Rule string

// The rules.
const (
	HeaderBody     Rule = "header_body"
	HeaderDay      Rule = "header_day"
	HeaderNumber   Rule = "header_number"
	NoMeeting      Rule = "no_meeting"
	NoProposal     Rule = "no_recommendation"
	AnnexMissing   Rule = "annex_missing"
	AnnexUnused    Rule = "annex_unused"
	Placeholder    Rule = "placeholder"
	TableSum       Rule = "table_sum"
	OutlineOrder   Rule = "outline_order"
	DeadLink       Rule = "dead_link"
	UnknownMark    Rule = "unknown_mark"
	ImpossibleDate Rule = "impossible_date"
	Empty          Rule = "empty"
)

// Finding is something that looks wrong. Section is the key of the part it stands
// in, empty for the header; Quote is the text it is about. Key and Values say it.
type Finding struct {
	ID      string
	Rule    Rule
	Section string
	Quote   string
	Key     i18n.Key
	Values  []any
}

// Run lists the findings in the order of the paper.
func Run(p Paper) []Finding {
	c := &checker{paper: p, seen: map[string]int{}}
	c.header()
	c.proposal()
	for _, s := range p.Sections {
		c.placeholders(s)
		c.days(s)
		c.tables(s)
		c.links(s)
	}
	c.annexes()
	c.outline()
	return c.found
}

type checker struct {
	paper Paper
	found []Finding
	seen  map[string]int
}

// add notes a finding. Two that say the same of the same words get ids of their own.
func (c *checker) add(rule Rule, section, quote string, key i18n.Key, values ...any) {
	what := strings.Join([]string{string(rule), section, text.Fold(quote)}, "\x00")
	c.seen[what]++
	sum := sha256.Sum256([]byte(what + "\x00" + strconv.Itoa(c.seen[what])))
	c.found = append(c.found, Finding{ID: hex.EncodeToString(sum[:8]), Rule: rule, Section: section, Quote: quote, Key: key, Values: values})
}

// header holds the lines at the top against where the case goes. A header that the
// paper takes from the case is right by itself.
func (c *checker) header() {
	if len(c.paper.Treatments) == 0 {
		c.add(NoMeeting, "", "", "case.check.no_meeting")
	}
	for _, row := range c.paper.Header {
		quote := strings.Join(filled(row.Body, row.Number, row.Day.String()), " | ")
		var same []Row
		for _, t := range c.paper.Treatments {
			if text.Fold(t.Body) == text.Fold(row.Body) {
				same = append(same, t)
			}
		}
		fits := func(ok func(Row) bool) bool { return slices.ContainsFunc(same, ok) }
		switch {
		case len(same) == 0:
			c.add(HeaderBody, "", quote, "case.check.header_body", "written", row.Body, "expected", c.bodies())
		case !row.Day.IsZero() && !fits(func(t Row) bool { return t.Day == row.Day }):
			c.add(HeaderDay, "", quote, "case.check.header_day", "written", row.Day, "body", row.Body)
		case row.Number != "" && !fits(func(t Row) bool { return t.Number == "" || squeeze(t.Number) == squeeze(row.Number) }):
			c.add(HeaderNumber, "", quote, "case.check.header_number", "written", row.Number, "body", row.Body)
		}
	}
}

func squeeze(s string) string { return strings.ReplaceAll(text.Fold(s), " ", "") }

func filled(parts ...string) []string {
	return slices.DeleteFunc(parts, func(s string) bool { return s == "" })
}

// bodies are where the case goes, in a line.
func (c *checker) bodies() string {
	var out []string
	for _, t := range c.paper.Treatments {
		if !slices.Contains(out, t.Body) {
			out = append(out, t.Body)
		}
	}
	return strings.Join(out, ", ")
}

// proposal asks for something to decide on, and for any text at all.
func (c *checker) proposal() {
	blank := true
	for _, s := range c.paper.Sections {
		blank = blank && text.IsBlank(s.Text)
	}
	if blank {
		c.add(Empty, "", "", "case.check.empty")
		return
	}
	if !c.paper.Decides {
		return
	}
	for _, s := range c.paper.Sections {
		if s.Role == Recommendation && !text.IsBlank(s.Text) {
			return
		}
	}
	i := slices.IndexFunc(c.paper.Sections, func(s Section) bool { return s.Role == Recommendation })
	key := ""
	if i >= 0 {
		key = c.paper.Sections[i].Key
	}
	c.add(NoProposal, key, "", "case.check.no_recommendation")
}

// tables add up the columns of numbers of every table that has a total.
func (c *checker) tables(s Section) {
	for _, b := range (prose.Reader{}).Read(s.Text) {
		t, ok := b.(paper.Table)
		if !ok || len(t.Sum) == 0 {
			continue
		}
		for i, column := range t.Columns {
			written, ok := prose.Amount(t.Sum[i].Plain())
			if !column.Number || !ok {
				continue
			}
			var total money.NOK
			for _, row := range t.Rows {
				if n, ok := prose.Amount(row[i].Plain()); ok {
					total += n
				}
			}
			if total != written {
				c.add(TableSum, s.Key, t.Caption+" "+column.Title+" "+t.Sum[i].Plain(), "case.check.table_sum", "column", column.Title, "written", number(int64(written)), "sum", number(int64(total)))
			}
		}
	}
}

// number is an amount in hundredths as a table writes it.
func number(n int64) string {
	digits := strconv.FormatInt(max(n, -n)/100, 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "\u00a0" + digits[i:]
	}
	if rest := max(n, -n) % 100; rest != 0 {
		digits += "," + string(rune('0'+rest/10)) + string(rune('0'+rest%10))
	}
	if n < 0 {
		digits = "\u2212" + digits
	}
	return digits
}

// links tell of addresses and live figures that were looked up and not found.
func (c *checker) links(s Section) {
	for _, href := range prose.Links(s.Text) {
		if slices.Contains(c.paper.Dead, href) {
			c.add(DeadLink, s.Key, href, "case.check.dead_link", "address", href)
		}
	}
	for _, mark := range prose.Marks(s.Text) {
		if slices.Contains(c.paper.Unknown, mark) {
			c.add(UnknownMark, s.Key, mark, "case.check.unknown_mark", "mark", "[["+mark+"]]")
		}
	}
}
