package council

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/text"
)

// Points is how many points kommuneloven § 18-4 has.
const Points = 8

// PointLabel is the key of what a point asks for.
func PointLabel(point int) i18n.Key { return i18n.Key("council.point." + strconv.Itoa(point)) }

// Verdict is how a point is met. Stored as written.
type Verdict string

// The verdicts.
const (
	Met     Verdict = "met"
	Unclear Verdict = "unclear"
	Missing Verdict = "missing"
	// Unseen is nobody's verdict: the point has not been looked at. It is never stored.
	Unseen Verdict = ""
)

// Verdicts lists the verdicts in the order pages show them.
func Verdicts() []Verdict { return []Verdict{Met, Unclear, Missing} }

// Label is the verdict's name.
func (v Verdict) Label() i18n.Key {
	if v == Unseen {
		return "council.verdict.unseen"
	}
	return i18n.Key("council.verdict." + string(v))
}

// Check is a point held against a version: the finding with the paragraphs it was
// found in, and in Theirs what others have concluded, empty where they say nothing.
type Check struct {
	Point      int
	Verdict    Verdict
	Paragraphs []int
	Note       string
	Theirs     Verdict
	Version    int64 // 0 for a point that nobody has looked at
}

// Checklist is every point in order. One that nobody has looked at is Unseen.
func (v Version) Checklist() []Check {
	out := make([]Check, Points)
	for i := range out {
		out[i] = Check{Point: i + 1}
		for _, c := range v.Checks {
			if c.Point == i+1 {
				out[i] = c
			}
		}
	}
	return out
}

// CountVerdicts counts our verdicts and theirs.
func CountVerdicts(list []Check) (ours, theirs map[Verdict]int) {
	ours, theirs = map[Verdict]int{}, map[Verdict]int{}
	for _, c := range list {
		ours[c.Verdict]++
		if c.Theirs != "" {
			theirs[c.Theirs]++
		}
	}
	return ours, theirs
}

// tidied holds a check against the version: what is met names paragraphs that exist,
// what is missing names none, what is unclear says why.
func (c Check) tidied(v Version) (Check, error) {
	var fs fault.Fields
	c.Note = text.CleanMultiline(c.Note)
	slices.Sort(c.Paragraphs)
	c.Paragraphs = slices.Compact(c.Paragraphs)
	fs.Text("note", c.Note, MaxWords, c.Verdict == Unclear)
	if !slices.Contains(Verdicts(), c.Verdict) {
		fs.Add("verdict", "form.error.choice")
	}
	if c.Theirs != "" && c.Theirs != Met && c.Theirs != Missing {
		fs.Add("theirs", "form.error.choice")
	}
	for _, nr := range c.Paragraphs {
		if _, ok := v.Paragraph(nr); !ok && !fs.Has("paragraphs") {
			fs.Add("paragraphs", "council.error.no_paragraph", "nr", Sign(nr))
		}
	}
	switch {
	case fs.Has("paragraphs"):
	case c.Verdict == Met && len(c.Paragraphs) == 0:
		fs.Add("paragraphs", "council.error.met_where")
	case c.Verdict == Missing && len(c.Paragraphs) > 0:
		fs.Add("paragraphs", "council.error.missing_where")
	}
	return c, fs.Err()
}

// joined and parted are how paragraphs are stored: "6,10,11".
func joined(list []int) string {
	out := make([]string, len(list))
	for i, n := range list {
		out[i] = strconv.Itoa(n)
	}
	return strings.Join(out, ",")
}

func parted(s string) []int {
	var out []int
	for part := range strings.SplitSeq(s, ",") {
		if n, err := strconv.Atoi(part); err == nil {
			out = append(out, n)
		}
	}
	return out
}

// ParseParagraphs reads what people write: "§§ 6, 10 og 11". ok is false when it holds
// something else than numbers of paragraphs.
func ParseParagraphs(s string) (list []int, ok bool) {
	s = strings.NewReplacer("§", " ", ",", " ", ";", " ", "\u00a0", " ").Replace(s)
	for _, word := range strings.Fields(s) {
		if word == "og" || word == "and" {
			continue
		}
		n, err := strconv.Atoi(word)
		if err != nil || n < 1 || n > MaxNr {
			return nil, false
		}
		list = append(list, n)
	}
	return list, true
}
