// Package regionpage is what a region tells of its work with competence: the problem, the
// goal, who it is for and who pays, what was tried as motor, megler and møteplass, and how it
// was evaluated (PUB-2).
//
// The secretary of the region's forum writes it, and so does the secretary of the county's.
// All read it.
//
// Words: regionside = Page, innsats = Effort, evaluering = Report.
//
// Tables: region_page, region_effort, region_report.
package regionpage

import (
	"context"
	"fmt"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/audit"
	"kompetansetorg/internal/common/place"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/id"
	"kompetansetorg/internal/kit/text"
	"kompetansetorg/internal/room/forum"
)

// EffortID names an effort, ReportID a report.
type (
	EffortID = id.Of[Effort]
	ReportID = id.Of[Report]
)

// ParseEffortID reads the id of an effort from outside, ParseReportID that of a report.
func ParseEffortID(s string) (EffortID, error) { return id.Parse[Effort](s) }
func ParseReportID(s string) (ReportID, error) { return id.Parse[Report](s) }

// The actions of the audit log.
const (
	ActionPage   audit.Action = "region.page"
	ActionEffort audit.Action = "region.effort"
	ActionReport audit.Action = "region.report"
)

// MaxWords is how long a part may be, MaxLine how long a line, in characters; MaxReports how
// many reports are numbered.
const (
	MaxWords   = 2_000
	MaxLine    = 250
	MaxReports = 99
)

// Page is what is told of the work in a region. Contact is a role.
type Page struct {
	Problem, Purpose, Goal, Target, Deliverable string
	Financing, Owner                            string
	Findings, FollowUp                          string
	Contact                                     string
	Version                                     int64
}

// Part is a part of the page: its name in forms and texts, and what it says.
type Part struct {
	Name string
	Text *string
	Line bool // a line, not paragraphs
}

// Label is the part's name.
func (p Part) Label() i18n.Key { return i18n.Key("region.part." + p.Name) }

// Parts are the parts of the page, in the order that they are read; they may be written to.
func (p *Page) Parts() []Part {
	return []Part{{Name: "problem", Text: &p.Problem}, {Name: "purpose", Text: &p.Purpose}, {Name: "goal", Text: &p.Goal}, {Name: "target", Text: &p.Target}, {Name: "deliverable", Text: &p.Deliverable},
		{Name: "financing", Text: &p.Financing}, {Name: "owner", Text: &p.Owner, Line: true}, {Name: "findings", Text: &p.Findings}, {Name: "followup", Text: &p.FollowUp}, {Name: "contact", Text: &p.Contact, Line: true}}
}

// As is what the county and the region were when they tried something: one that drives, one
// that brings together those who need and those who give, a place to meet (S3:42).
type As string

// The three.
const (
	Motor     As = "motor"
	Megler    As = "megler"
	Moteplass As = "moteplass"
)

// All lists them in the order of the page.
func All() []As { return []As{Motor, Megler, Moteplass} }

// Label is its name.
func (a As) Label() i18n.Key { return i18n.Key("region.as." + string(a)) }

// Effort is something that was tried. Result is empty until there is one.
type Effort struct {
	ID     EffortID
	As     As
	What   string
	Result string
}

// Report is an evaluation. Link is where it can be read, empty when it is not on the web.
type Report struct {
	ID       ReportID
	Nr, Year int
	Title    string
	Link     string
}

// Detail is all that is told of a region. CanWrite says that the reader may change it.
type Detail struct {
	Region forum.Region
	Page
	Efforts  []Effort
	Reports  []Report
	Partners []forum.Member // of the region's forum
	CanWrite bool
}

// IsEmpty reports whether nothing has been told.
func (d Detail) IsEmpty() bool { return d.Version == 0 && len(d.Efforts) == 0 && len(d.Reports) == 0 }

// Service is the use cases of region pages.
type Service struct{ Forums *forum.Service }

const (
	selectPage db.SQL = `SELECT problem, purpose, goal, target, deliverable, financing, owner, findings, followup, contact, version FROM region_page WHERE region = $1`
	insertPage db.SQL = `INSERT INTO region_page (region, problem, purpose, goal, target, deliverable, financing, owner, findings, followup, contact, saved_by, saved_at, version)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, 1)`
	updatePage db.SQL = `UPDATE region_page SET problem = $1, purpose = $2, goal = $3, target = $4, deliverable = $5, financing = $6, owner = $7, findings = $8, followup = $9, contact = $10,
		saved_by = $11, saved_at = $12, version = version + 1 WHERE region = $13 AND version = $14`
	insertEffort db.SQL = `INSERT INTO region_effort (id, region, part, what, result, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7)`
	deleteEffort db.SQL = `DELETE FROM region_effort WHERE id = $1 AND region = $2`
	listEfforts  db.SQL = `SELECT id, part, what, result FROM region_effort WHERE region = $1 ORDER BY added_at, id`
	insertReport db.SQL = `INSERT INTO region_report (id, region, nr, year, title, link, added_by, added_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	deleteReport db.SQL = `DELETE FROM region_report WHERE id = $1 AND region = $2`
	listReports  db.SQL = `SELECT id, nr, year, title, link FROM region_report WHERE region = $1 ORDER BY nr, year, id`
)

type pageRow struct {
	Problem     string `db:"problem"`
	Purpose     string `db:"purpose"`
	Goal        string `db:"goal"`
	Target      string `db:"target"`
	Deliverable string `db:"deliverable"`
	Financing   string `db:"financing"`
	Owner       string `db:"owner"`
	Findings    string `db:"findings"`
	FollowUp    string `db:"followup"`
	Contact     string `db:"contact"`
	Version     int64  `db:"version"`
}

type effortRow struct {
	ID     EffortID `db:"id"`
	As     As       `db:"part"`
	What   string   `db:"what"`
	Result string   `db:"result"`
}

type reportRow struct {
	ID    ReportID `db:"id"`
	Nr    int      `db:"nr"`
	Year  int      `db:"year"`
	Title string   `db:"title"`
	Link  string   `db:"link"`
}

// Get is what is told of a region, for anybody; NotFound for one that no county forum has.
func (s *Service) Get(ctx context.Context, actor access.Actor, r place.RegionID) (Detail, error) {
	var out Detail
	return out, s.Forums.DB.Read(ctx, func(tx *db.Tx) error {
		var err error
		if out.Region, err = s.Forums.RegionOf(ctx, tx, r); err != nil {
			return err
		}
		if out.CanWrite, err = s.mayWrite(ctx, tx, actor, out.Region); err != nil {
			return err
		}
		if out.Region.Body != "" {
			body, _, err := forum.Open(ctx, tx, s.Forums.Bodies, actor, out.Region.Body)
			if err != nil {
				return err
			}
			out.Partners = body.Members
		}
		page, err := db.Get[pageRow](ctx, tx, selectPage, r)
		if err != nil && !fault.Is(err, fault.NotFound) {
			return err
		}
		out.Page = Page(page)
		efforts, err := db.List[effortRow](ctx, tx, listEfforts, r)
		if err != nil {
			return err
		}
		for _, e := range efforts {
			out.Efforts = append(out.Efforts, Effort(e))
		}
		slices.SortStableFunc(out.Efforts, func(a, b Effort) int { return slices.Index(All(), a.As) - slices.Index(All(), b.As) })
		reports, err := db.List[reportRow](ctx, tx, listReports, r)
		for _, x := range reports {
			out.Reports = append(out.Reports, Report(x))
		}
		return err
	})
}

// mayWrite reports whether the actor is the secretary of the region's forum or of the county's.
func (s *Service) mayWrite(ctx context.Context, tx *db.Tx, actor access.Actor, r forum.Region) (bool, error) {
	for _, b := range []forum.BodyID{r.County, r.Body} {
		if b == "" {
			continue
		}
		_, part, err := forum.Open(ctx, tx, s.Forums.Bodies, actor, b)
		if err != nil || part.Secretary {
			return part.Secretary, err
		}
	}
	return false, nil
}

// write does fn for who may write of the region: Denied for others.
func (s *Service) write(ctx context.Context, actor access.Actor, r place.RegionID, action audit.Action, fn func(tx *db.Tx, now clock.Time) ([]audit.Change, error)) error {
	return s.Forums.DB.Write(ctx, func(tx *db.Tx) error {
		of, err := s.Forums.RegionOf(ctx, tx, r)
		if err != nil {
			return err
		}
		may, err := s.mayWrite(ctx, tx, actor, of)
		switch {
		case err != nil:
			return err
		case !may:
			return fault.New(fault.Denied, "fault.denied")
		}
		now := s.Forums.Clock.Now()
		changed, err := fn(tx, now)
		if err == nil {
			audit.Record(tx, now, actor, action, forum.Subject(of.County), append([]audit.Change{audit.Field("region", string(r), string(r))}, changed...)...)
		}
		return err
	})
}

// Save writes the parts of the page. in.Version is the one that the writer saw, 0 for the first.
func (s *Service) Save(ctx context.Context, actor access.Actor, r place.RegionID, in Page) error {
	var fs fault.Fields
	for _, p := range in.Parts() {
		limit := MaxWords
		if *p.Text = text.CleanMultiline(*p.Text); p.Line {
			*p.Text, limit = text.CleanLine(*p.Text), MaxLine
		}
		fs.Text(p.Name, *p.Text, limit, p.Name == "problem")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.write(ctx, actor, r, ActionPage, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		said := []any{in.Problem, in.Purpose, in.Goal, in.Target, in.Deliverable, in.Financing, in.Owner, in.Findings, in.FollowUp, in.Contact, actor.Label(), now}
		changed := []audit.Change{audit.Field("version", in.Version, in.Version+1)}
		if in.Version > 0 {
			return changed, db.ExecOne(ctx, tx, updatePage, append(said, r, in.Version)...)
		}
		_, err := db.Exec(ctx, tx, insertPage, append([]any{r}, said...)...)
		if fault.Is(err, fault.Conflict) { // somebody else was first
			err = fault.New(fault.Stale, "fault.stale")
		}
		return changed, err
	})
}

// AddEffort notes something that was tried.
func (s *Service) AddEffort(ctx context.Context, actor access.Actor, r place.RegionID, in Effort) error {
	in.What, in.Result = text.CleanMultiline(in.What), text.CleanMultiline(in.Result)
	var fs fault.Fields
	if !slices.Contains(All(), in.As) {
		fs.Add("as", "form.error.required")
	}
	fs.Text("what", in.What, MaxWords, true)
	fs.Text("result", in.Result, MaxWords, false)
	if err := fs.Err(); err != nil {
		return err
	}
	return s.write(ctx, actor, r, ActionEffort, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, insertEffort, id.New[Effort](), r, in.As, in.What, in.Result, actor.Label(), now)
		return []audit.Change{audit.Field("effort", "", in.What)}, err
	})
}

// RemoveEffort takes an effort off the page.
func (s *Service) RemoveEffort(ctx context.Context, actor access.Actor, r place.RegionID, e EffortID) error {
	return s.write(ctx, actor, r, ActionEffort, func(tx *db.Tx, _ clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, deleteEffort, e, r)
		return []audit.Change{audit.Field("effort", string(e), "")}, err
	})
}

// AddReport notes an evaluation.
func (s *Service) AddReport(ctx context.Context, actor access.Actor, r place.RegionID, in Report) error {
	in.Title, in.Link = text.CleanLine(in.Title), text.CleanLine(in.Link)
	var fs fault.Fields
	fs.Text("title", in.Title, MaxLine, true)
	if in.Nr < 1 || in.Nr > MaxReports {
		fs.Add("nr", "form.error.range", "min", 1, "max", MaxReports)
	}
	if this := s.Forums.Clock.Today().Year(); in.Year < 2000 || in.Year > this+1 {
		fs.Add("year", "form.error.range", "min", 2000, "max", this+1)
	}
	if in.Link != "" && !isAddress(in.Link) {
		fs.Add("link", "region.error.link")
	}
	if err := fs.Err(); err != nil {
		return err
	}
	return s.write(ctx, actor, r, ActionReport, func(tx *db.Tx, now clock.Time) ([]audit.Change, error) {
		if _, err := db.Exec(ctx, tx, insertReport, id.New[Report](), r, in.Nr, in.Year, in.Title, in.Link, actor.Label(), now); err != nil {
			return nil, fmt.Errorf("region %s: report: %w", r, err)
		}
		return []audit.Change{audit.Field("report", "", in.Title)}, nil
	})
}

// isAddress reports whether it is an address on the web, and never a script.
func isAddress(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Scheme == "https" && u.Host != "" && len(s) <= MaxLine
}

// RemoveReport takes a report off the page.
func (s *Service) RemoveReport(ctx context.Context, actor access.Actor, r place.RegionID, x ReportID) error {
	return s.write(ctx, actor, r, ActionReport, func(tx *db.Tx, _ clock.Time) ([]audit.Change, error) {
		_, err := db.Exec(ctx, tx, deleteReport, x, r)
		return []audit.Change{audit.Field("report", string(x), "")}, err
	})
}
