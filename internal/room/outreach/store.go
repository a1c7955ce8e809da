package outreach

import (
	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
)

const (
	insertVisit db.SQL = `INSERT INTO outreach_visit (id, org, municipality, hub, day, kind, minutes, result, again_on, need, once, created_at, created_by)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`
	getVisit  db.SQL = `SELECT id, org, municipality, hub, day, kind, minutes, result, again_on, need, created_at FROM outreach_visit WHERE id = $1`
	visitOnce db.SQL = `SELECT id FROM outreach_visit WHERE once = $1`
	setNeed   db.SQL = `UPDATE outreach_visit SET need = $1, result = 'need', again_on = NULL WHERE id = $2 AND need IS NULL`

	listVisits  db.SQL = `SELECT v.id, v.org, v.municipality, v.hub, v.day, v.kind, v.minutes, v.result, v.again_on, v.need, v.created_at FROM outreach_visit AS v /*where*/`
	countVisits db.SQL = `SELECT COUNT(*) FROM outreach_visit AS v /*where*/`

	fragHub          db.Fragment = "v.hub"
	fragMunicipality db.Fragment = "v.municipality"
	fragDay          db.Fragment = "v.day"
	fragID           db.Fragment = "v.id"
	fragFrom         db.Fragment = "v.day >= ?"
	fragTo           db.Fragment = "v.day <= ?"
	fragAgain        db.Fragment = "v.result = 'again' AND NOT EXISTS (SELECT 1 FROM outreach_visit AS l WHERE l.org = v.org AND l.hub = v.hub AND l.day > v.day)"
)

type visitRow struct {
	ID           ID      `db:"id"`
	Org          org.ID  `db:"org"`
	Municipality string  `db:"municipality"`
	Hub          org.ID  `db:"hub"`
	Day          db.Date `db:"day"`
	Kind         Kind    `db:"kind"`
	Minutes      int     `db:"minutes"`
	Result       Result  `db:"result"`
	AgainOn      db.Date `db:"again_on"`
	Need         *string `db:"need"`
	CreatedAt    db.Time `db:"created_at"`
}

func (r visitRow) visit() Visit {
	v := Visit{ID: r.ID, Organisation: r.Org, Municipality: r.Municipality, Hub: r.Hub, Day: r.Day, Kind: r.Kind, Minutes: r.Minutes,
		Result: r.Result, AgainOn: r.AgainOn, CreatedAt: r.CreatedAt}
	if r.Need != nil {
		v.NeedID = *r.Need
	}
	return v
}

// Visible narrows a statement over outreach_visit AS v to what CanSee allows.
func Visible(w *db.Where, a access.Actor) {
	SeenBy(w, a, Roles(), fragHub, func(in *db.Where, municipalities []string) { db.In(in, fragMunicipality, municipalities) })
}

// SeenBy is the rule of sight of the whole room: what belongs to a hub is seen by
// those who have one of the roles there, and by the county in its area, which
// inArea narrows to. The column hub has the hub.
func SeenBy(w *db.Where, a access.Actor, roles []access.Role, hub db.Fragment, inArea func(in *db.Where, municipalities []string)) {
	area := a.Area(access.RoleCaseOfficer)
	if a.IsSystem() || area.Everywhere {
		return
	}
	var either []db.Where
	if hubs := a.Orgs(roles...); len(hubs) > 0 {
		var own db.Where
		db.In(&own, hub, hubs)
		either = append(either, own)
	}
	if len(area.Municipalities) > 0 {
		var in db.Where
		inArea(&in, area.Municipalities)
		either = append(either, in)
	}
	w.Or(either...)
}
