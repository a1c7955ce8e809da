package questionweb

import (
	"embed"
	"net/http"
	"slices"
	"strconv"

	"kompetansetorg/internal/common/access"
	"kompetansetorg/internal/common/attach"
	"kompetansetorg/internal/common/gate"
	"kompetansetorg/internal/common/question"
	"kompetansetorg/internal/common/question/draw"
	"kompetansetorg/internal/common/question/forms"
	"kompetansetorg/internal/kit/clock"
	"kompetansetorg/internal/kit/fault"
	"kompetansetorg/internal/kit/form"
	"kompetansetorg/internal/kit/i18n"
	"kompetansetorg/internal/kit/ui"
	"kompetansetorg/internal/kit/web"
)

// Files are the pages and texts.
//
//go:embed html/*.html text/*.json
var Files embed.FS

// Deps is what the pages need.
type Deps struct {
	Forms     *forms.Service
	Attach    *attach.Service
	Registers draw.Registers
	Clock     clock.Clock
}

type pages struct {
	Deps
	door *gate.Door
}

// Register adds the routes.
func Register(d *gate.Door, deps Deps) {
	p := &pages{Deps: deps, door: d}
	d.Views.Add("question", Files, "list", listView{})
	d.Views.Add("question", Files, "edit", editView{})
	d.Views.Add("question", Files, "show", showView{})
	d.Views.Add("question", Files, "question", questionView{})
	d.Views.Add("question", Files, "confirm", confirmView{})
	d.Views.Add("question", Files, "try", tryView{}, web.Fragment{Block: "question.live", Zero: ui.Questions{}})
	d.Views.Add("question", Files, "imported", importedView{})
	d.Views.Add("question", Files, "suggest", suggestView{}, web.Fragment{Block: "question.suggest", Zero: form.Field{}})
	makers := gate.Roles(forms.Makers()...)
	page := func(method, path string, handle gate.Handler) gate.Route {
		return gate.Route{Method: method, Path: path, Rule: makers, Handle: handle}
	}
	d.Pages(
		page("GET", "/skjema", p.list),
		page("GET", "/skjema/nytt", p.create), page("POST", "/skjema/nytt", p.createPost),
		page("GET", "/skjema-import", p.upload), page("POST", "/skjema-import", p.uploadPost),
		page("GET", "/skjema-import/{id}", p.imported), page("POST", "/skjema-import/{id}", p.importedPost),
		page("GET", "/skjema/{id}", p.show),
		page("GET", "/skjema/{id}/rediger", p.edit), page("POST", "/skjema/{id}/rediger", p.editPost),
		page("GET", "/skjema/{id}/nytt-avsnitt", p.newSection), page("POST", "/skjema/{id}/nytt-avsnitt", p.newSectionPost),
		page("GET", "/skjema/{id}/avsnitt/{name}", p.section), page("POST", "/skjema/{id}/avsnitt/{name}", p.sectionPost),
		page("GET", "/skjema/{id}/nytt-sporsmal/{name}", p.newQuestion), page("POST", "/skjema/{id}/nytt-sporsmal/{name}", p.newQuestionPost),
		page("GET", "/skjema/{id}/sporsmal/{name}", p.question), page("POST", "/skjema/{id}/sporsmal/{name}", p.questionPost),
		page("POST", "/skjema/{id}/flytt", p.movePost),
		page("GET", "/skjema/{id}/fjern/{name}", p.remove), page("POST", "/skjema/{id}/fjern/{name}", p.removePost),
		page("GET", "/skjema/{id}/publiser", p.publish), page("POST", "/skjema/{id}/publiser", p.publishPost),
		page("POST", "/skjema/{id}/ny-utgave", p.versionPost),
		page("GET", "/skjema/{id}/forkast", p.drop), page("POST", "/skjema/{id}/forkast", p.dropPost),
		page("POST", "/skjema/{id}/ta-ut", p.retirePost(true)), page("POST", "/skjema/{id}/ta-inn", p.retirePost(false)),
		page("GET", "/skjema/{id}/prov", p.try), page("POST", "/skjema/{id}/prov", p.tryPost),
		page("POST", "/skjema/{id}/prov/{name}", p.livePost),
		gate.Route{Method: "GET", Path: draw.SuggestPath, Rule: gate.Public(), Handle: p.suggest},
	)
	p.registerAPI(d)
	d.Says("question.said.created", "question.said.saved", "question.said.moved", "question.said.removed", "question.said.published", "question.said.version",
		"question.said.dropped", "question.said.retired", "question.said.back", "question.said.imported")
}

func path(f forms.ID) string { return "/skjema/" + string(f) }

// find reads the form that the path names.
func (p *pages) find(r *http.Request, actor access.Actor) (forms.Form, error) {
	f, err := forms.ParseID(r.PathValue("id"))
	if err != nil {
		return forms.Form{}, fault.Missing()
	}
	return p.Forms.Get(r.Context(), actor, f)
}

// draft reads the form with the draft that is being made; without one there is
// nothing to edit.
func (p *pages) draft(r *http.Request, actor access.Actor) (forms.Form, question.Definition, error) {
	f, err := p.find(r, actor)
	if err != nil {
		return f, question.Definition{}, err
	}
	v, ok := f.Draft()
	if !ok {
		return f, question.Definition{}, fault.New(fault.Conflict, "question.error.no_draft")
	}
	return f, v.Definition.Clone(), nil
}

// seen is the version of the form that the posted page was drawn with.
func seen(r *http.Request) int64 {
	n, err := strconv.ParseInt(r.PostForm.Get("version"), 10, 64)
	if err != nil {
		return -1
	}
	return n
}

func crumbs(t i18n.Printer, f *forms.Form) []ui.Link {
	out := []ui.Link{{Label: t.T("question.title"), Href: "/skjema"}}
	if f != nil {
		out = append(out, ui.Link{Label: named(t, f.Title), Href: path(f.ID)})
	}
	return out
}

// named is a title, or words for none.
func named(t i18n.Printer, title string) string {
	if title == "" {
		return t.T("question.untitled")
	}
	return title
}

func kindLabel(k question.Kind) i18n.Key   { return i18n.Key("question.kind." + string(k)) }
func sightLabel(s question.Sight) i18n.Key { return i18n.Key("question.sight." + string(s)) }

// textFields are the fields of a text in the three languages.
func textFields(t i18n.Printer, name string, label i18n.Key, x i18n.Text, long bool, limit int) []form.Field {
	var out []form.Field
	for _, l := range []struct {
		lang  string
		named i18n.Key
		value string
	}{{"nb", "question.lang.nb", x.NB}, {"nn", "question.lang.nn", x.NN}, {"en", "question.lang.en", x.EN}} {
		f := form.Field{Name: name + "." + l.lang, Kind: form.Text, Label: t.T("question.in_language", "what", t.T(label), "language", t.T(l.named)), Value: l.value, MaxRunes: limit}
		if long {
			f.Kind, f.Rows = form.Long, 3
		}
		if l.lang != "nb" || name != "label" && name != "title" {
			f.OptionalMark = t.T("draw.optional")
		}
		out = append(out, f)
	}
	return out
}

func readText(in *form.Input, name string) i18n.Text {
	return i18n.Text{NB: in.Text(name + ".nb"), NN: in.Text(name + ".nn"), EN: in.Text(name + ".en")}
}

// useField is the field for what the form is answered for.
func useField(t i18n.Printer, chosen question.Use) form.Field {
	f := form.Field{Name: "use", Kind: form.Select, Label: t.T("question.field.use"), Hint: t.T("question.hint.use")}
	for _, u := range question.Uses() {
		label := i18n.Key("question.use.survey")
		if u == question.Report {
			label = "question.use.report"
		}
		f.Options = append(f.Options, form.Option{Value: string(u), Label: t.T(label), Selected: u == chosen})
	}
	return f
}

func sightField(t i18n.Printer, chosen question.Sight, inherit bool) form.Field {
	f := form.Field{Name: "sight", Kind: form.Select, Label: t.T("question.field.sight"), Hint: t.T("question.hint.sight")}
	if inherit {
		f.Options = append(f.Options, form.Option{Label: t.T("question.sight.inherit"), Selected: chosen == ""})
	}
	for _, s := range question.Sights() {
		f.Options = append(f.Options, form.Option{Value: string(s), Label: t.T(sightLabel(s)), Selected: s == chosen})
	}
	return f
}

// problemsAt are the problems of one place in the form as faults of a page's
// fields: what follows the place is the field's name.
func problemsAt(problems []question.Problem, at string, leave ...string) fault.Fields {
	var fs fault.Fields
	for _, x := range problems {
		name, ok := cut(x.At, at)
		if ok && !slices.Contains(leave, name) {
			fs.Add(name, x.Key, x.Values...)
		}
	}
	return fs
}

func cut(s, prefix string) (string, bool) {
	if prefix == "" {
		return s, true
	}
	if len(s) > len(prefix)+1 && s[:len(prefix)+1] == prefix+"." {
		return s[len(prefix)+1:], true
	}
	return "", false
}
