package site

import (
	"kompetansetorg/internal/common/flow/flowweb"
	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/follow/followweb"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/hall/develop/making/makingweb"
	"kompetansetorg/internal/hall/develop/workspace"
	"kompetansetorg/internal/hall/develop/workspace/workspaceweb"
	"kompetansetorg/internal/kit/db"
)

// newWorkspaces makes the hall of what those who make education together share.
func newWorkspaces(d *db.DB, cfg Config, s *Services) *workspace.Service {
	return workspace.New(workspace.Deps{DB: d, Clock: cfg.Clock, Making: s.Making})
}

// registerWorkspaces adds its pages, and the way to them from the page of what is made.
func (s *Site) registerWorkspaces(made *makingweb.Pages) {
	p := workspaceweb.Register(s.door, workspaceweb.Deps{Workspace: s.Workspaces, Attach: s.Attach, Clock: s.cfg.Clock})
	made.Beside = append(made.Beside, p.OnDevelopment)
}

// workspaceObjects are the kinds of things that a workspace and a task in it are.
func workspaceObjects(s *Services) []object.Kind {
	return []object.Kind{workspace.Rooms(s.Workspaces), workspace.Tasks(s.Workspaces)}
}

// workspacesFollowed are those that people are told of: who has a task, and the provider.
func workspacesFollowed() []follow.Kind {
	return []follow.Kind{{Name: workspace.TaskKind, Concerns: workspace.Concerns}}
}

// workspacesTold has the words of what happens.
func workspacesTold() map[string]followweb.Tell {
	return map[string]followweb.Tell{workspace.TaskKind: workspaceweb.Notice}
}

// workspaceTasks are the kinds that somebody can have the ball of.
func (s *Site) workspaceTasks() []flowweb.Kind {
	return []flowweb.Kind{{Definition: workspace.Flow(), Label: "task.kind.development_task", Path: "/arbeidsoppgave/", Sees: s.Workspaces.Seen}}
}
