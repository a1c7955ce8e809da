package personal

import (
	"kompetansetorg/internal/common/person"
	"kompetansetorg/internal/room/admission"
)

// admissions are the applications of persons, which are the provider's records: the name and
// how to reach her are emptied when the days have passed, or when she is taken out.
func admissions() []person.Kind {
	return []person.Kind{{ID: "application", Basis: person.Task, Source: person.FromSelf, Fate: person.Record, Days: admission.KeptDays, Tables: []person.Table{
		of(by("application", "applicant", "applied_at", "number", "state", "municipality", "wanted_from", "start_on", "reason", "appeal_by"), "application", "id"),
		of(by("application", "made_by", "applied_at", "number"), "application", "id"),
		{Name: "application_person", Hidden: []string{"name", "contact"}},
		{Name: "application_link", Hidden: []string{"token"}},
	}}}
}
