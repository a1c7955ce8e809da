package personal

import "kompetansetorg/internal/common/person"

// centres are who wrote of study centres: acts, by the account that did them.
func centres() []person.Table {
	return []person.Table{by("centre", "created_by", "created_at", "org"), by("centre_partner", "added_by", "added_at", "org"), by("centre_programme", "added_by", "added_at", "programme"),
		by("centre_news", "made_by", "made_at", "title"), by("centre_room", "created_by", "created_at", "name"),
		of(by("centre_booking", "made_by", "made_at", "number"), "centre_booking", "id"), of(by("centre_wish", "made_by", "made_at", "number", "title"), "centre_wish", "id")}
}

// centresOwn is what a person has at study centres for herself.
func centresOwn() []person.Kind {
	return []person.Kind{
		{ID: "centre_member", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{by("centre_member", "account", "joined_at", "studies")}},
		{ID: "centre_waiting", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{by("centre_waiting", "account", "joined_at", "seats")}},
		{ID: "centre_booking", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{by("centre_booking", "account", "made_at", "number", "purpose", "state")}},
		{ID: "centre_wish", Basis: person.Task, Source: person.FromSelf, Fate: person.Gone, Tables: []person.Table{by("centre_wish", "proposer", "made_at", "number", "title")}},
	}
}
