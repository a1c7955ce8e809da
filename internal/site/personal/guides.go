package personal

import (
	"kompetansetorg/internal/common/person"
)

// guides are who wrote down what was learned, and who keeps the guides: acts, by the account
// that did them.
func guides() []person.Table {
	return []person.Table{of(by("development_learned", "said_by", "said_at", "stage", "words"), "development", "development"), by("guide_section", "saved_by", "saved_at", "title_nb"),
		by("guide_source", "taken_by", "taken_at", "section"), by("guide_version", "made_by", "made_at", "guide", "nr", "why")}
}
