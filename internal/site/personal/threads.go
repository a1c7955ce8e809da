package personal

import "kompetansetorg/internal/common/person"

// threads are who showed that a need is met: acts, by the account that did them.
func threads() []person.Table {
	return []person.Table{of(by("need_evidence", "recorded_by", "recorded_at", "sort", "persons", "note"), "need", "need")}
}
