package personal

import "kompetansetorg/internal/common/person"

// pledges are who began and pledged for organisations: acts, by the account that did them.
func pledges() []person.Table {
	return []person.Table{by("pledge_round", "created_by", "created_at", "pool", "offering", "state"), by("pledge", "made_by", "made_at", "org", "sort", "seats")}
}

// pledgesOwn is what a person has pledged for herself.
func pledgesOwn() []person.Kind {
	return []person.Kind{{ID: "pledge", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone,
		Tables: []person.Table{by("pledge", "account", "made_at", "sort", "seats", "valid_to")}}}
}
