package finalweb

import (
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/flow"
	"kompetansetorg/internal/common/leaf"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/room/project"
	"kompetansetorg/internal/room/project/final"
	"kompetansetorg/internal/room/project/wording"
)

// chapterForm writes the words of a chapter.
func (p *Pages) chapterForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, d, err := p.find(r, actor)
	switch {
	case err != nil:
		return leaf.Asked{}, err
	case !project.CanChange(actor, d):
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	case x.State != final.Draft:
		return leaf.Asked{}, fault.New(fault.Conflict, "final.error.locked")
	}
	nr, err := strconv.Atoi(r.PathValue("nr"))
	if err != nil || !slices.Contains(final.Chapters(), nr) {
		return leaf.Asked{}, fault.Missing()
	}
	c := x.Chapters[nr]
	lead := i18n.Key("final.words.only")
	if x.Fills(nr) {
		lead = "final.words.beside"
	}
	asked := leaf.Asked{Title: heading(t, nr), Kicker: t.T("final.title"), Lead: t.T(lead), Back: Path(d.ID), Submit: t.T("entry.save"), Version: c.Version, Crumbs: crumbs(t, d, ui.Link{Label: t.T("final.title"), Href: Path(d.ID)}),
		Fields: []form.Field{{Name: "words", Kind: form.Long, Rows: 10, Label: t.T("final.words"), Hint: t.T("final.words.hint"), Value: c.Words, MaxRunes: final.MaxWords}}, Theirs: []ui.Fact{{Label: t.T("final.words"), Text: c.Words}}}
	asked.Read = func(in *form.Input) func() (string, error) {
		words, version := in.Text("words"), leaf.Version(in)
		return func() (string, error) {
			return Path(d.ID) + "?ok=final.said.saved", p.Final.SaveChapter(r.Context(), actor, d.ID, nr, version, words)
		}
	}
	return asked, nil
}

// moveForm moves the report to the state of the address.
func (p *Pages) moveForm(r *http.Request, actor access.Actor) (leaf.Asked, error) {
	t := p.door.Printer(r)
	x, d, err := p.find(r, actor)
	if err != nil {
		return leaf.Asked{}, err
	}
	to := flow.State(r.PathValue("to"))
	moves := final.Moves(actor, d, x)
	i := slices.IndexFunc(moves, func(m flow.MoveDef) bool { return m.To == to })
	if i < 0 {
		return leaf.Asked{}, fault.New(fault.Denied, "fault.denied")
	}
	m := moves[i]
	asked := leaf.Asked{Title: t.T(m.Label), Kicker: wording.In(t, d.Title), Lead: t.T(i18n.Key("final.move.lead." + string(to))), Back: Path(d.ID), Submit: t.T(m.Label), Version: x.Version,
		Crumbs: crumbs(t, d, ui.Link{Label: t.T("final.title"), Href: Path(d.ID)})}
	if to == final.Approved || to == final.Sent {
		asked.Fields = append(asked.Fields, form.Field{Name: "on", Kind: form.Date, Label: t.T("project.field.day"), Value: p.Clock.Today().String(), Required: true})
	}
	if m.NoteRequired {
		asked.Fields = append(asked.Fields, form.Field{Name: "ref", Kind: form.Text, Label: t.T(i18n.Key("final.field." + string(to))), MaxRunes: project.MaxTitle, Required: true})
	}
	asked.Read = func(in *form.Input) func() (string, error) {
		next := final.Moving{To: to, On: in.Date("on"), Ref: in.Text("ref"), Version: leaf.Version(in)}
		return func() (string, error) {
			return Path(d.ID) + "?ok=final.said.moved", p.Final.Move(r.Context(), actor, d.ID, next)
		}
	}
	return asked, nil
}
