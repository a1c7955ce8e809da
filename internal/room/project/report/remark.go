package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/id"
)

// Remark is something that a report seems to contradict. Accepted is that somebody has said, in
// Words, that it is right, of the answers as they are.
type Remark struct {
	question.Remark
	// Written, Then and Last are of municipalities: those that the answers say, how many took
	// part on the day of the report, and at the end of the project.
	Written  []int
	Then     int
	Last     int
	Accepted bool
	Words    string
	By       string
	At       clock.Time
	about    string
}

// counted finds a number right before the word municipality, with at most two words between:
// "17 kommuner", "alle 17 svært ulike kommunene".
var counted = regexp.MustCompile(`(?i)(\d{1,3})\s+(?:\pL+\s+){0,2}(?:kommun|municipalit)`)

// saidOf are the numbers of municipalities that the text names, each once, from the smallest.
func saidOf(words string) []int {
	var out []int
	for _, m := range counted.FindAllStringSubmatch(words, -1) {
		if n, err := strconv.Atoi(m[1]); err == nil {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// remarks are what the answers seem to contradict: what the form remarks on, and numbers of
// municipalities that are not those of the register, on the day of the report and at its end.
// A number that was right then, and is another at the end, is remarked on too: whoever reads
// both reports will ask.
func remarks(d question.Definition, values question.Values, day clock.Date, then, last int) []Remark {
	var out []Remark
	found := d.Remarks(values, day)
	for _, r := range d.Contradictions {
		m := Remark{Remark: r, Then: then, Last: last, about: about(r.Questions, values)}
		switch {
		case r.Register == question.Municipalities && then > 0:
			m.Written = saidOf(answered(r.Questions, values))
			if len(m.Written) == 0 || then == last && !slices.ContainsFunc(m.Written, func(n int) bool { return n != then }) {
				continue
			}
		case !slices.ContainsFunc(found, func(x question.Remark) bool { return x.Name == r.Name }):
			continue
		}
		out = append(out, m)
	}
	return out
}

// answered is what is answered to the questions, a line for each.
func answered(names []string, values question.Values) string {
	var out []string
	for _, name := range names {
		out = append(out, values[name].Text)
	}
	return strings.Join(out, "\n")
}

// about stands for the answers to the questions: it is another when one of them is.
func about(names []string, values question.Values) string {
	var out []string
	for _, name := range names {
		v := values[name]
		out = append(out, name, v.Text, v.Other, strings.Join(v.Codes, " "))
	}
	return id.HashToken(strings.Join(out, "\x00"))[:32]
}
