package personal

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/position"
)

// working is who wrote of jobs with education: acts for an employer, by the account that
// did them.
func working() []person.Table {
	return []person.Table{of(by("position", "created_by", "created_at", "number", "title"), "position", "id"),
		of(by("position_agreement", "written_by", "written_at", "nr", "goal"), "position", "position"),
		of(by("position_milestone", "made_by", "made_at", "what", "due"), "position", "position"),
		of(by("position_yes", "given_by", "given_at", "nr", "party", "on_day"), "position", "position")}
}

// workingOwn is what a person wrote of herself to an employer.
func workingOwn() []person.Kind {
	return []person.Kind{{ID: "position_interest", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Days: position.KeptDays,
		Tables: []person.Table{by("position_interest", "account", "made_at", "words", "contact")}},
		{ID: "position_agreement", Basis: person.Task, Source: person.FromOthers, Fate: person.Gone, Days: position.KeptDays,
			Tables: []person.Table{hide(by("position_agreement", "candidate", "written_at", "nr", "goal", "start_on", "duration", "work_hours", "study_hours", "pay", "gatherings"), "name")}}}
}
