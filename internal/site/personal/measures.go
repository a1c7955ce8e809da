package personal

import "kompetansetorg/internal/common/person"

// measures are who wrote of measures: acts, by the account that did them.
func measures() []person.Table {
	return []person.Table{of(by("measure", "made_by", "made_at", "state"), "support_card", "card"), of(by("measure_said", "answered_by", "answered_at", "answer"), "measure_said", "id"),
		by("measure_package", "made_by", "made_at", "slug"), by("measure_start", "changed_by", "changed_at", "slug")}
}

// measuresOwn is what a person has said of measures.
func measuresOwn() []person.Kind {
	return []person.Kind{{ID: "measure_said", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{by("measure_said", "account", "made_at", "sort", "words", "answer")}}}
}
