package roundweb

import (
	"net/http"
	"net/url"
	"slices"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/attach/attachview"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
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

func isDrop(r *http.Request) bool {
	_, _, drops := draw.ActOf(r.PostForm).Drops()
	return drops
}

// keepFiles takes in the files that were sent for the section, and takes away the
// one that is to go, before anything else is looked at: whatever is wrong elsewhere,
// no file has to be sent twice. What is wrong with files comes as a fault of its own.
func (p *pages) keepFiles(r *http.Request, d desk, at forms.At, sec question.Section) (wrong, err error) {
	var fs fault.Fields
	note := func(name string, err error) error {
		e, ok := fault.As(err)
		if !ok || e.Kind != fault.Invalid || len(e.Fields) == 0 {
			return err
		}
		if at := question.FieldOf(name); !fs.Has(at) {
			fs.Add(at, e.Fields[0].Key, e.Fields[0].Values...)
		}
		return nil
	}
	for _, f := range d.sent {
		if !slices.ContainsFunc(sec.Questions, func(q question.Question) bool { return q.Name == f.Question && q.Kind == question.File }) {
			continue
		}
		if err = f.Err; err == nil {
			err = p.Rounds.AddFile(r.Context(), d.key, at, f.Question, f.Upload)
		}
		if err = note(f.Question, err); err != nil {
			return nil, err
		}
	}
	if name, file, drops := draw.ActOf(r.PostForm).Drops(); drops {
		// A file that is gone already is what was asked for.
		if err = p.Rounds.RemoveFile(r.Context(), d.key, at, name, file); err != nil && !fault.Is(err, fault.NotFound) {
			return nil, err
		}
	}
	return fs.Err(), nil
}

// also is both faults as one; of a field that both name, the first is told.
func also(first, second error) error {
	var fs fault.Fields
	for _, err := range []error{first, second} {
		e, ok := fault.As(err)
		if !ok {
			continue
		}
		for _, f := range e.Fields {
			if !fs.Has(f.Name) {
				fs.Add(f.Name, f.Key, f.Values...)
			}
		}
	}
	return fs.Err()
}
