// Package hearingweb has the pages of joint consultation responses: what has come in, the
// text as it goes round, what each member says to it, and what was sent. What has been
// sent is open to all, drafts only to those in the body; the body's secretary writes, and
// offices of a member answer for their own municipality.
package hearingweb

import (
	"embed"

	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/room/council"
	"kompetansetorg/internal/room/council/hearing"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Councils *council.Service
	Hearings *hearing.Service
	Attach   *attach.Service
	Clock    clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("hearing", Files, "hearings", hearingsView{})
	d.Views.Add("hearing", Files, "hearing", hearingView{})
	d.Views.Add("hearing", Files, "rounds", roundsView{})
	d.Pages(gate.Route{Method: "GET", Path: "/organ/{id}/horinger", Rule: gate.Public(), Handle: p.hearings}, gate.Route{Method: "GET", Path: "/horinger/{id}", Rule: gate.Public(), Handle: p.hearing},
		gate.Route{Method: "GET", Path: "/horinger/{id}/runder", Rule: gate.SignedIn(), Handle: p.rounds}, gate.Route{Method: "POST", Path: "/horinger/{id}/forleng", Rule: gate.SignedIn(), Handle: p.extend})
	// Who is secretary of a body, or speaks for a member, may have no role: the use
	// cases decide.
	leaf.Forms(d, gate.SignedIn(), map[string]leaf.Maker{
		"/organ/{id}/horinger/ny": p.receive, "/horinger/{id}/rediger": p.edit, "/horinger/{id}/tekst": p.text, "/horinger/{id}/runde": p.round,
		"/horinger/{id}/samtykke": p.consent, "/horinger/{id}/innspill": p.input, "/horinger/{id}/innspill/{input}": p.answerInput,
		"/horinger/{id}/egen": p.own, "/horinger/{id}/send": p.send, "/horinger/{id}/avsta": p.decline,
	})
	d.Says("hearing.ok.saved", "hearing.ok.round_saved", "hearing.ok.consented", "hearing.ok.stopped", "hearing.ok.sent", "hearing.ok.declined")
}
