package roundweb

import (
	"net/http"
	"net/url"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/web"
)

// file is the address of a file of the answer at the desk: whoever holds the key
// may read it, also without an account.
func (d desk) file(f question.Sent) string {
	return d.base + "/fil/" + f.ID + "/" + url.PathEscape(f.Name)
}

// hubFile is the address of a file of a submitted answer for those who see the
// round's answers.
func hubFile(f question.Sent) string {
	return attachview.Href(attach.Version{ID: attach.VersionID(f.ID), Name: f.Name})
}

// filePage gives out a file of the answer.
func (p *pages) filePage(w http.ResponseWriter, r *http.Request, _ access.Actor, d desk) error {
	version, err := attach.ParseVersionID(r.PathValue("file"))
	if err != nil {
		return fault.Missing()
	}
	v, content, err := p.Rounds.OpenFile(r.Context(), d.key, version)
	if err != nil {
		return err
	}
	defer content.Close()
	if r.PathValue("called") != v.Name {
		return web.SeeOther(w, r, d.file(question.Sent{ID: string(v.ID), Name: v.Name}))
	}
	attachview.Serve(w, r, v, content, attachview.Once)
	return nil
}

// placeOf leads from an answer to its place in the round.
func (p *pages) placeOf(w http.ResponseWriter, r *http.Request, actor access.Actor) error {
	answer, err := forms.ParseAnswerID(r.PathValue("answer"))
	if err != nil {
		return fault.Missing()
	}
	one, invite, err := p.Rounds.PlaceOf(r.Context(), actor, answer)
	if err != nil {
		return err
	}
	return web.SeeOther(w, r, path(one)+"/svar/"+string(invite))
}
