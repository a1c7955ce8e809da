package outcome

import (
	"reflect"

	"kompetansetorg/internal/room/meeting/rule"
)

// Recorded is a case as it was decided: under which rules, and by which facts.
type Recorded struct {
	ID    string
	Title string
	Rules rule.Set
	Facts Facts
}

// Changed is a case that ends otherwise under other rules.
type Changed struct {
	Recorded
	Was, Becomes Outcome
}

// Replay decides recorded cases again under other rules, and lists those that end
// otherwise: in another state, for other members, or with the cost split otherwise. Both
// outcomes explain themselves. The cases come in their own order.
func Replay(rules rule.Set, cases []Recorded) []Changed {
	var list []Changed
	for _, c := range cases {
		was, becomes := Decide(c.Rules, c.Facts), Decide(rules, c.Facts)
		if was.State != becomes.State || !reflect.DeepEqual(was.AdoptedFor, becomes.AdoptedFor) || !reflect.DeepEqual(was.Tables, becomes.Tables) {
			list = append(list, Changed{c, was, becomes})
		}
	}
	return list
}
