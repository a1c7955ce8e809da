package report

import (
	"slices"
	"strconv"
	"strings"

	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/project"
)

// Source is where facts of the register are from, as pages say it.
const Source = "Prosjektregisteret"

// facts are what the register says of a project on a day, by the names of question.PrefillKeys.
// Texts are in bokmål where they are.
func facts(p project.Project, notes []project.Note, day clock.Date) map[string]forms.Prefill {
	out := map[string]forms.Prefill{}
	add := func(key string, v question.Value) {
		if !v.IsEmpty() {
			out[key] = forms.Prefill{Value: v, Source: Source + " · " + p.Number, Day: day}
		}
	}
	say := func(key, words string) { add(key, question.Value{Text: words}) }
	add("project.owner", question.Value{Text: p.Owner, Code: string(p.OwnerOrg)})
	say("project.title", p.Title.String())
	say("project.manager", role(p.Members, day, func(m project.Member) bool { return m.Sort == project.Manager }))
	say("project.chair", role(p.Members, day, func(m project.Member) bool { return m.Sort == project.Steering && m.Leads }))
	say("project.contact", role(p.Members, day, func(m project.Member) bool { return m.Sort == project.Contact }))
	say("project.goal", p.Goal.String())
	say("project.audience", p.Audience.String())
	say("project.method", p.Method.String())
	say("project.transfer", p.Transfer.String())
	say("project.next", p.Next.String())
	say("project.activities", lines(doneSteps(p.Steps, day), told(notes, day, project.Workshop, project.Mapping, project.Decision)))
	say("project.events", lines(told(notes, day, project.Meeting, project.Conference, project.News)))
	var behind []string
	if slices.ContainsFunc(p.Members, func(m project.Member) bool { return m.Sort == project.Steering && covers(m, day) }) {
		behind = append(behind, "steering")
	}
	if len(p.Agreements) > 0 || len(p.Money) > 1 {
		behind = append(behind, "partners")
	}
	add("project.anchoring", question.Value{Codes: behind})
	return out
}

func covers(m project.Member, day clock.Date) bool {
	return (m.From.IsZero() || !m.From.After(day)) && (m.To.IsZero() || !m.To.Before(day))
}

// role is what the first of them on the day is.
func role(members []project.Member, day clock.Date, is func(project.Member) bool) string {
	for _, m := range members {
		if is(m) && covers(m, day) {
			return m.Role
		}
	}
	return ""
}

func lines(parts ...[]string) string { return strings.Join(slices.Concat(parts...), "\n") }

func doneSteps(steps []project.Step, day clock.Date) []string {
	var out []string
	for _, s := range steps {
		if !s.DoneOn.IsZero() && !s.DoneOn.After(day) {
			out = append(out, s.Words)
		}
	}
	return out
}

// told are notes of the kinds up to the day, each with how many came of those who were asked.
// One without a day is told when its words name no later year.
func told(notes []project.Note, day clock.Date, kinds ...project.NoteKind) []string {
	var out []string
	for _, n := range notes {
		if !slices.Contains(kinds, n.Kind) || n.Day.After(day) {
			continue
		}
		words := n.Words
		if n.Attended != nil && n.Invited != nil {
			words += " (" + strconv.Itoa(*n.Attended) + "/" + strconv.Itoa(*n.Invited) + ")"
		}
		out = append(out, words)
	}
	return out
}

// onto turns facts into the answers of a form: what stands for a choice is its code, as the
// choice says by the attribute fact; other choices are left out.
func onto(d question.Definition, known map[string]forms.Prefill) map[string]forms.Prefill {
	out := map[string]forms.Prefill{}
	for key, f := range known {
		out[key] = f
	}
	for _, s := range d.Sections {
		for _, q := range s.Questions {
			f, ok := known[q.Prefill]
			if !ok || !q.Kind.HasChoices() {
				continue
			}
			var codes []string
			for _, c := range q.Choices {
				if fact := c.Attrs["fact"]; fact != "" && slices.Contains(f.Value.Codes, fact) {
					codes = append(codes, c.Code)
				}
			}
			f.Value = question.Value{Codes: codes}
			out[q.Prefill] = f
		}
	}
	return out
}

// from are the answers of another report as facts: of questions that a fact fills in, in words.
func from(a forms.Answer, title string, day clock.Date) map[string]forms.Prefill {
	out := map[string]forms.Prefill{}
	said := a.Sent
	if said == nil {
		said = a.Values
	}
	for _, s := range a.Definition.Sections {
		for _, q := range s.Questions {
			v := said[q.Name]
			if q.Prefill == "" || q.Kind.HasChoices() || v.Text == "" {
				continue
			}
			out[q.Prefill] = forms.Prefill{Value: question.Value{Text: v.Text, Code: v.Code}, Source: title, Day: day}
		}
	}
	return out
}
