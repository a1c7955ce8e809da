package project

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/money"
	"kompetansetorg/internal/kit/text"
)

const (
	insertProject db.SQL = `INSERT INTO project (id, number, number_key, parent, code, texts, aliases, programme, owner, owner_org, grouping, area, region, from_day, to_day, state, sort_key, folded, public, card, made_by, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, 1)`
	updateProject db.SQL = `UPDATE project SET texts = $1, aliases = $2, programme = $3, owner = $4, owner_org = $5, grouping = $6, area = $7, region = $8, from_day = $9, to_day = $10,
		state = $11, sort_key = $12, folded = $13, public = $14, card = $15, version = version + 1 WHERE id = $16 AND version = $17`
	selectProject db.SQL = `SELECT p.id, p.number, p.parent, p.code, p.texts, p.aliases, p.programme, p.owner, p.owner_org, p.grouping, p.area, p.region, p.from_day, p.to_day, p.state, p.sort_key, p.public, p.card, p.made_by, p.version,
		CASE WHEN EXISTS (SELECT 1 FROM project_group AS g WHERE g.project = p.parent) THEN TRUE ELSE FALSE END AS aimed
		FROM project AS p /*where*/`
	countProjects db.SQL = `SELECT COUNT(*) FROM project AS p /*where*/`
	listProjects  db.SQL = selectProject + ` ORDER BY p.sort_key, p.id`

	stateProject         db.SQL = `UPDATE project SET state = $1, version = version + 1 WHERE id = $2`
	mostChildren         db.SQL = `SELECT p.id FROM project AS p WHERE p.parent IS NULL AND p.public = TRUE ORDER BY (SELECT COUNT(*) FROM project AS c WHERE c.parent = p.id) DESC, p.sort_key, p.id LIMIT 1`
	dropGroups           db.SQL = `DELETE FROM project_group WHERE project = $1`
	dropMunicipalities   db.SQL = `DELETE FROM project_municipality WHERE project = $1`
	dropMoney            db.SQL = `DELETE FROM project_money WHERE project = $1`
	dropMembers          db.SQL = `DELETE FROM project_member WHERE project = $1`
	dropSteps            db.SQL = `DELETE FROM project_step WHERE project = $1`
	dropAgreements       db.SQL = `DELETE FROM project_agreement WHERE project = $1`
	countItems           db.SQL = `SELECT COUNT(*) FROM flow_item WHERE kind = $1 AND subject = $2`
	insertGroup          db.SQL = `INSERT INTO project_group (project, code, nr, title) VALUES ($1, $2, $3, $4)`
	insertMunicipality   db.SQL = `INSERT INTO project_municipality (project, number, nr) VALUES ($1, $2, $3)`
	insertMoney          db.SQL = `INSERT INTO project_money (project, nr, payer, sort, planned, actual, hours, rate, from_parent) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`
	insertMember         db.SQL = `INSERT INTO project_member (project, nr, sort, role, leads, share, from_day, to_day) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	insertStep           db.SQL = `INSERT INTO project_step (project, nr, words, done_on) VALUES ($1, $2, $3, $4)`
	insertAgreement      db.SQL = `INSERT INTO project_agreement (project, nr, hub, under, municipalities, from_day, to_day) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	selectSteps          db.SQL = `SELECT project, nr, words, done_on FROM project_step AS x /*where*/ ORDER BY project, nr`
	selectAgreements     db.SQL = `SELECT project, nr, hub, under, municipalities, from_day, to_day FROM project_agreement AS x /*where*/ ORDER BY project, nr`
	selectGroups         db.SQL = `SELECT project, code, title FROM project_group AS x /*where*/ ORDER BY project, nr, code`
	selectMunicipalities db.SQL = `SELECT project, number FROM project_municipality AS x /*where*/ ORDER BY project, nr, number`
	selectMoney          db.SQL = `SELECT project, nr, payer, sort, planned, actual, hours, rate, from_parent FROM project_money AS x /*where*/ ORDER BY project, nr`
	selectMembers        db.SQL = `SELECT project, nr, sort, role, leads, share, from_day, to_day FROM project_member AS x /*where*/ ORDER BY project, nr`

	fragID      db.Fragment = "p.id"
	fragParent  db.Fragment = "p.parent"
	fragCode    db.Fragment = "p.code"
	fragGroup   db.Fragment = "p.grouping"
	fragFolded  db.Fragment = "p.folded"
	fragSort    db.Fragment = "p.sort_key"
	fragTop     db.Fragment = "p.parent IS NULL"
	fragCard    db.Fragment = "p.card"
	fragPublic  db.Fragment = "p.public = TRUE"
	fragOwner   db.Fragment = "p.owner_org"
	fragAbove   db.Fragment = "SELECT 1 FROM project AS a WHERE a.id = p.parent"
	fragTheirs  db.Fragment = "a.owner_org"
	fragAimed   db.Fragment = "SELECT 1 FROM project_group AS g WHERE g.project = p.parent"
	fragPlaces  db.Fragment = "SELECT 1 FROM project_municipality AS m WHERE m.project = p.id"
	fragPlace   db.Fragment = "m.number"
	fragProject db.Fragment = "x.project"
)

type row struct {
	ID        ID             `db:"id"`
	Number    string         `db:"number"`
	Parent    ID             `db:"parent"`
	Code      string         `db:"code"`
	Texts     string         `db:"texts"`
	Aliases   string         `db:"aliases"`
	Programme string         `db:"programme"`
	Owner     string         `db:"owner"`
	OwnerOrg  access.OrgID   `db:"owner_org"`
	Group     string         `db:"grouping"`
	Area      string         `db:"area"`
	Region    place.RegionID `db:"region"`
	From      db.Date        `db:"from_day"`
	To        db.Date        `db:"to_day"`
	State     State          `db:"state"`
	SortKey   string         `db:"sort_key"`
	Public    bool           `db:"public"`
	Card      string         `db:"card"`
	MadeBy    string         `db:"made_by"`
	Aimed     bool           `db:"aimed"`
	Version   int64          `db:"version"`
}

func (r row) project() (Project, error) {
	p := Project{ID: r.ID, Number: r.Number, Parent: r.Parent, Code: r.Code, Aliases: lines(r.Aliases), Programme: r.Programme, Owner: r.Owner, OwnerOrg: r.OwnerOrg,
		Group: r.Group, Area: r.Area, Region: r.Region, Period: place.Period{From: r.From, To: r.To}, State: r.State, Public: r.Public, Card: r.Card, MadeBy: r.MadeBy, Aimed: r.Aimed, Version: r.Version}
	if err := json.Unmarshal([]byte(r.Texts), &p.Texts); err != nil {
		return p, fmt.Errorf("project %s: texts: %w", r.ID, err)
	}
	return p, nil
}

// lines are the names that a column keeps, one a line.
func lines(s string) []string {
	if s == "" {
		return nil
	}
	return strings.Split(s, "\n")
}

// insert stores a new project, with its number.
func insert(ctx context.Context, tx *db.Tx, p Project, key int64) error {
	texts, err := json.Marshal(p.Texts)
	if err != nil {
		return fmt.Errorf("project %s: texts: %w", p.Code, err)
	}
	if _, err := db.Exec(ctx, tx, insertProject, p.ID, p.Number, key, p.Parent, p.Code, string(texts), strings.Join(p.Aliases, "\n"), p.Programme, p.Owner, p.OwnerOrg, p.Group, p.Area,
		p.Region, p.From, p.To, p.State, p.sortKey(), p.folded(), p.Public, p.Card, p.MadeBy); err != nil {
		return fmt.Errorf("project %s: %w", p.Code, err)
	}
	return parts(ctx, tx, p)
}

// update stores what a project has become; another version than p's is Stale.
func update(ctx context.Context, tx *db.Tx, p Project) error {
	texts, err := json.Marshal(p.Texts)
	if err != nil {
		return fmt.Errorf("project %s: texts: %w", p.Code, err)
	}
	if err := db.ExecOne(ctx, tx, updateProject, string(texts), strings.Join(p.Aliases, "\n"), p.Programme, p.Owner, p.OwnerOrg, p.Group, p.Area, p.Region, p.From, p.To, p.State,
		p.sortKey(), p.folded(), p.Public, p.Card, p.ID, p.Version); err != nil {
		return err
	}
	for _, drop := range []db.SQL{dropGroups, dropMunicipalities, dropMoney, dropMembers, dropSteps, dropAgreements} {
		if _, err := db.Exec(ctx, tx, drop, p.ID); err != nil {
			return fmt.Errorf("project %s: %w", p.Code, err)
		}
	}
	return parts(ctx, tx, p)
}

// parts stores what a project has many of.
func parts(ctx context.Context, tx *db.Tx, p Project) error {
	put := func(statement db.SQL, args ...any) error {
		if _, err := db.Exec(ctx, tx, statement, args...); err != nil {
			return fmt.Errorf("project %s: %w", p.Code, err)
		}
		return nil
	}
	for i, g := range p.Groups {
		title, err := json.Marshal(g.Title)
		if err != nil {
			return fmt.Errorf("project %s: group: %w", p.Code, err)
		}
		if err := put(insertGroup, p.ID, g.Code, i, string(title)); err != nil {
			return err
		}
	}
	for i, n := range p.Municipalities {
		if err := put(insertMunicipality, p.ID, n, i); err != nil {
			return err
		}
	}
	for i, m := range p.Money {
		if err := put(insertMoney, p.ID, i, m.Payer, m.Sort, m.Planned, m.Actual, none(m.Hours), none(int64(m.Rate)), m.FromParent); err != nil {
			return err
		}
	}
	for i, m := range p.Members {
		if err := put(insertMember, p.ID, i, m.Sort, m.Role, m.Leads, m.Share, m.From, m.To); err != nil {
			return err
		}
	}
	for i, x := range p.Steps {
		if err := put(insertStep, p.ID, i, x.Words, x.DoneOn); err != nil {
			return err
		}
	}
	for i, a := range p.Agreements {
		if err := put(insertAgreement, p.ID, i, a.Hub, a.Under, strings.Join(text.Strings(a.Municipalities), "\n"), a.From, a.To); err != nil {
			return err
		}
	}
	return nil
}

// sortKey is code, then title: the order of its owner.
func (p Project) sortKey() string { return text.SortKey(p.Code + " " + p.Title.String()) }

// folded is what a project is found by.
func (p Project) folded() string {
	return text.Fold(strings.Join(append([]string{p.Number, p.Code, p.Title.NB, p.Title.NN, p.Title.EN, p.Summary.NB, p.Summary.NN, p.Summary.EN, p.Area, p.Owner, p.Programme}, p.Aliases...), " "))
}

// find lists the projects with all their parts, in the order of their owners.
func find(ctx context.Context, tx *db.Tx, w db.Where) ([]Project, error) {
	statement, args := db.Query{Base: listProjects, Where: w}.Build()
	rows, err := db.List[row](ctx, tx, statement, args...)
	if err != nil {
		return nil, fmt.Errorf("projects: %w", err)
	}
	return whole(ctx, tx, rows)
}

// whole fills in the parts of the projects.
func whole(ctx context.Context, tx *db.Tx, rows []row) ([]Project, error) {
	out, at, ids := make([]Project, len(rows)), map[ID]int{}, make([]ID, len(rows))
	for i, r := range rows {
		p, err := r.project()
		if err != nil {
			return nil, err
		}
		out[i], at[p.ID], ids[i] = p, i, p.ID
	}
	if len(out) == 0 {
		return out, nil
	}
	for _, fill := range []func(context.Context, *db.Tx, []ID, func(ID) *Project) error{fillGroups, fillMunicipalities, fillMoney, fillMembers, fillSteps, fillAgreements} {
		if err := fill(ctx, tx, ids, func(p ID) *Project { return &out[at[p]] }); err != nil {
			return nil, fmt.Errorf("projects: %w", err)
		}
	}
	return out, nil
}

// atOnce is how many projects are asked for in one statement: databases have a limit.
const atOnce = 1_000

// of lists the rows of a part of the projects.
func of[T any](ctx context.Context, tx *db.Tx, base db.SQL, ids []ID) ([]T, error) {
	var out []T
	for some := range slices.Chunk(ids, atOnce) {
		var w db.Where
		db.In(&w, fragProject, some)
		statement, args := db.Query{Base: base, Where: w}.Build()
		rows, err := db.List[T](ctx, tx, statement, args...)
		if err != nil {
			return nil, err
		}
		out = append(out, rows...)
	}
	return out, nil
}

func fillGroups(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type groupRow struct {
		Project ID     `db:"project"`
		Code    string `db:"code"`
		Title   string `db:"title"`
	}
	rows, err := of[groupRow](ctx, tx, selectGroups, ids)
	for _, r := range rows {
		g := Group{Code: r.Code}
		if err := json.Unmarshal([]byte(r.Title), &g.Title); err != nil {
			return fmt.Errorf("group %s: %w", r.Code, err)
		}
		to(r.Project).Groups = append(to(r.Project).Groups, g)
	}
	return err
}

func fillMunicipalities(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type placeRow struct {
		Project ID           `db:"project"`
		Number  place.Number `db:"number"`
	}
	rows, err := of[placeRow](ctx, tx, selectMunicipalities, ids)
	for _, r := range rows {
		to(r.Project).Municipalities = append(to(r.Project).Municipalities, r.Number)
	}
	return err
}

func fillMoney(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type moneyRow struct {
		Project ID         `db:"project"`
		Nr      int        `db:"nr"`
		Payer   string     `db:"payer"`
		Sort    MoneySort  `db:"sort"`
		Planned money.NOK  `db:"planned"`
		Actual  *money.NOK `db:"actual"`
		Hours   *int64     `db:"hours"`
		Rate    *money.NOK `db:"rate"`
		Parents bool       `db:"from_parent"`
	}
	rows, err := of[moneyRow](ctx, tx, selectMoney, ids)
	for _, r := range rows {
		line := Money{Payer: r.Payer, Sort: r.Sort, Planned: r.Planned, Actual: r.Actual, FromParent: r.Parents}
		if r.Hours != nil && r.Rate != nil {
			line.Hours, line.Rate = *r.Hours, *r.Rate
		}
		to(r.Project).Money = append(to(r.Project).Money, line)
	}
	return err
}

func fillMembers(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type memberRow struct {
		Project ID         `db:"project"`
		Nr      int        `db:"nr"`
		Sort    MemberSort `db:"sort"`
		Role    string     `db:"role"`
		Leads   bool       `db:"leads"`
		Share   int        `db:"share"`
		From    db.Date    `db:"from_day"`
		To      db.Date    `db:"to_day"`
	}
	rows, err := of[memberRow](ctx, tx, selectMembers, ids)
	for _, r := range rows {
		to(r.Project).Members = append(to(r.Project).Members, Member{Sort: r.Sort, Role: r.Role, Leads: r.Leads, Share: r.Share, Period: place.Period{From: r.From, To: r.To}})
	}
	return err
}

// one is the project that the filter finds, or NotFound.
func one(ctx context.Context, tx *db.Tx, w db.Where) (Project, error) {
	found, err := find(ctx, tx, w)
	if err == nil && len(found) == 0 {
		err = fault.Missing()
	}
	if err != nil {
		return Project{}, err
	}
	return found[0], nil
}

// none is nil for nothing.
func none(n int64) *int64 {
	if n == 0 {
		return nil
	}
	return &n
}

func fillSteps(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type stepRow struct {
		Project ID      `db:"project"`
		Nr      int     `db:"nr"`
		Words   string  `db:"words"`
		DoneOn  db.Date `db:"done_on"`
	}
	rows, err := of[stepRow](ctx, tx, selectSteps, ids)
	for _, r := range rows {
		to(r.Project).Steps = append(to(r.Project).Steps, Step{r.Words, r.DoneOn})
	}
	return err
}

func fillAgreements(ctx context.Context, tx *db.Tx, ids []ID, to func(ID) *Project) error {
	type agreementRow struct {
		Project ID      `db:"project"`
		Nr      int     `db:"nr"`
		Hub     string  `db:"hub"`
		Under   string  `db:"under"`
		Numbers string  `db:"municipalities"`
		From    db.Date `db:"from_day"`
		To      db.Date `db:"to_day"`
	}
	rows, err := of[agreementRow](ctx, tx, selectAgreements, ids)
	for _, r := range rows {
		a := Agreement{Hub: r.Hub, Under: r.Under, Period: place.Period{From: r.From, To: r.To}}
		for _, n := range lines(r.Numbers) {
			a.Municipalities = append(a.Municipalities, place.Number(n))
		}
		to(r.Project).Agreements = append(to(r.Project).Agreements, a)
	}
	return err
}
