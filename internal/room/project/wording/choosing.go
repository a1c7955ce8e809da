package wording

import (
	"context"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/room/project"
)

// MayMake reports whether the actor may make projects, or may do so once it is known who it is.
func MayMake(actor access.Actor) bool {
	return !actor.SignedIn() || actor.Has(makers()...)
}

// makers are the roles that make projects.
func makers() []access.Role { return append(project.WriterRoles(), access.RoleCaseOfficer) }

// Owners are the organisations that the actor makes projects for: its own.
func Owners(ctx context.Context, orgs *org.Service, actor access.Actor) ([]form.Option, []string, error) {
	list, err := orgs.ActsFor(ctx, actor, makers(), makers())
	var out []form.Option
	var ids []string
	for _, o := range list {
		if !actor.HasAt(o.ID, makers()...) {
			continue
		}
		out, ids = append(out, form.Option{Value: string(o.ID), Label: o.Name}), append(ids, string(o.ID))
	}
	return out, ids, err
}

// Part is a group of a project that another can be a part of, as one choice of a form.
type Part struct {
	Parent project.ID
	Group  string
}

// Parts are the groups of the projects that go on, for a new sub-project to be a part of.
func Parts(ctx context.Context, projects *project.Service, actor access.Actor, t i18n.Printer, chosen Part) ([]form.Option, map[string]Part, error) {
	list, err := projects.List(ctx, actor, project.Filter{})
	options, found := []form.Option{{Label: t.T("project.part.none"), Selected: chosen.Parent == ""}}, map[string]Part{"": {}}
	for _, x := range list {
		if x.Parent != "" && len(x.Groups) == 0 || slices.Contains([]project.State{project.Compiled, project.Continued, project.Closed}, x.State) {
			continue
		}
		for _, g := range Groups(t, x) {
			is := Part{x.ID, g.Code}
			value := string(x.ID) + "/" + g.Code
			label := In(t, x.Title)
			if len(x.Groups) > 0 {
				label = t.T("project.part", "project", label, "group", g.Title)
			}
			options, found[value] = append(options, form.Option{Value: value, Label: label, Selected: chosen == is}), is
		}
	}
	return options, found, err
}
