package personal

import "kompetansetorg/internal/common/person"

// workspaces is what somebody wrote in a workspace, gave to do, or wrote of who pays, for an
// organisation.
func workspaces() []person.Table {
	return []person.Table{of(by("development_note", "said_by", "said_at", "words"), "development_work", "development"),
		of(by("development_task", "made_by", "made_at", "what"), "development_work", "development"),
		of(by("development_money", "recorded_by", "recorded_at", "source", "year"), "development_work", "development")}
}
