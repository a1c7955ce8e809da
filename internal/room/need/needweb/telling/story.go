package telling

import (
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/need"
)

// trail is the order of the red thread. The fifth step stands for the answer,
// whichever it was.
var trail = []flow.State{need.Mapped, need.Presented, need.Discussed, need.InFollowUp, need.InDevelopment, need.Covered}

// answered are the states that answer a need, in the place of the fifth step.
var answered = []flow.State{need.InDevelopment, need.CoveredByExisting, need.CoveredByOther, need.NotPossible}

// Visit is a state that was come to, and when.
type Visit struct {
	State flow.State
	At    clock.Time
}

// Progress draws the red thread: what has been, where the need stands, and
// what is left. A need that was taken up again starts over.
func Progress(t i18n.Printer, now flow.State, story []Visit) ui.Progress {
	visits := map[int]Visit{}
	current := -1
	for _, v := range story {
		if v.State == need.Mapped {
			clear(visits)
		}
		if i := stageOf(v.State); i >= 0 {
			visits[i] = v
		}
	}
	if i := stageOf(now); i >= 0 {
		current = i
	}
	farthest := current
	for i := range visits {
		farthest = max(farthest, i)
	}
	out := ui.Progress{Label: t.T("need.progress")}
	for i, s := range trail {
		v, been := visits[i]
		step := ui.Step{Label: stageLabel(t, i, v.State, s), State: ui.StepTodo, StateLabel: t.T("need.progress.todo")}
		switch {
		case i == current:
			step.State, step.StateLabel = ui.StepCurrent, t.T("need.progress.current")
		case been && (current < 0 || i < current):
			step.State, step.StateLabel = ui.StepDone, t.T("need.progress.done")
		case i < farthest:
			step.State, step.StateLabel = ui.StepSkipped, t.T("need.progress.skipped")
		}
		if been && (current < 0 || i <= current) {
			step.Text = t.Date(v.At.Date())
		}
		out.Items = append(out.Items, step)
	}
	if now == need.Closed || now == need.Withdrawn {
		out.Items = append(out.Items, ui.Step{Label: t.T(need.StateLabel(now)), State: ui.StepCurrent, StateLabel: t.T("need.progress.current"), Text: lastDay(t, story)})
	}
	return out
}

func lastDay(t i18n.Printer, story []Visit) string {
	if len(story) == 0 {
		return ""
	}
	return t.Date(story[len(story)-1].At.Date())
}

// stageOf is the step of the red thread that a state belongs to, -1 for none.
func stageOf(s flow.State) int {
	if slices.Contains(answered, s) {
		s = need.InDevelopment
	}
	return slices.Index(trail, s)
}

func stageLabel(t i18n.Printer, stage int, been, s flow.State) string {
	if stage == stageOf(need.InDevelopment) && been == "" {
		return t.T("need.progress.answer")
	}
	if been != "" {
		s = been
	}
	return t.T(need.StateLabel(s))
}

// Sentence tells in plain words what a step of the history was.
func Sentence(t i18n.Printer, from, to flow.State, pool bool) string {
	ended := []flow.State{need.CoveredByExisting, need.CoveredByOther, need.NotPossible, need.Covered, need.Closed, need.Withdrawn}
	text := ""
	switch {
	case from == need.Merged && to != need.Withdrawn:
		text = t.T("need.history.left_pool")
	case to == need.Mapped && slices.Contains(ended, from):
		text = t.T("need.history.reopened")
	case to == need.Discussed && from == need.InFollowUp:
		text = t.T("need.history.handed_back")
	default:
		text = t.T(i18n.Key("need.history.to." + string(to)))
	}
	if pool {
		text = t.T("need.history.pool", "what", text)
	}
	return text
}

// Timeline tells what happened, newest first, by role and organisation. Drafts
// are nobody's business but the owner's, and are left out.
func Timeline(t i18n.Printer, steps []need.Step) ui.Timeline {
	out := ui.Timeline{Label: t.T("need.history")}
	for _, s := range slices.Backward(steps) {
		if s.To == need.Draft {
			continue
		}
		out.Items = append(out.Items, ui.Event{When: t.Moment(s.At), ISO: s.At.String(), Who: by(t, s.Role, s.OrgName),
			Text: Sentence(t, s.From, s.To, s.Pool), Note: s.Note})
	}
	return out
}

func by(t i18n.Printer, role access.Role, name string) string {
	if role == "" {
		return name
	}
	who := t.T(i18n.Key("role." + string(role)))
	if name != "" {
		who += ", " + name
	}
	return who
}

// Standing is the state that counts for who does what: a need in a pool stands
// where the pool stands.
func Standing(s flow.State, pool *need.PoolRef) flow.State {
	if s == need.Merged && pool != nil {
		return pool.State
	}
	return s
}

// Lead says where a need stands, to those who follow it without an account.
func Lead(t i18n.Printer, state flow.State, b need.BallView) string {
	return t.T(i18n.Key("need.follow.state." + stage(state, b)))
}

// stage is the state as texts name it. What the forum may not read, the county
// has instead of the forum.
func stage(s flow.State, b need.BallView) string {
	if b.Party == flow.County && (s == need.Mapped || s == need.Presented || s == need.Discussed) {
		return "county"
	}
	return string(s)
}

// Ball says who has the ball, until when, and what is expected.
func Ball(t i18n.Printer, state flow.State, b need.BallView, overdue bool) ui.Ball {
	if b.Party == flow.Nobody {
		return ui.Ball{Label: t.T("need.ball.rest"), Who: t.T(need.StateLabel(state)), State: ui.BallRest}
	}
	out := ui.Ball{Label: t.T("need.ball.label"), Who: ballHolder(t, b), Note: t.T(i18n.Key("need.ball.expect." + stage(state, b))), State: ui.BallWaiting}
	if b.Mine {
		out.Who, out.State = t.T("need.ball.you"), ui.BallMine
	}
	if !b.Due.IsZero() {
		out.Due = t.T("need.ball.due", "date", b.Due)
	}
	if overdue {
		out.State, out.Due = ui.BallLate, t.T("need.ball.was_due", "date", b.Due)
		out.Tags = []ui.Tag{{Text: t.T("need.overdue"), Color: ui.Danger}}
	}
	return out
}

func ballHolder(t i18n.Printer, b need.BallView) string {
	switch {
	case b.Name != "":
		return b.Name
	case b.Role != "":
		return t.T(i18n.Key("role." + string(b.Role)))
	}
	return t.T(i18n.Key("need.party." + string(b.Party)))
}
