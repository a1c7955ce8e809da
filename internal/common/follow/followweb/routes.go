package followweb

import (
	"embed"
	"net/http"

	"kompetansetorg/internal/common/follow"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/object"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Tell puts a notice in words: what happened, and who does what next.
type Tell func(t i18n.Printer, n follow.Notice, today clock.Date) (what, next string)

// Deps is what the pages need. Tell has the words of each kind of thing.
type Deps struct {
	Follow    *follow.Service
	Objects   *object.Kinds
	Clock     clock.Clock
	PublicURL string
	Tell      map[string]Tell
	// ReadPlace gives the number of the municipality that a reader wrote.
	ReadPlace func(written string) (string, error)
	// Place names a municipality, Field a field; both for headings.
	Place func(number string) string
	Field func(t i18n.Printer, code string) string
	// Places and Fields are what can be chosen to follow.
	Places func() []string
	Fields func(t i18n.Printer) []form.Option
	// Searches are the lists that can be followed, by the kind of their things.
	Searches map[string]List
	Demo     bool
}

// List is a list of things whose searches can be followed. Words names a search
// by what was written in its box ({words}), Filters by how many filters it has
// ({n}).
type List struct {
	Path           string
	Words, Filters i18n.Key
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	for name, zero := range map[string]any{"list": listView{}, "follow": followView{}, "settings": settingsView{}, "optout": askView{}, "post": postView{}, "letter": letterView{}} {
		d.Views.Add("follow", Files, name, zero)
	}
	in := gate.SignedIn()
	d.Pages(
		gate.Route{Method: "GET", Path: "/varsler", Rule: in, Handle: p.list},
		gate.Route{Method: "POST", Path: "/varsler/lest", Rule: in, Handle: p.readPost},
		gate.Route{Method: "GET", Path: "/varsler/folg", Rule: in, Handle: p.follow},
		gate.Route{Method: "POST", Path: "/varsler/folg", Rule: in, Handle: p.followPost},
		gate.Route{Method: "GET", Path: "/varsler/innstillinger", Rule: in, Handle: p.settings},
		gate.Route{Method: "POST", Path: "/varsler/innstillinger", Rule: in, Handle: p.settingsPost},
		gate.Route{Method: "POST", Path: "/varsler/ny-adresse", Rule: in, Handle: p.renewPost},
		gate.Route{Method: "POST", Path: "/varsler/emner/{id}/slutt", Rule: in, Handle: p.endPost},
		gate.Route{Method: "POST", Path: "/varsler/emner/{id}/ny-adresse", Rule: in, Handle: p.renewOnePost},
		gate.Route{Method: "GET", Path: "/varsler/bekreft/{secret}", Rule: gate.Public(), Handle: p.confirm},
		gate.Route{Method: "POST", Path: "/varsler/bekreft/{secret}", Rule: gate.Public(), Handle: p.confirmPost},
		gate.Route{Method: "GET", Path: "/varsler/av/{token}", Rule: gate.Public(), Handle: p.optOut},
		gate.Route{Method: "POST", Path: "/varsler/av/{token}", Rule: gate.Public(), Handle: p.optOutPost},
		gate.Route{Method: "GET", Path: "/varsler/kalender/{file}", Rule: gate.Public(), Handle: p.calendar},
		gate.Route{Method: "GET", Path: "/varsler/feed/{file}", Rule: gate.Public(), Handle: p.feed},
	)
	if deps.Demo {
		d.Pages(
			gate.Route{Method: "GET", Path: "/demo/post", Rule: gate.Public(), Handle: p.post},
			gate.Route{Method: "GET", Path: "/demo/post/{id}", Rule: gate.Public(), Handle: p.letter},
		)
	}
	d.Says("follow.said.read", "follow.said.following", "follow.said.ended", "follow.said.saved", "follow.said.confirm", "follow.said.renewed")
}

func modeLabel(m follow.Mode) i18n.Key { return i18n.Key("follow.mode." + string(m)) }

func (p *pages) sentence(t i18n.Printer, n follow.Notice) (what, next string) {
	if tell := p.Tell[n.Event.Subject.Kind]; tell != nil {
		return tell(t, n, p.Clock.Today())
	}
	return "", ""
}

// name is what a thing is called in lists and headings.
func name(t i18n.Printer, c object.Card) string {
	title, _ := c.Title.In(t.Language())
	if c.Number != "" {
		return c.Number + " " + title
	}
	return title
}

// done goes on to the page with a word about what was done.
func done(w http.ResponseWriter, r *http.Request, to string, said i18n.Key) error {
	return web.SeeOther(w, r, to+"?ok="+string(said))
}
