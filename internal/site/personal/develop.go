package personal

import "kompetansetorg/internal/common/person"

// develops are who answered for a provider: acts in an office, by the account that did them.
func develops() []person.Table {
	return []person.Table{of(by("develop_answer", "answered_by", "answered_at", "kind", "unit", "words"), "need", "need")}
}
