package roundweb

import (
	"context"
	"errors"
	"net/http"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/common/question/sheet"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

// desk is where an answer is written: behind a link, or by somebody of the hub.
type desk struct {
	key  round.Key
	base string
	sent []draw.Arrived // the files of a posted form
}

func (p *pages) bySecret(r *http.Request, _ access.Actor) (desk, error) {
	secret := r.PathValue("token")
	return desk{key: round.Key{Secret: secret}, base: "/svar/" + secret}, nil
}

func (p *pages) byStaff(r *http.Request, actor access.Actor) (desk, error) {
	one, err := p.id(r)
	if err != nil {
		return desk{}, err
	}
	invite, err := p.inviteID(r, r.PathValue("invite"))
	return desk{key: round.Key{Actor: actor, Round: one, Invite: invite}, base: path(one) + "/for/" + string(invite)}, err
}

// at runs fn at the desk. A link that opens nothing gets a page that says what to
// do; an address with a secret is given to no search engine and no other site.
func (p *pages) at(find func(*http.Request, access.Actor) (desk, error), fn func(http.ResponseWriter, *http.Request, access.Actor, desk) error) gate.Handler {
	return func(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
		d, err := find(r, actor)
		if err != nil {
			return err
		}
		secrecy(w, d.key.ByStaff())
		posted, err := draw.Receive(r)
		if err != nil {
			return err
		}
		defer posted.Close()
		d.sent = posted.Files
		err = fn(w, r, actor, d)
		var why round.Refusal
		if errors.As(err, &why) {
			return p.refuse(w, r, actor, why)
		}
		return err
	}
}

func secrecy(w http.ResponseWriter, staff bool) {
	w.Header().Set("Cache-Control", "private, no-store")
	if !staff {
		w.Header().Set("X-Robots-Tag", "noindex, nofollow")
		w.Header().Set("Referrer-Policy", "no-referrer")
	}
}

type refusedView struct {
	web.Page
	Head ui.Head
	What ui.Notice
}

// refuse tells why a link opens nothing, and what to do.
func (p *pages) refuse(w http.ResponseWriter, r *http.Request, actor access.Actor, why round.Refusal) error {
	t := p.door.Printer(r)
	title := t.T(i18n.Key("round.refused." + string(why)))
	view := refusedView{Page: p.frame(r, actor, title), Head: ui.Head{Title: title, Lead: t.T(i18n.Key("round.refused." + string(why) + ".text"))},
		What: ui.Notice{Title: t.T("round.refused.do"), Text: t.T("round.refused.do.text")}}
	status := http.StatusGone
	if why == round.Unknown {
		status = http.StatusNotFound
	}
	return p.door.Views.Render(w, status, "round/refused", view)
}

// frame is the frame of a page whose address is a secret.
func (p *pages) frame(r *http.Request, actor access.Actor, title string) web.Page {
	page := p.door.Frame(r, actor, title)
	page.Alternates, page.Canonical = nil, ""
	return page
}

// written is the answer at a desk, for the pages that all answers have.
type written struct {
	p *pages
	t i18n.Printer
	d desk
}

func (p *pages) written(r *http.Request, d desk) written { return written{p, p.door.Printer(r), d} }

func (p *pages) sheets() sheet.Pages {
	return sheet.Pages{Door: p.door, Registers: p.Registers, Clock: p.Clock}
}

// sheet is the answer as the pages of sheets know it. Its files are at the desk: whoever may see
// the answer there may see them.
func (a written) sheet(x round.Sheet) sheet.Sheet {
	return sheet.Sheet{Title: x.Round.Title, Kicker: a.t.T("round.answering", "round", x.Round.Title, "name", x.Invite.Name), Base: a.d.base, Later: a.d.base + "?ok=round.said.kept",
		Definition: x.Definition, Answer: x.Answer, Last: x.Last, Open: x.Open, File: a.d.file, Secret: true}
}

// Look is the answer behind the key.
func (a written) Look(ctx context.Context) (sheet.Sheet, error) {
	x, err := a.p.Rounds.Look(ctx, a.d.key)
	return a.sheet(x), err
}

// Save keeps a section.
func (a written) Save(ctx context.Context, at forms.At, section string, values question.Values) (sheet.Sheet, error) {
	x, err := a.p.Rounds.Save(ctx, a.d.key, at, section, values)
	return a.sheet(x), err
}

// Unchanged takes over what was answered in the round before.
func (a written) Unchanged(ctx context.Context, at forms.At, section string) error {
	_, err := a.p.Rounds.Unchanged(ctx, a.d.key, at, section)
	return err
}

// AddFile keeps a file.
func (a written) AddFile(ctx context.Context, at forms.At, asked string, u attach.Upload) error {
	return a.p.Rounds.AddFile(ctx, a.d.key, at, asked, u)
}

// RemoveFile takes a file away.
func (a written) RemoveFile(ctx context.Context, at forms.At, asked, file string) error {
	return a.p.Rounds.RemoveFile(ctx, a.d.key, at, asked, file)
}

// drawn is the form with its answers, ready to be drawn.
func (p *pages) drawn(t i18n.Printer, d desk, x round.Sheet) draw.Page {
	return p.sheets().Drawn(t, written{p, t, d}.sheet(x))
}

func (p *pages) section(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	return p.sheets().Section(w, r, actor, p.written(r, d))
}

func (p *pages) sectionPost(w http.ResponseWriter, r *http.Request, actor access.Actor, d desk) error {
	return p.sheets().Post(w, r, actor, p.written(r, d), d.sent)
}

func (p *pages) livePost(w http.ResponseWriter, r *http.Request, _ access.Actor, d desk) error {
	return p.sheets().Live(w, r, p.written(r, d))
}
