package roundweb

import (
	"net/http"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/org"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/web"
	"kompetansetorg/internal/room/outreach/round"
)

// posted is the round that a form of its page was posted to.
func (p *pages) posted(r *http.Request, actor access.Actor) (round.Whole, error) {
	if err := r.ParseForm(); err != nil {
		return round.Whole{}, fault.Wrap(fault.Invalid, "fault.invalid", err)
	}
	return p.find(r, actor)
}

// settle leads on after an act, or draws the page again with what is wrong.
func (p *pages) settle(w http.ResponseWriter, r *http.Request, actor access.Actor, x round.Whole, err error, said string) error {
	if err == nil {
		return web.SeeOther(w, r, path(x.ID)+"?ok="+said)
	}
	if !fault.Is(err, fault.Invalid) {
		return err
	}
	view := p.showPage(r, actor, x)
	view.Refused(form.Refill(&view, r.PostForm, err, view.Printer))
	return p.door.Views.Render(w, http.StatusUnprocessableEntity, "round/show", view)
}

// invitePost invites those of a municipality, or of a pasted list, or both.
func (p *pages) invitePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	var fs fault.Fields
	wave, wrong := strconv.Atoi(r.PostForm.Get("wave"))
	if wrong != nil || wave < 1 || wave > len(x.Waves) {
		fs.Add("wave", "form.error.choice")
	}
	list, err := p.chosen(r, actor, x)
	if err = fs.AddErr(err); err == nil {
		err = fs.Err()
	}
	if err == nil {
		var added int
		if added, err = p.Rounds.Invite(r.Context(), actor, x.ID, wave, list); err == nil && added == 0 {
			err = fault.InvalidField("numbers", "round.error.all_invited")
		}
	}
	return p.settle(w, r, actor, x, err, "round.said.invited")
}

// mostLines is how many wrong lines are told one by one.
const mostLines = 10

func (p *pages) chosen(r *http.Request, actor access.Actor, x round.Whole) ([]org.ID, error) {
	in := form.Read(r.PostForm)
	written, pasted := in.Text("municipality"), r.PostForm.Get("numbers")
	lines := round.ParseNumbers(pasted)
	if written == "" && len(lines) == 0 {
		return nil, fault.InvalidField("numbers", "round.error.whom")
	}
	t := p.door.Printer(r)
	var fs fault.Fields
	var list []org.ID
	if written != "" {
		n, err := p.Places.ParseTyped(written, p.Clock.Today())
		if err := fs.AddErr(err); err != nil {
			return nil, err
		}
		if n != "" {
			found, err := p.Rounds.OrgsIn(r.Context(), string(n))
			if err != nil {
				return nil, err
			}
			if len(found) == 0 {
				fs.Add("municipality", "round.error.none_there")
			}
			list = append(list, found...)
		}
	}
	named, wrong, err := p.Rounds.Named(r.Context(), actor, x.Hub, pasted)
	if err := fs.AddErr(err); err != nil {
		return nil, err
	}
	for n, l := range wrong {
		if n == mostLines {
			fs.Add("numbers", "round.error.more_lines", "n", len(wrong)-n)
			break
		}
		fs.Add("numbers", "round.error.line", "line", l.Nr, "written", l.Written, "what", t.T(l.Key, l.Values...))
	}
	return append(list, named...), fs.Err()
}

func (p *pages) uninvitePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	i, err := p.inviteID(r, r.PostForm.Get("invite"))
	if err == nil {
		err = p.Rounds.Uninvite(r.Context(), actor, x.ID, i)
	}
	return p.settle(w, r, actor, x, err, "round.said.uninvited")
}

func (p *pages) startPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	return p.settle(w, r, actor, x, p.Rounds.Start(r.Context(), actor, x.ID, seen(r)), "round.said.started")
}

func (p *pages) closePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	return p.settle(w, r, actor, x, p.Rounds.Close(r.Context(), actor, x.ID, seen(r)), "round.said.closed")
}

func (p *pages) extendPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	day := in.Date("deadline")
	if err = in.Err(); err == nil {
		err = p.Rounds.Extend(r.Context(), actor, x.ID, seen(r), day)
	}
	return p.settle(w, r, actor, x, err, "round.said.extended")
}

// revokePost stops the links of an invitation, or, without one, the open link.
func (p *pages) revokePost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	if written := r.PostForm.Get("invite"); written != "" {
		i, idErr := p.inviteID(r, written)
		if err = idErr; err == nil {
			err = p.Rounds.RevokeLinks(r.Context(), actor, x.ID, i)
		}
	} else {
		err = p.Rounds.RevokeOpenLink(r.Context(), actor, x.ID)
	}
	return p.settle(w, r, actor, x, err, "round.said.revoked")
}

func (p *pages) openLinkPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	in := form.Read(r.PostForm)
	most, secret := in.Int("most"), ""
	if err = in.Err(); err == nil {
		secret, err = p.Rounds.NewOpenLink(r.Context(), actor, x.ID, most)
	}
	if err != nil {
		return p.settle(w, r, actor, x, err, "")
	}
	return p.hand(w, r, x, []handed{{Name: p.door.Printer(r).T("round.open.link", "n", strconv.Itoa(most)), Link: p.PublicURL + "/bli-med/" + secret}})
}

func (p *pages) linksPost(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	x, err := p.posted(r, actor)
	if err != nil {
		return err
	}
	var one round.InviteID
	if written := r.PostForm.Get("invite"); written != "" {
		if one, err = p.inviteID(r, written); err != nil {
			return err
		}
	}
	made, err := p.Rounds.NewLinks(r.Context(), actor, x.ID, one)
	if err != nil {
		return err
	}
	list := make([]handed, len(made))
	for i, m := range made {
		list[i] = handed{Name: m.Name, Link: p.PublicURL + "/svar/" + m.Secret}
	}
	return p.hand(w, r, x, list)
}
