// Package sheet has the page on which a section of a form is answered, the same wherever the
// house asks: one section at a time, kept right or wrong, with its files, what was answered the
// last time, and the words of whoever saved first.
//
// A room lends a Desk for its answer, and calls Section, Post and Live from routes of its own
// under Sheet.Base: …/del/{name} and …/del/{name}/vis. What comes after the last section is the
// room's, at …/se-over.
package sheet

import (
	"context"
	"embed"
	"slices"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the page and its texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Register adds the page; once for the house.
func Register(d *gate.Door) {
	d.Views.Add("sheet", Files, "section", sectionView{}, web.Fragment{Block: "sheet.live", Zero: ui.Questions{}})
}

// Sheet is an answer where it is written. Answer is nil before it is begun, Last the one before
// it, nil without. Open tells that it can be written now. Title is what is answered, Kicker what
// stands over the heading of a section; Later is the address that keeping it for later leads to.
type Sheet struct {
	Title, Kicker, Base, Later string
	Definition                 question.Definition
	Answer, Last               *forms.Answer
	Open                       bool
	// File is the address of a file of the answer.
	File func(question.Sent) string
	// Secret is that whoever has the address reads the page.
	Secret bool
	Crumbs []ui.Link
}

// Desk is the answer of a room as one person writes it. Look and Save give the sheet as it stands.
// What is wrong with a file is an Invalid fault at question.FieldOf its question.
type Desk interface {
	Look(ctx context.Context) (Sheet, error)
	Save(ctx context.Context, at forms.At, section string, values question.Values) (Sheet, error)
	Unchanged(ctx context.Context, at forms.At, section string) error
	AddFile(ctx context.Context, at forms.At, asked string, u attach.Upload) error
	RemoveFile(ctx context.Context, at forms.At, asked, file string) error
}

// Pages draws sheets.
type Pages struct {
	Door      *gate.Door
	Registers draw.Registers
	Clock     clock.Clock
}

// Drawn is the form with its answers, ready to be drawn.
func (p Pages) Drawn(t i18n.Printer, s Sheet) draw.Page {
	page := draw.Page{Printer: t, Registers: p.Registers, Definition: s.Definition, Today: p.Clock.Today(), Last: s.Last, Writes: s.Open, FileHref: s.File}
	if s.Answer != nil {
		page.Values, page.Prefilled = s.Answer.Values, s.Answer.Prefilled
	}
	return page
}

// Filled reports whether something is answered in the section, and nothing is wrong.
func Filled(page draw.Page, s question.Section) bool {
	if page.Definition.ValidateSection(s.Name, page.Values, page.Today) != nil {
		return false
	}
	return slices.ContainsFunc(s.Questions, func(q question.Question) bool { return !page.Values[q.Name].IsEmpty() })
}

// Steps shows where one is in the form: in the section of the name, or, with none, looking it
// over.
func (p Pages) Steps(t i18n.Printer, base string, page draw.Page, current string) ui.Steps {
	out := ui.Steps{Label: t.T("sheet.steps")}
	state := ui.StepDone
	for _, s := range page.Shown() {
		title, _ := page.Text(s.Title)
		step := ui.Step{Label: title, Href: base + "/del/" + s.Name, State: state, StateLabel: t.T("sheet.step.passed")}
		if s.Name == current {
			step.State, step.StateLabel, step.Href, state = ui.StepCurrent, t.T("sheet.step.here"), "", ui.StepTodo
		} else if state == ui.StepTodo {
			step.StateLabel = t.T("sheet.step.ahead")
		} else if !Filled(page, s) {
			step.State, step.StateLabel = ui.StepTodo, t.T("sheet.step.unfilled")
		}
		out.Items = append(out.Items, step)
	}
	last := ui.Step{Label: t.T("sheet.review"), State: ui.StepTodo, StateLabel: t.T("sheet.step.ahead"), Href: base + "/se-over"}
	if current == "" {
		last.State, last.StateLabel, last.Href = ui.StepCurrent, t.T("sheet.step.here"), ""
	}
	out.Items = append(out.Items, last)
	return out
}

// After is where the reader goes on from a section: to the next one that is shown, or to look it
// over.
func (p Pages) After(s Sheet, name string) string {
	here := false
	for _, sec := range p.Drawn(i18n.Printer{}, s).Shown() {
		if here {
			return s.Base + "/del/" + sec.Name
		}
		here = here || sec.Name == name
	}
	return s.Base + "/se-over"
}
