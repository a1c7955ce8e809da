package question

import (
	"strconv"

	"kompetansetorg/internal/common/question/expr"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
)

// MaxRemarks is the most remarks of a form.
const MaxRemarks = 50

// Remark is what may be a contradiction: answers to Questions that do not go together when When
// holds, or, with Register, that say something else than a register of the house. Whoever hands
// the form in corrects it, or says that it is right; it hinders nothing by itself.
type Remark struct {
	Name      string    `json:"name"`
	When      string    `json:"when,omitempty"`
	Register  string    `json:"register,omitempty"`
	Questions []string  `json:"questions"`
	Text      i18n.Text `json:"text"`
}

// Municipalities is the register that knows how many municipalities take part.
const Municipalities = "municipalities"

// Remarks are those of the form whose condition holds as the answers are. Those of a register
// are for the room that knows it.
func (d Definition) Remarks(values Values, today clock.Date) []Remark {
	state := d.State(values, today)
	var out []Remark
	for _, r := range d.Contradictions {
		if r.When != "" && state.eval(r.When, place{"", noRow}, expr.Value{}, nil).Truth() == expr.True {
			out = append(out, r)
		}
	}
	return out
}

// remarks checks those of a form: each has a name of its own, a text, a condition or a register,
// and asks about questions that there are.
func (c *checker) remarks(d Definition) {
	if len(d.Contradictions) > MaxRemarks {
		c.add("remarks", "", "question.problem.many_remarks", "max", MaxRemarks)
		return
	}
	seen := map[string]bool{}
	for i, r := range d.Contradictions {
		at := "remarks." + strconv.Itoa(i)
		c.text(at+".text", r.Name, r.Text, MaxIntro, true)
		c.expression(at+".when", r.Name, r.When, rule{})
		if r.Name == "" || seen[r.Name] || (r.When == "") == (r.Register == "") || r.Register != "" && r.Register != Municipalities {
			c.add(at, r.Name, "question.problem.remark")
		}
		seen[r.Name] = true
		for _, name := range r.Questions {
			if c.order[name] == 0 {
				c.add(at+".questions", r.Name, "question.problem.unknown_name", "name", name)
			}
		}
	}
}
