package site

import (
	"slices"

	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/hall/wheel"
	"kompetansetorg/internal/room/council/duty"
	"kompetansetorg/internal/room/forum/input"
	"kompetansetorg/internal/room/meeting/casework"
	"kompetansetorg/internal/room/meeting/session/followup"
	"kompetansetorg/internal/room/meeting/session/own"
	"kompetansetorg/internal/room/need"
)

// taskKinds are the kinds of things that somebody can have the ball of, in the order of
// the lists of tasks.
func (s *Site) taskKinds() []flowweb.Kind {
	return append([]flowweb.Kind{
		{Definition: need.Flow(), Label: "task.kind.need", Path: "/behov/", Sees: need.Seen},
		{Definition: need.PoolFlow(), Label: "task.kind.pool", Path: "/felles/"},
		{Definition: casework.Flow(), Label: "task.kind.case", Path: "/saker/", Sees: s.Cases.Seen},
		{Definition: followup.Flow(), Label: "task.kind.follow_up", Path: "/oppfolging/", Sees: s.FollowUps.Seen},
		{Definition: own.Flow(), Label: "task.kind.own", Path: "/egne-vedtak/", Sees: s.Own.Seen},
		{Definition: duty.Flow(duty.Fee), Label: "task.kind.fee", Path: "/plikter/", Sees: s.Duties.Seen},
		{Definition: duty.Flow(duty.Period), Label: "task.kind.period", Path: "/plikter/", Sees: s.Duties.Seen},
		{Definition: input.Flow(), Label: "task.kind.input", Path: "/forum-innspill/"},
		{Definition: wheel.Flow(), Label: "task.kind.wheel", Title: "task.title.wheel", Path: "/arshjul/"},
		{Definition: wheel.TaskFlow(), Label: "task.kind.wheel_task", Title: "task.title.wheel", Path: "/arshjul-oppgave/"},
	}, slices.Concat(s.workingTasks(), s.pledgeTasks(), s.admissionTasks(), s.makingTasks(), s.centreTasks(), s.workspaceTasks(), s.projectTasks(), s.measureTasks())...)
}
