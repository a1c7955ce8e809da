package personal

import "kompetansetorg/internal/common/person"

// making is who made education from an answer, and linked needs to it: acts for a provider, by the account that did
// them.
func making() []person.Table {
	return []person.Table{of(by("development", "created_by", "created_at", "number", "title"), "development", "id"),
		of(by("development_link", "linked_by", "linked_at", "development"), "development", "development")}
}
