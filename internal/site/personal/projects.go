package personal

import "kompetansetorg/internal/common/person"

// projects are who wrote what a project says of itself: acts, by the account that did them.
func projects() []person.Table {
	return []person.Table{of(by("project", "made_by", "code", "state"), "project", "id"), of(by("project_note", "said_by", "said_at", "kind", "words"), "project", "project"), of(by("final_report", "begun_by", "state"), "project", "project"), of(by("final_chapter", "saved_by", "saved_at", "nr"), "project", "project"), of(by("report", "made_by", "year", "state"), "project", "project"), of(by("report_accepted", "accepted_by", "accepted_at", "remark", "words"), "report", "report"), of(by("project_entry", "saved_by", "saved_at", "short", "attainment", "follow"), "project", "project")}
}
