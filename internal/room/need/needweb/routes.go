package needweb

import (
	"context"
	"embed"
	"net/http"
	"regexp"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/common/org/register"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/need"
	"kompetansetorg/internal/room/need/ask"
	"kompetansetorg/internal/room/need/list"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Needs *need.Service
	Lists *list.Service
	Asks  *ask.Service
	Orgs  *org.Service
	// Register looks up organisations that are not known here.
	Register *register.Service
	Attach   *attach.Service
	// PublicURL begins the follow links; no slash at its end.
	PublicURL string
	// Understand gives the concepts a text is about, to store with the need; nil
	// when nothing reads it.
	Understand func(text string) []need.Concept
	// Answers gives what the need was understood as and what can answer it,
	// for its page; nil when nothing looks for answers.
	Answers func(ctx context.Context, r *http.Request, actor access.Actor, n need.ID) (AnswersView, error)
	// Origin is the address of the answer in a mapping round that the need was made
	// of, empty when it was not or the actor may not see it; nil for none.
	Origin func(ctx context.Context, actor access.Actor, n need.ID) (string, error)
	// Given draws what providers have answered, with the button of one who may answer;
	// nil when they do not answer here.
	Given func(r *http.Request, actor access.Actor, n need.ID) (leaf.Section, error)
	// Onward are the ways on from a need: what came of it, and what can be made of it.
	// It may be nil.
	Onward func(r *http.Request, actor access.Actor, d need.Detail) []ui.Action
	// Standing gives the answer of the provider that follows up, for JSON, or nil when
	// there is none; nil when providers do not answer here.
	Standing func(ctx context.Context, actor access.Actor, n need.ID) (*AnswerJSON, error)
}

// AnswerJSON is what every reader of a need may know of the answer that stands.
type AnswerJSON struct {
	ID           string      `json:"id"`
	Kind         string      `json:"kind" doc:"place, adapt, existing, measure, new or impossible"`
	Provider     string      `json:"provider"`
	ProviderName string      `json:"provider_name"`
	AnsweredAt   clock.Time  `json:"answered_at"`
	Deadline     *clock.Date `json:"deadline,omitempty" doc:"The day it is arranged, or more is said"`
	Earliest     *clock.Date `json:"earliest,omitempty" doc:"The earliest start"`
	Late         bool        `json:"late" doc:"It came after the day it was to be given"`
}

// AnswersView is a section of a need's page: the concepts that were understood
// and groups of cards. All texts are in the reader's language; an empty Title
// draws nothing.
type AnswersView struct {
	Title, Lead string
	Chips       ui.Chips
	// Add is the form that adds a concept; nil when the reader may not.
	Add     *AddForm
	Notices []ui.Notice
	Groups  []AnswerGroup
	Actions []ui.Action
}

// AddForm is a form of one field that posts to Action.
type AddForm struct {
	Action string
	Hidden []ui.Hidden
	Field  form.Field
	Button ui.Action
}

// AnswerGroup is a group of cards under a heading. Empty is said when there
// are none.
type AnswerGroup struct {
	ID, Title, Lead string
	Cards           []ui.Card
	Empty           string
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("need", Files, "list", listView{})
	d.Views.Add("need", Files, "form", formView{}, web.Fragment{Block: "need.whose.answer", Zero: whoseView{}},
		web.Fragment{Block: "need.warnings", Zero: warningsView{}})
	d.Views.Add("need", Files, "show", showView{})
	d.Views.Add("need", Files, "remove", removeView{})
	d.Views.Add("need", Files, "follow", followView{})
	registrars := gate.Roles(need.OwnerRoles()...)
	steerers := gate.Roles(access.RoleSecretary, access.RoleCaseOfficer)
	d.Pages(
		gate.Route{Method: "GET", Path: "/behov", Rule: gate.Public(), Handle: p.list},
		gate.Route{Method: "GET", Path: "/behov/ny", Rule: registrars, Handle: p.create},
		gate.Route{Method: "POST", Path: "/behov/ny", Rule: registrars, Handle: p.createPost},
		gate.Route{Method: "POST", Path: "/behov/ny/virksomhet", Rule: registrars, Handle: p.whose},
		gate.Route{Method: "POST", Path: "/behov/ny/tekst", Rule: registrars, Handle: p.readText},
		gate.Route{Method: "POST", Path: "/behov/utkast", Rule: registrars, Handle: p.draftPost},
		gate.Route{Method: "GET", Path: "/behov/{id}", Rule: gate.Public(), Handle: p.show},
		gate.Route{Method: "GET", Path: "/behov/{id}/rediger", Rule: registrars, Handle: p.edit},
		gate.Route{Method: "POST", Path: "/behov/{id}/rediger", Rule: registrars, Handle: p.editPost},
		gate.Route{Method: "GET", Path: "/behov/{id}/slett", Rule: registrars, Handle: p.remove},
		gate.Route{Method: "POST", Path: "/behov/{id}/slett", Rule: registrars, Handle: p.removePost},
		gate.Route{Method: "POST", Path: "/behov/{id}/flytt", Rule: gate.SignedIn(), Handle: p.movePost},
		gate.Route{Method: "POST", Path: "/behov/{id}/drofting", Rule: steerers, Handle: p.discussPost},
		gate.Route{Method: "POST", Path: "/behov/{id}/lenke", Rule: registrars, Handle: p.linkPost},
		gate.Route{Method: "GET", Path: "/folg/{token}", Rule: gate.Public(), Handle: p.follow},
		gate.Route{Method: "GET", Path: "/folg/{token}/qr.png", Rule: gate.Public(), Handle: p.followQR},
	)
	p.registerAPI(d, registrars)
	d.Says("need.said.submitted", "need.said.draft", "need.said.saved", "need.said.moved", "need.said.removed",
		"need.said.discussed", "need.said.link", "need.said.link_closed")
}

func path(n need.ID) string { return "/behov/" + string(n) }

var humanNumber = regexp.MustCompile(`^B-\d{4}-\d{4,}$`)

// find reads the need that the path names by its id, as the actor may see it.
func (p *pages) find(r *http.Request, actor access.Actor) (need.Detail, error) {
	n, err := need.ParseID(r.PathValue("id"))
	if err != nil {
		return need.Detail{}, fault.Missing()
	}
	return p.Needs.Get(r.Context(), actor, n)
}
