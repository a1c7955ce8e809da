package site

import (
	"context"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/db"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/position/positionweb"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/finalweb"
	"kompetansetorg/internal/room/project/projectweb"
	"kompetansetorg/internal/room/project/report"
	"kompetansetorg/internal/room/project/reportweb"
)

// newProjects makes the register of projects, which knows an owner that is in the register of
// organisations under the same name.
func newProjects(d *db.DB, cfg Config, s *Services) *project.Service {
	return project.New(project.Deps{DB: d, Clock: cfg.Clock, Places: s.Places, OrgNamed: func(ctx context.Context, tx *db.Tx, name string) (access.OrgID, error) {
		if name == "" {
			return "", nil
		}
		o, err := s.Orgs.Resolve(ctx, tx, name)
		if fault.Is(err, fault.NotFound) || fault.Is(err, fault.Conflict) {
			return "", nil
		}
		return o, err
	}, OrgName: func(ctx context.Context, tx *db.Tx, o access.OrgID) (string, error) {
		cards, err := org.Object(s.Orgs).Cards(ctx, tx, access.SystemActor("projects"), []string{string(o)})
		if err == nil && len(cards) == 0 {
			err = fault.Missing()
		}
		if err != nil {
			return "", err
		}
		return cards[0].Title.String(), nil
	}})
}

// registerProjects adds its pages.
func (s *Site) registerProjects() *projectweb.Pages {
	pages := projectweb.Register(s.door, projectweb.Deps{Projects: s.Projects, Entries: s.Entries, Shelf: s.shelf, Orgs: s.Orgs, Places: s.Places, Clock: s.cfg.Clock, Card: s.cardLink, Further: s.besideProject})
	finalweb.Register(s.door, finalweb.Deps{Final: s.Final, Names: pages.Words, Shelf: s.shelf, Clock: s.cfg.Clock})
	reportweb.Register(s.door, reportweb.Deps{Reports: s.Reports, Projects: s.Projects, Forms: s.Forms, Registers: s.Registers, Shelf: s.shelf, Clock: s.cfg.Clock})
	return pages
}

// besideProject leads from a project to its reports, and to its final report for those who may
// read it.
func (s *Site) besideProject(r *http.Request, t i18n.Printer, actor access.Actor, d project.Detail) ([]ui.Action, error) {
	reports := ui.Action{Label: t.T("report.list"), Href: reportweb.OfProject(d.ID), Variant: ui.Tertiary}
	_, _, err := s.Final.Get(r.Context(), actor, d.ID)
	if fault.Is(err, fault.NotFound) {
		return []ui.Action{reports}, nil
	}
	return []ui.Action{reports, {Label: t.T("final.title"), Href: finalweb.Path(d.ID), Variant: ui.Tertiary}}, err
}

// cardLink leads to the card of the toolbox with the code.
func (s *Site) cardLink(r *http.Request, t i18n.Printer, code string) (ui.Link, bool) {
	c, err := s.Support.ByCode(r.Context(), code)
	if err != nil {
		return ui.Link{}, false
	}
	title, _ := c.Title.In(t.Language())
	return ui.Link{Label: title, Href: "/verktoykasse/" + string(c.ID)}, true
}

// besideToolbox is what the page of the toolbox shows under its cards.
func besideToolbox(projects *projectweb.Pages, jobs *positionweb.Pages) func(*http.Request) ([]leaf.Section, error) {
	return func(r *http.Request) ([]leaf.Section, error) {
		first, err := projects.InToolbox(r)
		if err != nil {
			return nil, err
		}
		more, err := jobs.InToolbox(r)
		return append(first, more...), err
	}
}

// projectObjects are the kinds of things that projects are.
func projectObjects(s *Services) []object.Kind {
	return []object.Kind{project.Object(s.Projects), final.Object(s.Final), report.Object(s.Reports), report.AnswerObject(s.Reports)}
}

// projectsFollowed are those that can be followed, and whose owners are told.
func projectsFollowed() []follow.Kind {
	return []follow.Kind{{Name: final.Kind, Concerns: final.Concerns}, {Name: report.Kind, Concerns: report.Concerns}, {Name: project.ObjectName, Concerns: project.Concerns, Silent: func(to flow.State) bool { return to == flow.State(project.Idea) }}}
}

// projectsTold has the words of what happens with them.
func projectsTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{project.ObjectName: projectweb.Notice, final.Kind: finalweb.Notice, report.Kind: reportweb.Notice}
}

// projectTasks are the kinds of them that somebody can have the ball of.
func (s *Site) projectTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: project.Flow(), Label: "task.kind.project", Path: "/prosjekter/", Sees: project.Seen}, {Definition: final.Flow(), Label: "task.kind.final_report", Path: "/sluttrapporter/", Sees: s.Final.Seen},
		{Definition: report.Flow(), Label: "task.kind.report", Path: "/rapporter/", Sees: s.Reports.Seen}}
}
