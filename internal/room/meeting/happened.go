package meeting

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/happening"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
)

// What can happen with a body that those who follow it are told.
const (
	RulesAdopted  happening.What = "body_rules_adopted"
	LeaderElected happening.What = "body_leader_elected"
)

// The facts: what the rules or the decision are called, the day they hold from, and
// the task that somebody was elected to.
const (
	FactTitle = "title"
	FactFrom  = "from"
	FactTask  = "task"
)

// happened notes it for those who follow the body. What the program itself puts in
// when it fills a database is no news.
func (s *Service) happened(tx *db.Tx, actor access.Actor, b BodyID, what happening.What, from clock.Date, facts happening.Facts) {
	if actor.IsSystem() {
		return
	}
	facts[FactFrom] = from.String()
	happening.Record(tx, s.clock.Now(), actor, happening.Happening{Kind: ObjectName, ID: string(b), What: what, Mark: facts[FactTask] + from.String(), Facts: facts})
}
